import { nameOf, namesOf } from "../naming";
import { type SessionHostNames, sessionHostNames } from "./session-host-names";

/** What the bastion is called in its scope. */
export const BASTION = "migrations";

/** Names of the bastion of a project, so that an environment can write to it without a reference. */
export interface MigrationsBastionNames extends SessionHostNames {
  /** Document of Systems Manager that migrates one environment. Each has its own, so that a role can be given one and not the others. */
  readonly document: (environment: string) => string;
}

/** Names of the one bastion of a project, whether it exists yet or not. */
export function migrationsBastionNames(project: string): MigrationsBastionNames {
  const names = namesOf(project, "shared");
  return {
    ...sessionHostNames({ names }, BASTION),
    document: (environment) => names("ssmDocument", `migrate-${environment}`),
  };
}

/** Parameter that tells the bastion where the database of an environment is. */
export function migrationsTargetParameter(project: string, environment: string): string {
  return `/${nameOf(project, "shared")}/migrations/${environment}`;
}
