import { ApprunnerAutoScalingConfigurationVersion } from "@cdktf/provider-aws/lib/apprunner-auto-scaling-configuration-version";
import { ApprunnerService } from "@cdktf/provider-aws/lib/apprunner-service";
import { ApprunnerVpcConnector } from "@cdktf/provider-aws/lib/apprunner-vpc-connector";
import { TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import type { Context } from "../context";
import { assertValid } from "../validation";
import { AppRunnerRoles } from "./app-runner-roles";
import {
  appRunnerNameProblems,
  appRunnerNames,
  appRunnerServiceOf,
  appRunnerServiceProblems,
  type AppRunnerServiceSettings,
} from "./app-runner-service-settings";
import { escaped } from "./container-definitions";
import { repositoryArn, repositoryUri } from "./image-settings";
import { imageTagConfig } from "./image-tag";
import { secretResources, secretValueFrom } from "./secret-settings";
import { serviceConnectionProblems, type ServiceConnections } from "./service-connections";
import { imageTagVariable } from "./service-names";
import { TaskNetwork } from "./task-network";

/** What a stack connects a service on App Runner to; its subnets are those of the VPC connector. */
export type AppRunnerConnections = Pick<
  ServiceConnections,
  "vpcId" | "subnetIds" | "registry" | "secretSources" | "connections" | "taskStatements"
>;

/** Settings of a service on App Runner, and what it is connected to. */
export interface AppRunnerServiceProps extends AppRunnerServiceSettings, AppRunnerConnections {
  /** For whom and where. */
  readonly context: Context;

  /** Name of the service in its environment, such as `api`. */
  readonly name: string;
}

/**
 * A service on App Runner: reached by anyone over HTTPS at a host name of AWS's, with its way out through the VPC. What it asks for leaves
 * through private subnets, so what is on the internet needs a NAT; image and secrets are fetched by App Runner itself. Encrypted by
 * AWS's own key, traced by nothing.
 *
 * Its first apply needs the image to be in the repository. A deployment that does not become well is rolled back by App Runner. With
 * `pipeline` the application's pipeline gives the service its new image, and this stack leaves it there; with `terraform` an apply
 * with the new tag (`TF_VAR_<name>_image_tag`) does. A push of an image alone changes nothing.
 */
export class AppRunnerService extends Construct {
  /** Host name of the service with `https://` before it. */
  readonly serviceUrl: string;

  /** ARN of the service. */
  readonly serviceArn: string;

  /** App Runner service by name. */
  readonly serviceName: string;

  /** Security group of the VPC connector. */
  readonly securityGroupId: string;

  /** Role App Runner pulls the image with, by name. */
  readonly accessRoleName: string;

  /** Role the application runs with, by name. */
  readonly instanceRoleName: string;

  constructor(scope: Construct, id: string, props: AppRunnerServiceProps) {
    super(scope, id);
    const { context, name, image, registry, secretSources = {}, connections = [], taskStatements = [] } = props;
    assertValid(this, [
      ...appRunnerNameProblems(context, name),
      ...appRunnerServiceProblems(props),
      ...serviceConnectionProblems(name, { secrets: props.secrets }, props),
    ]);
    const { healthCheck, ...values } = appRunnerServiceOf(props);
    const names = appRunnerNames(context, name);

    const roles = new AppRunnerRoles(this, "roles", {
      context,
      name,
      repositoryArn: repositoryArn(context, registry, image.repository),
      ...secretResources(context, secretSources, Object.values(values.secrets)),
      statements: taskStatements,
    });
    const network = new TaskNetwork(this, "network", {
      context,
      name,
      groupName: names.securityGroup,
      vpcId: props.vpcId,
      connections,
    });
    const replaced = { createBeforeDestroy: true }; // a change makes a new revision under the same name, while the old one is in use
    const connector = new ApprunnerVpcConnector(this, "connector", {
      vpcConnectorName: names.connector,
      subnets: [...props.subnetIds],
      securityGroups: [network.securityGroupId],
      lifecycle: replaced,
    });
    const scaling = new ApprunnerAutoScalingConfigurationVersion(this, "scaling", {
      autoScalingConfigurationName: names.scaling,
      minSize: values.minInstances,
      maxSize: values.maxInstances,
      maxConcurrency: values.concurrency,
      lifecycle: replaced,
    });
    const variable = imageTagVariable(name);
    const tag = new TerraformVariable(this, "image-tag", imageTagConfig(name, image.tag, variable));
    tag.overrideLogicalId(variable);

    const service = new ApprunnerService(this, "service", {
      serviceName: names.service,
      sourceConfiguration: {
        autoDeploymentsEnabled: false, // tags are immutable, so there is nothing to follow
        authenticationConfiguration: { accessRoleArn: roles.accessRoleArn },
        imageRepository: {
          imageRepositoryType: "ECR",
          imageIdentifier: repositoryUri(context, registry, image.repository, tag.stringValue),
          imageConfiguration: {
            port: String(values.port),
            startCommand: values.startCommand === undefined ? undefined : escaped(values.startCommand),
            runtimeEnvironmentVariables: mapped(values.environment, escaped),
            runtimeEnvironmentSecrets: mapped(values.secrets, (secret) =>
              secretValueFrom(context, secretSources, secret),
            ),
          },
        },
      },
      instanceConfiguration: {
        cpu: String(values.cpuUnits),
        memory: String(values.memoryMiB),
        instanceRoleArn: roles.instanceRoleArn,
      },
      autoScalingConfigurationArn: scaling.arn,
      healthCheckConfiguration: {
        protocol: "HTTP",
        path: healthCheck.path,
        interval: healthCheck.intervalSeconds,
        timeout: healthCheck.timeoutSeconds,
        healthyThreshold: healthCheck.healthyThreshold,
        unhealthyThreshold: healthCheck.unhealthyThreshold,
      },
      networkConfiguration: {
        ipAddressType: "IPV4",
        ingressConfiguration: { isPubliclyAccessible: true },
        egressConfiguration: { egressType: "VPC", vpcConnectorArn: connector.arn },
      },
      observabilityConfiguration: { observabilityEnabled: false },
      lifecycle:
        values.releases === "pipeline"
          ? { ignoreChanges: ["source_configuration[0].image_repository[0].image_identifier"] }
          : undefined,
      dependsOn: roles.policies,
    });

    this.serviceUrl = `https://${service.serviceUrl}`;
    this.serviceArn = service.arn;
    this.serviceName = names.service;
    this.securityGroupId = network.securityGroupId;
    this.accessRoleName = names.accessRole;
    this.instanceRoleName = names.instanceRole;
  }
}

/** Each value in Terraform's form, by name in code-unit order; nothing for an empty record, which the provider would show as a change. */
function mapped<T>(
  values: Readonly<Record<string, T>>,
  form: (value: T) => string,
): Record<string, string> | undefined {
  const entries = Object.entries(values).sort(([left], [right]) => (left < right ? -1 : 1));
  return entries.length === 0 ? undefined : Object.fromEntries(entries.map(([name, value]) => [name, form(value)]));
}
