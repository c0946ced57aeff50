import type { DeploymentPaths } from "../sandbox/paths";

/** Says which deployments went with an emulator's memory. */
export function sayForgotten(say: (line: string) => void, forgotten: readonly DeploymentPaths[]): void {
  if (forgotten.length === 0) return;
  const names = forgotten.map(({ system, environment }) => `${system} ${environment}`).join(", ");
  say(`  warning: the states of ${names} are removed, what they describe went with the emulator's memory`);
}
