import { notMatching } from "../validation";
import { policyDocument } from "./policy-statement";
import {
  RUN_AUDIENCE,
  runSubject,
  terraformCloudOidcProviderArn,
  type RunPhase,
  type TerraformCloudPlace,
} from "./terraform-cloud-names";

/** Runs of Terraform Cloud that a role trusts. */
export interface TerraformCloudTrust extends TerraformCloudPlace {
  /** Host that signs their tokens. */
  readonly host: string;

  /** Workspaces they are in, by name; at least one. */
  readonly workspaces: readonly string[];

  /** What they are about to do. */
  readonly phase: RunPhase;
}

/**
 * The trust policy: whole values only. A workspace is known by its name, as AWS does not see its number for this issuer; so names are a contract, and
 * who may make or rename a workspace in the project may take the role.
 */
export function terraformCloudTrustPolicy(accountId: string, trust: TerraformCloudTrust): string {
  const { host, workspaces, phase } = trust;
  return policyDocument([
    {
      Effect: "Allow",
      Principal: { Federated: terraformCloudOidcProviderArn(accountId, host) },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: {
          [`${host}:aud`]: RUN_AUDIENCE,
          [`${host}:sub`]: [...workspaces].sort().map((workspace) => runSubject(trust, workspace, phase)),
        },
      },
    },
  ]);
}

/** What is wrong with a trust: values that would have to be patterns, or that would trust nobody. */
export function terraformCloudTrustProblems(trust: TerraformCloudTrust): Array<string | undefined> {
  const { host, organization, projectName, workspaces } = trust;
  const whole = (name: string, value: string) =>
    notMatching(name, value, /^[A-Za-z0-9_-]+$/, "a whole name of letters, digits, hyphens and underscores");
  return [
    notMatching("host", host, /^[a-z0-9.-]+$/, "a host name without a port"),
    whole("organization", organization),
    whole("projectName", projectName),
    workspaces.length > 0 ? undefined : "workspaces must be at least one, got none; nobody could take the role",
    ...workspaces.map((workspace) => whole("workspaces", workspace)),
  ];
}
