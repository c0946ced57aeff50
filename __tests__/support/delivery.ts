import type { Construct } from "constructs";
import type { Context } from "../../modules/context";
import { DeployRole, type DeployRoleProps } from "../../modules/delivery/deploy-role";
import { deliveryBoundaryArn, permissionsBoundaryArn } from "../../modules/delivery/delivery-names";
import type { GitHubRoleConnections } from "../../modules/delivery/github-role";
import type { GitHubRepository } from "../../modules/delivery/github-settings";
import { EnvFileRole } from "../../modules/delivery/env-file-role";
import { ImagePushRole } from "../../modules/delivery/image-push-role";
import { MigrationsRole } from "../../modules/delivery/migrations-role";
import { PlanRole, type PlanRoleProps } from "../../modules/delivery/plan-role";
import { SERVICE_AREAS } from "../../modules/delivery/service-areas";
import { ServiceDeployRole } from "../../modules/delivery/service-deploy-role";
import type { TerraformCloudRoleConnections } from "../../modules/delivery/terraform-cloud-role";
import type { StateAccess } from "../../modules/delivery/state-access";
import { statementsOf, type PolicyStatement } from "./iam";
import { context, synth, type Synthesized } from "./synth";

/** The environment the roles of these tests are for: prod, where data is protected. */
export const prod: Context = context({ environment: "prod" });

/** The same where everything may be destroyed. */
export const destroyableProd: Context = context({ environment: "prod", destroyable: true });

export const account = "123456789012";
export const boundaryArn = permissionsBoundaryArn(prod);

/** The repository that deploys. */
export const platform: GitHubRepository = { owner: "acme", ownerId: 1001, repository: "platform", repositoryId: 2001 };

/** The state of the environment, with the part that only a person writes. */
export const state: StateAccess = {
  bucket: "acme-state",
  prefix: "prod/",
  alsoReads: ["shared/"],
  writtenByPerson: ["prod/prod-delivery.tfstate"],
  kmsKeyArn: `arn:aws:kms:eu-west-3:${account}:key/state`,
};

/** The service the application of these tests releases. */
export const api = {
  clusterName: "acme-prod",
  serviceName: "acme-prod-api",
  family: "acme-prod-api",
  roleNames: ["acme-prod-api-task", "acme-prod-api-execution"],
} as const;

/** The service on App Runner that the application of these tests releases. */
export const hook = {
  serviceName: "acme-prod-hook",
  accessRoleName: "acme-prod-hook-access",
  instanceRoleName: "acme-prod-hook-instance",
} as const;

const repositoryArns = [`arn:aws:ecr:eu-west-3:${account}:repository/acme/api`];

/** A reach that goes everywhere a role can reach. */
export const wide = {
  areas: SERVICE_AREAS,
  otherRegions: ["us-east-1"],
  hostedZoneIds: ["Z0123456789ABC"],
  repositoryArns,
  state,
} as const;

/** What every role is given. */
export function connections(overrides: Partial<GitHubRoleConnections> = {}): GitHubRoleConnections {
  return { context: prod, repository: platform, boundaryArn: deliveryBoundaryArn(prod), ...overrides };
}

/** What every role for Terraform Cloud is given. */
export function cloudConnections(): TerraformCloudRoleConnections {
  return {
    context: prod,
    boundaryArn: deliveryBoundaryArn(prod),
    runs: {
      host: "app.terraform.io",
      organization: "acme-org",
      projectName: "acme-prod",
      workspaces: ["acme-prod-network", "acme-prod-app"],
    },
  };
}

/** The stack with a plan role that reaches everywhere a role can reach. */
export function planRole(props: Partial<PlanRoleProps> = {}): Synthesized {
  return synth((scope) => {
    new PlanRole(scope, "plan", { ...connections(), ...wide, environmentName: "prod", ...props });
  });
}

/** The stack with a deploy role that reaches everywhere a role can reach. */
export function deployRole(props: Partial<DeployRoleProps> = {}): Synthesized {
  return synth((scope) => {
    new DeployRole(scope, "deploy", { ...connections(), ...wide, environmentName: "prod", ...props });
  });
}

/** The stack with a role that pushes images. */
export function imagePushRole(): Synthesized {
  return synth((scope) => {
    new ImagePushRole(scope, "push", { ...connections(), application: "api", repositoryArns });
  });
}

/** The stack with a role that releases two services, one of them by CodeDeploy, one on App Runner and one on a host of its own, a site, and runs the migration of one. */
export function serviceDeployRole(): Synthesized {
  return synth((scope: Construct) => {
    const codeDeploy = { applicationName: "acme-prod-web", deploymentGroupName: "acme-prod-web" };
    new ServiceDeployRole(scope, "release", {
      ...connections(),
      application: "api",
      environmentName: "prod",
      services: [api, { ...api, serviceName: "acme-prod-web", family: "acme-prod-web", codeDeploy }],
      tasks: [{ clusterName: "acme-prod", family: "acme-prod-api-migrate", roleNames: ["acme-prod-api-execution"] }],
      appRunnerServices: [hook],
      hosts: [{ documentName: "acme-prod-job-deploy", instanceName: "acme-prod-job" }],
      sites: [{ bucketName: `acme-prod-app-site-${account}` }],
    });
  });
}

/** The stack with a role that migrates the database through the shared bastion. */
function migrationsRole(): Synthesized {
  return synth((scope) => {
    const bastion = { documentName: "acme-shared-migrate-prod", instanceName: "acme-shared-migrations" };
    new MigrationsRole(scope, "migrate", { ...connections(), application: "api", environmentName: "prod", bastion });
  });
}

/** The stack with a role that uploads env files. */
function envFileRole(): Synthesized {
  return synth((scope) => {
    new EnvFileRole(scope, "env-files", {
      ...connections(),
      application: "api",
      environmentName: "prod",
      bucketName: `acme-shared-env-files-${account}`,
      files: ["prod", "migrations"],
    });
  });
}

/** Every role of delivery at its widest: all areas, two regions, zones, repositories, state and lock. */
export const everyRole: ReadonlyArray<readonly [string, Synthesized]> = [
  ["plan", planRole({ locksState: true })],
  ["deploy", deployRole({ writtenSecrets: ["acme-prod-cache"] })],
  ["deploy of a destroyable environment", deployRole({ context: destroyableProd })],
  ["image push", imagePushRole()],
  ["service deploy", serviceDeployRole()],
  ["migrations", migrationsRole()],
  ["env file", envFileRole()],
];

/** Every role of delivery by name, with its statements. */
export const everyRolesStatements: ReadonlyArray<readonly [string, readonly PolicyStatement[]]> = everyRole.map(
  ([name, synthesized]) => [name, statementsOf(synthesized)] as const,
);
