import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import type { Context } from "../context";
import { containerDefinition, containerDefinitionsJson, type ContainerPlace } from "./container-definitions";
import type { ContainerSettings } from "./container-settings";
import type { Architecture } from "./fargate-service-settings";
import { type ImageSettings, type Registry, repositoryUri } from "./image-settings";
import { imageTagConfig } from "./image-tag";
import { secretValueFrom } from "./secret-settings";
import { imageTagVariable, taskNames } from "./service-names";
import type { Sidecars, SidecarSettings } from "./sidecar-settings";

/** Settings of a task with their defaults, whoever runs it; the main container's stand beside the task's own. */
export interface TaskValues extends ContainerSettings {
  /** CPU of the task. */
  readonly cpuUnits: number;

  /** Memory of the task, for all its containers. */
  readonly memoryMiB: number;

  /** Instruction set the images are built for. */
  readonly architecture: Architecture;

  /** User the main container runs as. */
  readonly user: string;

  /** Whether ECS Exec is on. */
  readonly exec: boolean;

  /** Further containers, by name. */
  readonly sidecars: Sidecars;

  /**
   * Sidecars the main container waits for.
   * @default - it waits for none
   */
  readonly dependsOn?: SidecarSettings["dependsOn"];

  /**
   * Disk of the task.
   * @default - the 20 that Fargate includes
   */
  readonly ephemeralStorageGiB?: number;
}

/** What a task definition is made from. */
export interface TaskDefinitionProps {
  /** For whom and where. */
  readonly context: Context;

  /** Name of the service, or of the one-off task with what its names end in; also that of the main container. */
  readonly name: string;

  /** The task's settings with their defaults. */
  readonly values: TaskValues;

  /** Where the product's own images are. */
  readonly registry: Registry;

  /** ARNs of the secrets other stacks own, by source. */
  readonly secretSources: Readonly<Record<string, string>>;

  /** Role ECS starts the task with. */
  readonly executionRoleArn: string;

  /** Role the application runs with. */
  readonly taskRoleArn: string;

  /** Log group of all its containers. */
  readonly logGroupName: string;
}

/**
 * A task of Fargate: main container and sidecars, each image tag a Terraform variable whose default is the tag of the settings.
 * It knows nothing of the service that runs it, so a task that runs once is the same construct without one.
 */
export class TaskDefinition extends Construct {
  /** ARN of the revision this stack registered last. */
  readonly arn: string;

  /** Family all revisions share, whoever registers them. */
  readonly family: string;

  constructor(scope: Construct, id: string, props: TaskDefinitionProps) {
    super(scope, id);
    const { context, name, values } = props;
    const { family } = taskNames(context, name);
    const { sidecars, ephemeralStorageGiB } = values;

    const containers = [
      containerDefinition(
        { ...values, cpuUnits: undefined, memoryMiB: undefined }, // those are the whole task's
        this.placeOf(props, name, values, { essential: true, init: true }),
      ),
      ...Object.entries(sidecars).map(([sidecar, settings]) =>
        containerDefinition(
          settings,
          this.placeOf(props, sidecar, settings, { essential: settings.essential ?? true, init: false }),
        ),
      ),
    ];
    const definition = new EcsTaskDefinition(this, "definition", {
      family,
      containerDefinitions: containerDefinitionsJson(containers),
      cpu: String(values.cpuUnits),
      memory: String(values.memoryMiB),
      networkMode: "awsvpc",
      requiresCompatibilities: ["FARGATE"],
      runtimePlatform: {
        operatingSystemFamily: "LINUX",
        cpuArchitecture: values.architecture === "arm64" ? "ARM64" : "X86_64",
      },
      ephemeralStorage: ephemeralStorageGiB === undefined ? undefined : { sizeInGib: ephemeralStorageGiB },
      executionRoleArn: props.executionRoleArn,
      taskRoleArn: props.taskRoleArn,
      skipDestroy: !context.destroyable, // a rollback needs the revision it goes back to
    });
    this.arn = definition.arn;
    this.family = family;
  }

  private placeOf(
    props: TaskDefinitionProps,
    container: string,
    settings: ContainerSettings,
    role: Pick<ContainerPlace, "essential" | "init">,
  ): ContainerPlace {
    const { context, secretSources, values } = props;
    const secrets = Object.entries(settings.secrets ?? {}).map(
      ([variable, secret]) => [variable, secretValueFrom(context, secretSources, secret)] as const,
    );
    return {
      ...role,
      name: container,
      imageUri: this.imageUri(props, container, settings.image),
      exec: values.exec,
      secrets: Object.fromEntries(secrets),
      logs: { group: props.logGroupName, region: context.region, prefix: props.name },
    };
  }

  private imageUri({ context, registry, name }: TaskDefinitionProps, container: string, image: ImageSettings): string {
    if ("uri" in image) return image.uri;
    const variable = imageTagVariable(name, container === name ? undefined : container);
    const tag = new TerraformVariable(this, `${container}-image-tag`, imageTagConfig(container, image.tag, variable));
    tag.overrideLogicalId(variable);
    return repositoryUri(context, registry, image.repository, tag.stringValue);
  }
}
