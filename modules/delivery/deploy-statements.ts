import * as compute from "./compute-writes";
import { backupWrites, encryptionWrites, secretWrites, storageWrites } from "./data-writes";
import { cacheWrites, databaseWrites } from "./database-writes";
import { dataGuards, guardrails } from "./guardrails";
import { identityWrites, type IdentitySettings } from "./identity-writes";
import { migrationWrites } from "./migrations-statements";
import { certificateWrites, dnsWrites, monitoringWrites, scheduleWrites } from "./monitoring-writes";
import { hostWrites, networkWrites } from "./network-writes";
import { actionsOf, deny, type Statement } from "./policy-statement";
import type { Reach } from "./reach";
import { readStatements, scales, type ReadSettings } from "./read-statements";
import type { ServiceArea } from "./service-areas";
import { lockFiles, stateGuards, stateReads, stateWrites, type StateAccess } from "./state-access";

/** What a deploy changes. */
export interface DeployReach extends ReadSettings, IdentitySettings {
  /**
   * Where the state lies.
   * @default - the state is not in S3, so the role needs nothing for it
   */
  readonly state?: StateAccess;

  /** Names of the secrets whose values Terraform writes. */
  readonly writtenSecrets: readonly string[];

  /** Whether databases, buckets, keys, images and backups are out of reach of every deletion. */
  readonly protectData: boolean;
}

/** Applying an environment: what its areas need, on what carries its name or its tags, in its regions; then what stays out of reach. */
export function deployStatements(reach: Reach, settings: DeployReach): Statement[] {
  const { state, areas, boundaryArn, protectData } = settings;
  return [
    ...readStatements(reach, settings),
    ...areas.flatMap((area) => writesOf(area, reach, settings)),
    ...(scales(areas) ? [compute.scalingTags(reach)] : []),
    ...identityWrites(reach, settings),
    ...(state ? [...stateReads(state), ...stateWrites(state), ...stateGuards(state)] : []),
    ...guardrails(reach, boundaryArn, state?.region ? [state.region] : []),
    deny("NoCommands", [...actionsOf("ssm", "SendCommand"), ...actionsOf("ecs", "RunTask")], ["*"]),
    deny("NoPublicDatabases", actionsOf("rds", "CreateDBInstance CreateDBInstanceReadReplica"), ["*"], {
      Bool: { "rds:PubliclyAccessible": "true" },
    }),
    ...(protectData ? dataGuards(lockFiles(state)) : []),
  ];
}

function writesOf(area: ServiceArea, reach: Reach, settings: DeployReach): Statement[] {
  const { hostedZoneIds, protectData, repositoryArns, writtenSecrets } = settings;
  switch (area) {
    case "network":
      return networkWrites(reach);
    case "load-balancing":
      return compute.loadBalancingWrites(reach);
    case "containers":
      return compute.containerWrites(reach);
    case "images":
      return compute.imageWrites(repositoryArns, protectData);
    case "database":
      return [...databaseWrites(reach), compute.scalingOf(reach, "ScaleReaders", "rds")];
    case "cache":
      return cacheWrites(reach);
    case "secrets":
      return secretWrites(reach, writtenSecrets);
    case "storage":
      return storageWrites(reach, protectData);
    case "monitoring":
      return monitoringWrites(reach);
    case "certificates":
      return certificateWrites(reach);
    case "dns":
      return dnsWrites(hostedZoneIds);
    case "encryption":
      return encryptionWrites(reach);
    case "backup":
      return backupWrites(reach, protectData);
    case "hosts":
      return hostWrites(reach);
    case "schedules":
      return scheduleWrites(reach);
    case "migrations":
      return migrationWrites(reach);
    case "app-runner":
      return compute.appRunnerWrites(reach);
    case "pipelines":
      return compute.pipelineWrites(reach);
    case "cdn":
      return compute.cdnWrites(reach);
  }
}
