import { SsmAssociation } from "@cdktf/provider-aws/lib/ssm-association";
import { SsmDocument } from "@cdktf/provider-aws/lib/ssm-document";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { arn, type Context } from "../context";
import { nameOf, nameProblem } from "../naming";
import { imageRepositoryUrl } from "../storage/image-repository-settings";
import { readEnvFileStatements } from "../storage/env-file";
import { assertValid, notMatching, within } from "../validation";
import { escaped } from "./container-definitions";
import { deployDocument } from "./docker-host-document";
import { dockerHostNames } from "./docker-host-names";
import { deployScript, type HostSecret } from "./docker-host-script";
import { dockerHostOf, dockerHostProblems, type DockerHostSettings } from "./docker-host-settings";
import type { Registry } from "./image-settings";
import { secretResources, type SecretSettings, secretSourceProblems } from "./secret-settings";
import type { Connection } from "./service-connections";
import { SessionHost } from "./session-host";
import { associationStatements, pullStatements } from "./session-host-statements";
import { StopSchedule } from "./stop-schedule";
import type { TaskStatement } from "./task-statements";

/** Settings of a service on a Docker host, and what it is connected to. */
export interface DockerHostProps extends DockerHostSettings {
  /** For whom and where. */
  readonly context: Context;

  /** Name of the service in its environment, such as `api`. */
  readonly name: string;

  /** VPC of the host. */
  readonly vpcId: string;

  /** Subnet of the host: a public one with `hosts`. */
  readonly subnetId: string;

  /** Where the product's own images are. */
  readonly registry: Registry;

  /**
   * Elastic IP the host is reached at, made where it outlives the host. Needed with `hosts`.
   * @default - none
   */
  readonly addressAllocationId?: string;

  /**
   * Whether it gets a public address of its own, for a worker in a public subnet. Not with `addressAllocationId`.
   * @default false
   */
  readonly assignPublicIp?: boolean;

  /**
   * IPv4 ranges that may reach ports 80 and 443, with `hosts`. Certificates are renewed through these ports, so ranges other than everybody's
   * have to include a proxy that passes the renewal on.
   * @default ["0.0.0.0/0"]
   */
  readonly ingressCidrs?: readonly string[];

  /**
   * Bucket of the env files; needed with `envFile`.
   * @default - none
   */
  readonly envFileBucketName?: string;

  /**
   * ARNs of the Secrets Manager secrets other stacks own, by the name `secrets` refers to them.
   * @default - none
   */
  readonly secretSources?: Readonly<Record<string, string>>;

  /**
   * What the container connects to beside HTTPS: database, cache.
   * @default - nothing
   */
  readonly connections?: readonly Connection[];

  /**
   * What the application may do in AWS. With any, the container reaches the host's role: its own secrets, images and parameters, and these.
   * @default - nothing, and the container reaches no credentials
   */
  readonly taskStatements?: readonly TaskStatement[];
}

/**
 * A service as a container on an EC2 instance of its own, with Caddy before it for TLS. One document of Systems Manager holds the whole
 * deploy: it starts the new container beside the old one, waits until it is well, and only then leads requests to it, so that a release
 * that does not start changes nothing.
 *
 * Who runs it:
 * - the application's pipeline, with a new `imageTag`: a command to the instance by its `Name` tag;
 * - State Manager, after an apply that changed the pinned env file, a setting or the script, and every half hour, which is how a rotated
 *   secret arrives and a lost container comes back;
 * - the host itself, at every start.
 *
 * Old and new run side by side for the length of the health check, so the instance has to hold both.
 */
export class DockerHost extends Construct {
  /** Id of the instance. */
  readonly instanceId: string;

  /** Security group of the instance. */
  readonly securityGroupId: string;

  /** Role of the instance. */
  readonly roleName: string;

  /** Document that brings a version into service. */
  readonly documentName: string;

  /** Log group of its containers. */
  readonly logGroupName: string;

