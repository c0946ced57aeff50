import { logRetentionProblem } from "../monitoring/log-retention";
import { vpcSizeProblem } from "../network/subnets";
import { envFileVersionProblem } from "../storage/env-file";
import { notMatching, outOfRange, within } from "../validation";
import { sessionHostProblems, type SessionHostSettings } from "./session-host-settings";

/** What a project chooses about the one host its migrations run on. */
export interface MigrationsBastionSettings extends SessionHostSettings {
  /** ECR repository of the migrations' image, by the name the shared stack gives it. */
  readonly repository: string;

  /**
   * Range of the bastion's own network, from /16 to /24. It must overlap none of the environments' networks, which it is peered with.
   * @default "10.255.255.0/24"
   */
  readonly cidr?: string;

  /**
   * Version of the env file `.env-migrations-<version>` that a migration gets unless told another one.
   * @default - none; a migration gets no env file
   */
  readonly envFile?: { readonly version: string };

  /**
   * Minutes without a migration or a session after which it stops itself, 5 to 240.
   * @default 15
   */
  readonly idleMinutes?: number;

  /**
   * How long the output of migrations is kept.
   * @default 365
   */
  readonly logRetentionDays?: number;
}

/** Settings of the bastion with every default filled in. */
export function migrationsBastionOf(settings: MigrationsBastionSettings) {
  const { cidr = "10.255.255.0/24", idleMinutes = 15, logRetentionDays = 365 } = settings;
  return { ...settings, cidr, idleMinutes, logRetentionDays };
}

/** Every problem of the bastion's settings. */
export function migrationsBastionProblems(settings: MigrationsBastionSettings): Array<string | undefined> {
  const { cidr, idleMinutes, logRetentionDays } = migrationsBastionOf(settings);
  return [
    ...sessionHostProblems(settings),
    notMatching(
      "repository",
      settings.repository,
      /^[a-z0-9]+([._/-][a-z0-9]+)*$/,
      "lower-case letters, digits and single hyphens, dots, underscores or slashes",
    ),
    vpcSizeProblem("cidr", cidr),
    ...within("envFile", [envFileVersionProblem("version", settings.envFile?.version)]),
    outOfRange("idleMinutes", idleMinutes, 5, 240),
    logRetentionProblem("logRetentionDays", logRetentionDays),
  ];
}
