import { isUnresolved } from "./validation";

interface NameRule {
  /** Longest name the service accepts. */
  readonly max: number;
  /** What the service accepts, whole. */
  readonly pattern: RegExp;
  /** The pattern in words, for the error. */
  readonly allowed: string;
}

const LOWER = { pattern: /^[a-z][a-z0-9-]*[a-z0-9]$/, allowed: "lower-case letters, digits and single hyphens" };
const SLASHED = {
  pattern: /^[a-z0-9][a-z0-9/_.-]*[a-z0-9]$/,
  allowed: "lower-case letters, digits, hyphens and slashes",
};

/**
 * Every kind of thing groundplan names, with the limit of the service that holds it.
 * Source of each number: the API reference of that service (quotas and parameter constraints), read in 2026-11.
 */
export const NAME_RULES = {
  nameTag: { max: 256, ...LOWER },
  vpc: { max: 255, ...LOWER },
  subnet: { max: 255, ...LOWER },
  securityGroup: { max: 255, ...LOWER },
  loadBalancer: { max: 32, ...LOWER },
  targetGroup: { max: 32, ...LOWER },
  ecsCluster: { max: 255, ...LOWER },
  ecsService: { max: 255, ...LOWER },
  taskDefinition: { max: 255, ...LOWER },
  dbInstance: { max: 63, ...LOWER },
  dbSubnetGroup: { max: 255, ...LOWER },
  dbParameterGroup: { max: 255, ...LOWER },
  dbSnapshot: { max: 255, ...LOWER },
  replicationGroup: { max: 40, ...LOWER },
  serverlessCache: { max: 40, ...LOWER },
  cacheUser: { max: 40, ...LOWER },
  cacheUserGroup: { max: 40, ...LOWER },
  cacheSubnetGroup: { max: 255, ...LOWER },
  cacheParameterGroup: { max: 255, ...LOWER },
  iamRole: { max: 64, ...LOWER },
  iamPolicy: { max: 128, ...LOWER },
  instanceProfile: { max: 128, ...LOWER },
  bucket: { max: 63, ...LOWER },
  imageRepository: { max: 256, ...SLASHED },
  logGroup: { max: 512, pattern: /^[a-zA-Z0-9/_.#-]+$/, allowed: "letters, digits and any of / _ . # -" },
  secret: { max: 512, ...SLASHED },
  parameter: { max: 1011, pattern: /^[a-zA-Z0-9/_.-]+$/, allowed: "letters, digits and any of / _ . -" },
  kmsAlias: { max: 250, ...LOWER },
  alarm: { max: 255, ...LOWER },
  topic: { max: 256, ...LOWER },
  upstashDatabase: { max: 40, ...LOWER },
  pagesProject: { max: 58, ...LOWER },
  gitHubEnvironment: { max: 255, ...LOWER },
  workspace: { max: 90, ...LOWER },
  dbCluster: { max: 63, ...LOWER },
  globalCluster: { max: 63, ...LOWER },
  dbClusterParameterGroup: { max: 255, ...LOWER },
  launchTemplate: { max: 128, ...LOWER },
  ssmDocument: { max: 128, ...LOWER },
  schedule: { max: 64, ...LOWER },
  codeDeployApplication: { max: 100, ...LOWER },
  deploymentGroup: { max: 100, ...LOWER },
  codeBuildProject: { max: 150, ...LOWER },
  codePipeline: { max: 100, ...LOWER },
  connection: { max: 32, ...LOWER },
  appRunnerService: { max: 40, ...LOWER },
  vpcConnector: { max: 40, ...LOWER },
  appRunnerScaling: { max: 32, ...LOWER },
  originAccessControl: { max: 64, ...LOWER },
  responseHeadersPolicy: { max: 128, ...LOWER },
  cloudFrontFunction: { max: 64, ...LOWER },
  logDelivery: { max: 60, ...LOWER },
  dashboard: { max: 255, ...LOWER },
  budget: { max: 100, ...LOWER },
  backupVault: { max: 50, ...LOWER },
  backupPlan: { max: 50, ...LOWER },
  vercelProject: { max: 52, ...LOWER },
  renderService: { max: 63, ...LOWER },
  neonProject: { max: 64, ...LOWER },
} satisfies Record<string, NameRule>;

/** A kind of thing that has a name limit. */
export type NameKind = keyof typeof NAME_RULES;

/** `<project>-<environment>-<thing>`; without a thing, `<project>-<environment>`. Throws when the service would refuse it. */
export type Names = (kind: NameKind, thing?: string) => string;

/** The naming function of one environment (or of `shared`) of a project. */
export function namesOf(project: string, environment: string): Names {
  return (kind, thing) => {
    const name = nameOf(project, environment, thing);
    const problem = nameProblem(kind, name);
    if (problem !== undefined) throw new Error(problem);
    return name;
  };
}

/** The name itself, unchecked. */
export function nameOf(project: string, environment: string, thing?: string): string {
  return thing === undefined || thing === "" ? `${project}-${environment}` : `${project}-${environment}-${thing}`;
}

/** What is wrong with a name of that kind, if anything is; a name only Terraform knows passes. */
export function nameProblem(kind: NameKind, name: string): string | undefined {
  if (isUnresolved(name)) return undefined;
  const rule: NameRule = NAME_RULES[kind];
  if (name.length > rule.max) {
    return `name of ${kind} must be at most ${rule.max} characters, got ${name.length} in ${JSON.stringify(name)}; shorten the project, the environment or the part after it`;
  }
  if (!rule.pattern.test(name) || /--/.test(name)) {
    return `name of ${kind} must be ${rule.allowed}, got ${JSON.stringify(name)}`;
  }
  return undefined;
}