  constructor(scope: Construct, id: string, props: DockerHostProps) {
    super(scope, id);
    const { context, name, registry, envFile, offHours } = props;
    const { ingressCidrs = ["0.0.0.0/0"], secretSources = {}, connections = [], taskStatements = [] } = props;
    const { envFileBucketName = "" } = props;
    assertValid(this, [
      nameProblem("ssmDocument", nameOf(context.project, context.environment, `${name}-deploy`)),
      ...dockerHostProblems(props),
      ...connectionProblems(props),
    ]);
    const values = dockerHostOf(props);
    const names = dockerHostNames(context, name);
    const file = envFile && { bucketName: envFileBucketName, name: envFile.name ?? context.environment };
    const parameters = [names.imageTagParameter, ...(file ? [names.envFileVersionParameter] : [])];

    const host = new SessionHost(this, "host", {
      context,
      name,
      instanceType: values.instanceType,
      diskGiB: values.diskGiB,
      vpcId: props.vpcId,
      subnetId: props.subnetId,
      addressAllocationId: props.addressAllocationId,
      assignPublicIp: props.assignPublicIp,
      connections,
      containerCredentials: taskStatements.length > 0,
      logRetentionDays: values.logRetentionDays,
      statements: [
        ...associationStatements(context, names.deployDocument),
        ...pullStatements(context, registry, values.image.repository),
        {
          actions: ["ssm:GetParameter", "ssm:PutParameter"],
          resources: parameters.map((parameter) => arn(context, "ssm", `parameter${parameter}`)),
        },
        ...(file ? readEnvFileStatements(file.bucketName, file.name).map(taskStatement) : []),
        ...secretStatements(context, secretSources, Object.values(values.secrets)),
        ...taskStatements,
      ],
    });
    if (values.hosts.length > 0) {
      for (const cidr of ingressCidrs) this.letIn(host.securityGroupId, cidr);
    }

    // What runs is known to the deploys that ran, not to a plan: Terraform makes the parameters and leaves their values alone.
    const inService = { type: "String", lifecycle: { ignoreChanges: ["value"] } };
    const recorded = [
      new SsmParameter(this, "image-tag", {
        ...inService,
        name: names.imageTagParameter,
        description: `Image tag of ${name} in service`,
        value: values.image.tag,
      }),
      ...(envFile
        ? [
            new SsmParameter(this, "env-file-version", {
              ...inService,
              name: names.envFileVersionParameter,
              description: `Version of the env file of ${name} in service`,
              value: envFile.version,
            }),
          ]
        : []),
    ];
    const script = deployScript(values, {
      name,
      region: context.region,
      repositoryUrl: imageRepositoryUrl({ ...registry, project: context.project }, values.image.repository),
      secrets: Object.fromEntries(
        Object.entries(values.secrets).map(([variable, secret]) => [variable, hostSecret(secretSources, secret)]),
      ),
      imageTagParameter: names.imageTagParameter,
      envFileVersionParameter: names.envFileVersionParameter,
      envFile: file,
      logGroup: names.logGroup,
    });
    const document = new SsmDocument(this, "deploy", {
      name: names.deployDocument,
      documentType: "Command",
      documentFormat: "JSON",
      targetType: "/AWS::EC2::Instance",
      content: escaped(deployDocument(name, script, envFile !== undefined)),
    });
    new SsmAssociation(this, "in-service", {
      associationName: names.deployDocument,
      name: document.name,
      documentVersion: document.defaultVersion, // a changed document shows here in the plan, and runs at once
      parameters: envFile && { envFileVersion: envFile.version },
      targets: [{ key: "InstanceIds", values: [host.instanceId] }],
      scheduleExpression: "rate(30 minutes)", // the shortest State Manager takes
      complianceSeverity: "HIGH",
      dependsOn: recorded,
    });
    if (offHours) new StopSchedule(this, "off-hours", { context, name, offHours, instanceIds: [host.instanceId] });

    this.instanceId = host.instanceId;
    this.securityGroupId = host.securityGroupId;
    this.roleName = host.roleName;
    this.documentName = document.name;
    this.logGroupName = host.logGroupName;
  }

  private letIn(securityGroupId: string, cidr: string): void {
    for (const [protocol, port] of [
      ["http", 80],
      ["https", 443],
    ] as const) {
      new VpcSecurityGroupIngressRule(this, `${protocol}-${cidr.replaceAll(/[./]/g, "-")}`, {
        securityGroupId,
        description: port === 80 ? "HTTP, answered with a redirect to HTTPS" : "HTTPS",
        ipProtocol: "tcp",
        fromPort: port,
        toPort: port,
        cidrIpv4: cidr,
      });
    }
  }
}

function connectionProblems(props: DockerHostProps): Array<string | undefined> {
  const { secrets = {}, secretSources = {}, ingressCidrs = [] } = props;
  return [
    props.envFile !== undefined && props.envFileBucketName === undefined
      ? "envFileBucketName must be given with envFile, got none"
      : undefined,
    props.hosts !== undefined && props.addressAllocationId === undefined
      ? "addressAllocationId must be given with hosts, got none; names need an address that stays"
      : undefined,
    ...within("registry", [notMatching("accountId", props.registry.accountId, /^\d{12}$/, "12 digits")]),
    ...ingressCidrs.map((cidr) => notMatching("ingressCidrs", cidr, /^(\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/, "IPv4 ranges")),
    ...Object.entries(secretSources).map(([source, secretArn]) =>
      notMatching(
        `secretSources.${source}`,
        secretArn,
        /^arn:aws:secretsmanager:/,
        "the ARN of a Secrets Manager secret",
      ),
    ),
    ...secretSourceProblems(secrets, secretSources),
  ];
}

/** Where the host reads a secret; a name that has no ARN yet is enough. */
function hostSecret(sources: Readonly<Record<string, string>>, secret: SecretSettings): HostSecret {
  if ("parameterName" in secret) return { parameterName: secret.parameterName };
  const secretId = "from" in secret ? (sources[secret.from] ?? "") : secret.secretName;
  return { secretId, key: secret.key };
}

function secretStatements(
  context: Context,
  sources: Readonly<Record<string, string>>,
  settings: readonly SecretSettings[],
): TaskStatement[] {
  const { secrets, parameters } = secretResources(context, sources, settings);
  const each = [
    { actions: ["secretsmanager:GetSecretValue"], resources: secrets },
    { actions: ["ssm:GetParameter"], resources: parameters },
  ];
  return each.filter(({ resources }) => resources.length > 0);
}

function taskStatement({ Action, Resource = [] }: ReturnType<typeof readEnvFileStatements>[number]): TaskStatement {
  return { actions: [Action].flat(), resources: [Resource].flat() };
}
