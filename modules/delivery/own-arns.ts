import { anyOf, globalNamedOf, namedOf, type Reach } from "./reach";
import type { ServiceArea } from "./service-areas";

/** Log groups of the environment: named after it, or after it below a path such as `/ecs/`. */
export function logGroupsOf(reach: Reach): string[] {
  const names = [
    `${reach.base}-*`,
    `/*/${reach.base}`,
    `/*/${reach.base}:*`,
    `/*/${reach.base}-*`,
    `/*/${reach.base}/*`,
  ];
  return names.map((name) => anyOf(reach, "logs", `log-group:${name}`));
}

/** Secrets of the environment: Secrets Manager puts a hyphen and six characters behind every name. */
export function secretsOf(reach: Reach): string[] {
  return [`${reach.base}-*`, `${reach.base}/*`].map((name) => anyOf(reach, "secretsmanager", `secret:${name}`));
}

/** Parameters of the environment: named after it, or below `/<project>/<environment>/`. */
export function parametersOf(reach: Reach): string[] {
  return [
    anyOf(reach, "ssm", `parameter/${reach.base}-*`),
    anyOf(reach, "ssm", `parameter/${reach.base}/*`),
    anyOf(reach, "ssm", `parameter/${reach.project}/${reach.tags.Environment}/*`),
  ];
}

/**
 * Parameters that hold what is no secret: which version a host has in service, in which subnets a task runs. Terraform reads their values to plan.
 * Whatever else is named after the environment may be a secret.
 */
export function plainParametersOf(reach: Reach, areas: readonly ServiceArea[]): string[] {
  const names = areas.flatMap((area) => PLAIN_PARAMETERS[area] ?? []);
  return names.map((name) => anyOf(reach, "ssm", `parameter/${reach.base}/*/${name}`));
}

const PLAIN_PARAMETERS: Readonly<Partial<Record<ServiceArea, readonly string[]>>> = {
  containers: ["network"],
  hosts: ["env-file-version", "image-tag"],
};

/** App Runner's things of the environment, whose ARNs end in an id. */
export function appRunnerOf(reach: Reach): string[] {
  const kinds = ["autoscalingconfiguration", "service", "vpcconnector"];
  return kinds.map((kind) => anyOf(reach, "apprunner", `${kind}/${reach.base}-*`));
}

/** CodeDeploy's things of the environment. */
export function deploymentsOf(reach: Reach): string[] {
  return [
    ...namedOf(reach, "codedeploy", "application:"),
    ...namedOf(reach, "codedeploy", "deploymentgroup:", "/*"),
    anyOf(reach, "codedeploy", "deploymentconfig:*"),
  ];
}

/** Schedules of the environment, in the group AWS keeps for every account. */
export function schedulesOf(reach: Reach): string[] {
  return namedOf(reach, "scheduler", "schedule/default/");
}

/** Documents of Systems Manager of the environment. */
export function documentsOf(reach: Reach): string[] {
  return namedOf(reach, "ssm", "document/");
}

/** The global database of the environment, which is in no region. */
export function globalClustersOf(reach: Reach): string[] {
  return globalNamedOf(reach, "rds", "global-cluster:");
}

/** Kinds of resources CloudFront knows by an id of its own. */
export const CDN_KINDS = [
  "cache-policy",
  "distribution",
  "function",
  "origin-access-control",
  "origin-request-policy",
  "response-headers-policy",
] as const;

/** Both ends of the delivery of CloudFront's access logs. */
export function logDeliveriesOf(reach: Reach): string[] {
  return ["delivery-destination:", "delivery-source:"].flatMap((kind) => namedOf(reach, "logs", kind));
}
