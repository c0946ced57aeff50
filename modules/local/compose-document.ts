/** One health check of a Compose file. */
export interface ComposeHealthCheck {
  /** What to run: `CMD` with arguments, or `CMD-SHELL` with a text. */
  readonly test: readonly string[];

  /** Time between two runs. */
  readonly interval: string;

  /** Time a run may take. */
  readonly timeout: string;

  /** Failed runs in a row that make it unwell. */
  readonly retries: number;

  /** Time after the start in which failures do not count. */
  readonly start_period: string;
}

/** A mount of a Compose file, in its long form. */
export interface ComposeMount {
  /** A folder of this machine, or a volume of Docker's. */
  readonly type: "bind" | "volume";

  /** The folder, or the volume's name. */
  readonly source: string;

  /** Where the container sees it. */
  readonly target: string;
}

/** One service of a Compose file, as the Compose specification spells it; what is undefined is not written. */
export interface ComposeService {
  /**
   * Image that is pulled.
   * @default - it is built
   */
  readonly image?: string;

  /**
   * What the image is built from.
   * @default - it is pulled
   */
  readonly build?: { readonly context: string; readonly dockerfile?: string; readonly target?: string };

  /**
   * Arguments in place of the image's own command.
   * @default - the image's own
   */
  readonly command?: readonly string[];

  /**
   * Variables.
   * @default - none
   */
  readonly environment?: Readonly<Record<string, string>>;

  /**
   * Ports on this machine.
   * @default - none
   */
  readonly ports?: readonly string[];

  /**
   * Folders and volumes.
   * @default - none
   */
  readonly volumes?: readonly ComposeMount[];

  /**
   * How it is checked.
   * @default - it is not
   */
  readonly healthcheck?: ComposeHealthCheck;

  /**
   * Services it waits for.
   * @default - none
   */
  readonly depends_on?: Readonly<Record<string, { readonly condition: "service_healthy" | "service_started" }>>;

  /** Networks it is in. */
  readonly networks: readonly string[];
}

/** The network of all services. */
export const APP_NETWORK = "app-network";

/** The volume of the database: it outlives `docker compose down`, and goes with `docker compose down --volumes`. */
export const DATABASE_VOLUME = "database-data";

/** A text as Compose takes it literally: a `$` would begin a variable. */
export function literal(text: string): string {
  return text.replaceAll("$", "$$$$");
}

/** A value of `.env`, without which Compose does not start anything. */
export function fromEnvFile(variable: string): string {
  return `\${${variable}:?set ${variable} in .env}`;
}

/** A port on this machine only: nobody in the same network can connect to it. */
export function onThisMachine(hostPort: number, port: number): string {
  return `127.0.0.1:${hostPort}:${port}`;
}
