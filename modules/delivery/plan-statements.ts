import { actionsOf, deny, denyElsewhere, type Statement } from "./policy-statement";
import type { Reach } from "./reach";
import { readableParameters, readStatements, type ReadSettings } from "./read-statements";
import { readableState, stateLocks, stateReads, type StateAccess } from "./state-access";

/** What a plan reads. */
export interface PlanReach extends ReadSettings {
  /**
   * Where the state lies.
   * @default - the state is not in S3, so the role needs nothing for it
   */
  readonly state?: StateAccess;

  /** Whether a plan takes the lock; without, it runs with `-lock=false`. */
  readonly locksState: boolean;
}

/**
 * Reading an environment to plan it. Not the managed ReadOnlyAccess, which reads contents too: a plan runs the code of providers, on a
 * pull request even code nobody has reviewed yet. So the Denies name every way to a secret or to data, whatever else a resource policy grants.
 * The deploy role reads the values of the environment's own generated secrets, which it writes; this one reads none, so a stack that has such a
 * secret is planned without refresh.
 */
export function planStatements(reach: Reach, settings: PlanReach): Statement[] {
  const { state, locksState } = settings;
  const keys = state?.kmsKeyArn ? [state.kmsKeyArn] : [];
  return [
    ...readStatements(reach, settings),
    ...(state ? stateReads(state) : []),
    ...(state && locksState ? stateLocks(state) : []),
    deny("NoSecretValues", actionsOf("secretsmanager", "*GetSecretValue"), ["*"]),
    denyElsewhere("NoOtherParameters", actionsOf("ssm", "GetParameter*"), readableParameters(reach, settings.areas)),
    deny("NoContents", CONTENTS, ["*"]),
    deny("NoOtherIdentity", ["sts:AssumeRole"], ["*"]),
    denyElsewhere("NoOtherKeys", actionsOf("kms", "Decrypt GenerateDataKey* ReEncrypt*"), keys),
    denyElsewhere(
      "NoOtherObjects",
      actionsOf("s3", "GetObject GetObjectTorrent GetObjectVersion"),
      readableState(state),
    ),
  ];
}

/** Reads that return what a product or its customers put in: images, logs, consoles, code, rows. */
const CONTENTS = [
  ...actionsOf("ec2", "GetConsole* GetPasswordData"),
  ...actionsOf("ecr", "BatchGetImage GetDownloadUrlForLayer"),
  ...actionsOf("lambda", "GetFunction GetLayerVersion"),
  ...actionsOf("logs", "FilterLogEvents GetLogEvents GetLogRecord GetQueryResults StartLiveTail StartQuery"),
  ...actionsOf("rds", "DownloadCompleteDBLogFile DownloadDBLogFilePortion"),
  ...actionsOf("rds-data", "*"),
];
