import { SsmDocument } from "@cdktf/provider-aws/lib/ssm-document";
import { Construct } from "constructs";
import { arn, type Context } from "../context";
import { imageRepositoryUrl } from "../storage/image-repository-settings";
import { readEnvFileStatements } from "../storage/env-file";
import { assertValid, notMatching, within } from "../validation";
import { escaped } from "./container-definitions";
import { commandDocument } from "./docker-host-document";
import { IMAGE_TAG_PATTERN, VERSION_PATTERN } from "./docker-host-script";
import type { Registry } from "./image-settings";
import { BASTION, migrationsBastionNames, migrationsTargetParameter } from "./migrations-bastion-names";
import {
  idleFirstBoot,
  MIGRATION_COMMANDS,
  MIGRATIONS_ENV_FILE,
  migrateCommand,
  migrateScript,
} from "./migrations-bastion-script";
import {
  migrationsBastionOf,
  migrationsBastionProblems,
  type MigrationsBastionSettings,
} from "./migrations-bastion-settings";
import { SessionHost } from "./session-host";
import { pullStatements } from "./session-host-statements";

/** Settings of the bastion, and what it is connected to. */
export interface MigrationsBastionProps extends MigrationsBastionSettings {
  /** For whom and where: the shared scope. */
  readonly context: Context;

  /** VPC of its own. */
  readonly vpcId: string;

  /** Public subnet in it. */
  readonly subnetId: string;

  /** Where the product's own images are. */
  readonly registry: Registry;

  /** Environments it may migrate, by name. */
  readonly environments: readonly string[];

  /**
   * Bucket of the env files; needed with `envFile`.
   * @default - none
   */
  readonly envFileBucketName?: string;
}

/**
 * The one host that migrations run on: beside the services the only one that a database lets in. It stands in a network of its own,
 * nothing comes in, and it knows of a database only what that environment's stack wrote down for it.
 *
 * It is stopped unless somebody needs it, and costs no more than its disk. A workflow starts it (`ec2 start-instances`, found by its
 * `Name` tag), waits until Systems Manager sees it, runs the environment's own document with `command` and `imageTag`, and leaves: after
 * `idleMinutes` without a container, a command or a session it stops itself.
 */
export class MigrationsBastion extends Construct {
  /** Id of the instance. */
  readonly instanceId: string;

  /** Security group of the instance, which environments let into their databases. */
  readonly securityGroupId: string;

  /** Role of the instance, which environments let read their database's secret. */
  readonly roleName: string;

  /** Documents that run a migration, by the environment they migrate. */
  readonly documentNames: Readonly<Record<string, string>>;

  /** Log group of the migrations' output. */
  readonly logGroupName: string;

  constructor(scope: Construct, id: string, props: MigrationsBastionProps) {
    super(scope, id);
    const { context, registry, environments, envFile, repository } = props;
    const { envFileBucketName = "" } = props;
    assertValid(this, [
      ...migrationsBastionProblems(props),
      environments.length === 0 ? "environments must be at least one, got []" : undefined,
      envFile !== undefined && props.envFileBucketName === undefined
        ? "envFileBucketName must be given with envFile, got none"
        : undefined,
      ...within("registry", [notMatching("accountId", registry.accountId, /^\d{12}$/, "12 digits")]),
    ]);
    const { idleMinutes, logRetentionDays } = migrationsBastionOf(props);
    const names = migrationsBastionNames(context.project);

    const host = new SessionHost(this, "host", {
      context,
      name: BASTION,
      instanceType: props.instanceType,
      diskGiB: props.diskGiB,
      vpcId: props.vpcId,
      subnetId: props.subnetId,
      assignPublicIp: true, // an Elastic IP would be billed while it is stopped
      firstBoot: [idleFirstBoot(idleMinutes)],
      logRetentionDays,
      tags: { Schedule: "on-demand" }, // what it costs is told by the hours it runs
      statements: [
        ...pullStatements(context, registry, repository),
        {
          actions: ["ssm:GetParameter"],
          resources: environments.map((environment) =>
            arn(context, "ssm", `parameter${migrationsTargetParameter(context.project, environment)}`),
          ),
        },
        ...(envFile === undefined ? [] : readEnvFileStatements(envFileBucketName, MIGRATIONS_ENV_FILE)).map(
          ({ Action, Resource = [] }) => ({ actions: [Action].flat(), resources: [Resource].flat() }),
        ),
      ],
    });
    const parameters = {
      command: { type: "String", description: "What to do", allowedValues: MIGRATION_COMMANDS },
      imageTag: {
        type: "String",
        description: "Tag of the migrations' image",
        allowedPattern: `^${IMAGE_TAG_PATTERN}$`,
      },
      ...(envFile && {
        envFileVersion: {
          type: "String",
          description: "Version of the env file",
          default: envFile.version,
          allowedPattern: `^${VERSION_PATTERN}$`,
        },
      }),
    };
    const script = migrateScript({
      region: context.region,
      repositoryUrl: imageRepositoryUrl({ ...registry, project: context.project }, repository),
      targetParameters: migrationsTargetParameter(context.project, ""),
      logGroup: names.logGroup,
      envFileBucketName: envFile && envFileBucketName,
    });
    this.documentNames = Object.fromEntries(
      environments.map((environment) => {
        const document = new SsmDocument(this, `migrate-${environment}`, {
          name: names.document(environment),
          documentType: "Command",
          documentFormat: "JSON",
          targetType: "/AWS::EC2::Instance",
          content: escaped(
            commandDocument(`Run one migration of the database of ${environment}`, parameters, {
              name: "migrate",
              script: migrateCommand(script, environment, Object.keys(parameters)),
            }),
          ),
        });
        return [environment, document.name];
      }),
    );

    this.instanceId = host.instanceId;
    this.securityGroupId = host.securityGroupId;
    this.roleName = host.roleName;
    this.logGroupName = host.logGroupName;
  }
}
