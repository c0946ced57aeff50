import type { RiskRule } from "../risk-rule";
import { downtime } from "./downtime";
import { driftOverwritten } from "./drift-overwritten";
import { iamWidening } from "./iam-widening";
import { lostProtection } from "./lost-protection";
import { mayBeReplaced } from "./may-be-replaced";
import { appRunnerClosed } from "./app-runner-closed";
import { probableRename } from "./probable-rename";
import { publicExposure } from "./public-exposure";
import { resourcePolicyWidening } from "./resource-policy-widening";
import { securityGroupOpening } from "./security-group-opening";
import { settingsChange } from "./settings-change";
import { statefulDestroy } from "./stateful-destroy";
import { statefulReplace } from "./stateful-replace";
import { trustWidening } from "./trust-widening";
import { unmanaged } from "./unmanaged";
import { weakerEncryption } from "./weaker-encryption";

/** Every rule there is, in the order in which risks of the same severity are listed. */
export const RULES: readonly RiskRule[] = [
  statefulReplace,
  statefulDestroy,
  probableRename,
  securityGroupOpening,
  publicExposure,
  iamWidening,
  trustWidening,
  resourcePolicyWidening,
  weakerEncryption,
  lostProtection,
  downtime,
  settingsChange,
  mayBeReplaced,
  driftOverwritten,
  appRunnerClosed,
  unmanaged,
];

/** The id of every rule. */
export const RULE_IDS: ReadonlySet<string> = new Set(RULES.map(({ id }) => id));
