import { classifyApply, classifyRun } from "../cloud/classify";
import { placeOf, runIdIn } from "../cloud/place";
import { watchRun } from "../cloud/watch-run";
import { lineOf, refuseProblems, surveyCloud } from "../cloud/preflight";
import type { BundleKind } from "../plan/bundle";
import type { CloudSeam } from "../plan/plan-context";
import type { Stack } from "../plan/stack";
import { backendOf } from "../plan/stack-state";
import type { Children } from "../terraform/children";

interface CloudOptions {
  readonly stacks: readonly Stack[];
  readonly environment: NodeJS.ProcessEnv;
  readonly children: Children;
  readonly terraformVersion: string;
  readonly purpose: BundleKind | "apply";
  readonly say: (line: string) => void;
}

/** Seconds that checks after a plan may take. */
const CHECKS_SECONDS = 600;

/** Seconds for which a run that was left while it applied is watched before it is left again. */
const PATIENCE_SECONDS = 7200;

/** Looks at what could stop runs in Terraform Cloud before Terraform does anything; fails with all of it at once. Without such stacks it asks nobody. */
export async function cloudRuns(options: CloudOptions): Promise<CloudSeam> {
  const { stacks, environment, children, terraformVersion, purpose, say } = options;
  const inCloud = stacks.filter((stack) => backendOf(stack).kind === "cloud");
  if (inCloud.length === 0) {
    const nothing = () => Promise.resolve(undefined);
    return { isRemote: () => false, planned: nothing, outcome: nothing, discard: nothing, abandon: nothing };
  }
  const survey = await surveyCloud(inCloud, { environment, children, terraformVersion, purpose });
  survey.problems
    .filter(({ severity }) => severity === "warning")
    .forEach((problem) => say(`  warning: ${lineOf(problem)}; ${problem.hint}`));
  refuseProblems(survey.problems);
  const here = new Set(survey.stacks.filter(({ execution }) => execution === "local").map(({ stack }) => stack));
  return {
    isRemote: (stack) => backendOf(stack).kind === "cloud" && !here.has(stack.name),
    planned: async (stack, log) => {
      const [id, placed] = [runIdIn(log), placeOf(stack.document, environment)];
      if (id === undefined || placed.kind !== "cloud") return undefined; // it did not get as far as a run
      const client = survey.clients.get(placed.place.hostname);
      if (client === undefined) return undefined;
      const watched = await watchRun(client, id, { until: "planned", limitSeconds: CHECKS_SECONDS });
      return classifyRun(client, id, watched, { place: placed.place, goal: "planned" });
    },
    outcome: async (stack, { id }) => {
      const placed = placeOf(stack.document, environment);
      if (placed.kind !== "cloud") return undefined;
      const client = survey.clients.get(placed.place.hostname);
      if (client === undefined) return undefined;
      const patienceSeconds = children.interrupted ? 0 : PATIENCE_SECONDS;
      return classifyApply(client, id, placed.place, { patienceSeconds });
    },
    abandon: async (stack, log) => {
      const [id, placed] = [runIdIn(log), placeOf(stack.document, environment)];
      const client = placed.kind === "cloud" ? survey.clients.get(placed.place.hostname) : undefined;
      if (id === undefined || client === undefined) return;
      const run = await client.run(id).catch(() => undefined);
      if (run === undefined) return;
      const ended = await client.cancelPlan(run).catch(() => false);
      if (!ended) await client.discard(id).catch(() => false);
    },
    discard: async ({ id, hostname }) => {
      await survey.clients
        .get(hostname)
        ?.discard(id)
        .catch(() => undefined); // it is over, or was never there: either is fine
    },
  };
}
