import { type ContainerSettings, DEFAULT_WRITABLE_MIB, writablePathsOf } from "./container-settings";
import type { StartCondition } from "./sidecar-settings";

/** What a container is told by the task around it. */
export interface ContainerPlace {
  /** Name of the container. */
  readonly name: string;

  /** Image reference ECS pulls. */
  readonly imageUri: string;

  /** Whether the task stops with it. */
  readonly essential: boolean;

  /** Whether a process that reaps children stands before it; images with an init of their own would not start. */
  readonly init: boolean;

  /** Whether ECS Exec is on for the service. */
  readonly exec: boolean;

  /** `valueFrom` of every secret, by variable. */
  readonly secrets: Readonly<Record<string, string>>;

  /** Log group, its region, and what its streams start with. */
  readonly logs: { readonly group: string; readonly region: string; readonly prefix: string };
}

/** A container's settings, and what only the main container or only a sidecar has. */
export interface ContainerRendering extends ContainerSettings {
  /**
   * User it runs as.
   * @default - the image's own
   */
  readonly user?: string;

  /**
   * Share of the task's CPU.
   * @default - whatever the others leave
   */
  readonly cpuUnits?: number;

  /**
   * Memory it is stopped at.
   * @default - no limit of its own
   */
  readonly memoryMiB?: number;

  /**
   * Containers it waits for.
   * @default - it waits for none
   */
  readonly dependsOn?: Readonly<Record<string, StartCondition>>;
}

type Definition = Readonly<Record<string, unknown>>;

/**
 * Fargate keeps ports below 1024 to root, which no container here is. It holds for the whole task, whose network is one.
 * Source: ECS API reference, SystemControl, read in 2026-11.
 */
const LOW_PORTS_FOR_ANY_USER: Definition = { namespace: "net.ipv4.ip_unprivileged_port_start", value: "0" };

/**
 * One entry of a task definition's `containerDefinitions`, in ECS's words and in a fixed order of keys; what is not set is left out.
 * Logs are sent `non-blocking`: while CloudWatch is slow the application goes on, and loses lines once 25 MB of them wait.
 */
export function containerDefinition(settings: ContainerRendering, place: ContainerPlace): Definition {
  const { port, containerHealthCheck, stopTimeoutSeconds = 30, readOnlyRootFilesystem = !place.exec } = settings;
  const { environment = {}, dependsOn = {} } = settings;
  return onlySet({
    name: place.name,
    image: place.imageUri,
    essential: place.essential,
    cpu: settings.cpuUnits,
    memory: settings.memoryMiB,
    command: settings.command,
    user: settings.user,
    readonlyRootFilesystem: readOnlyRootFilesystem,
    environment: sorted(environment).map(([name, value]) => ({ name, value })),
    secrets: sorted(place.secrets).map(([name, valueFrom]) => ({ name, valueFrom })),
    portMappings: port === undefined ? [] : [{ containerPort: port, hostPort: port, protocol: "tcp" }],
    healthCheck: containerHealthCheck === undefined ? undefined : healthCheck(containerHealthCheck),
    dependsOn: sorted(dependsOn).map(([containerName, condition]) => ({ containerName, condition })),
    stopTimeout: stopTimeoutSeconds,
    linuxParameters: linuxParameters(settings, place),
    systemControls: port !== undefined && port < 1024 ? [LOW_PORTS_FOR_ANY_USER] : [],
    logConfiguration: {
      logDriver: "awslogs",
      options: {
        "awslogs-group": place.logs.group,
        "awslogs-region": place.logs.region,
        "awslogs-stream-prefix": place.logs.prefix,
        mode: "non-blocking",
        "max-buffer-size": "25m",
      },
    },
  });
}

/** The JSON text of all containers. */
export function containerDefinitionsJson(definitions: readonly Definition[]): string {
  return escaped(JSON.stringify(definitions));
}

/** A text with its `${` and `%{` escaped, because Terraform would read them as its own; CDKTF's tokens stay, they are meant for it. */
export function escaped(text: string): string {
  return text.replace(/(\$|%)\{(?!TfToken\[)/g, (opening, sign: string) => sign + opening);
}

function healthCheck(check: NonNullable<ContainerSettings["containerHealthCheck"]>): Definition {
  const { command, intervalSeconds = 30, timeoutSeconds = 5, retries = 3, startPeriodSeconds = 0 } = check;
  return {
    command: typeof command === "string" ? ["CMD-SHELL", command] : ["CMD", ...command],
    interval: intervalSeconds,
    timeout: timeoutSeconds,
    retries,
    startPeriod: startPeriodSeconds,
  };
}

/** Writable paths are tmpfs, not volumes: a volume of Fargate belongs to root, and the container's user is another. */
function linuxParameters(settings: ContainerSettings, { init, exec }: ContainerPlace): Definition | undefined {
  const { writableMiB: size = DEFAULT_WRITABLE_MIB } = settings;
  const mountOptions = ["nodev", "nosuid", "noexec"];
  const tmpfs = writablePathsOf(settings, exec).map((containerPath) => ({ containerPath, size, mountOptions }));
  const parameters = onlySet({ initProcessEnabled: init ? true : undefined, tmpfs });
  return Object.keys(parameters).length === 0 ? undefined : parameters;
}

function onlySet(definition: Definition): Definition {
  const isSet = (value: unknown) => value !== undefined && !(Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(definition).filter(([, value]) => isSet(value)));
}

/** Entries by name in code-unit order, the same on every machine. */
function sorted<T>(values: Readonly<Record<string, T>>): Array<[string, T]> {
  return Object.entries(values).sort(([left], [right]) => (left < right ? -1 : 1));
}
