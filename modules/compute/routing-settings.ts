import { isUnresolved, notMatching, outOfRange, shown } from "../validation";

/** Which requests of the load balancer a service answers; hosts and paths both have to fit when both are given. */
export interface RoutingSettings {
  /**
   * Host names, `*` and `?` as wildcards; with `paths` together at most 5.
   * @default - every host
   */
  readonly hosts?: readonly string[];

  /**
   * Paths such as `/api/*`; with `hosts` together at most 5. `/*` is everything.
   * @default - every path
   */
  readonly paths?: readonly string[];

  /** Rank of the rule on its listener, 1 to 50000: the lowest that fits answers. No two services may share one. */
  readonly priority: number;
}

/** How the load balancer finds out whether a task can answer. */
export interface HealthCheckSettings {
  /**
   * Path it asks for; it has to answer without a login.
   * @default "/health"
   */
  readonly path?: string;

  /**
   * Status codes that mean well: one, a list `200,204`, or a range `200-299`.
   * @default "200"
   */
  readonly matcher?: string;

  /**
   * Seconds between two checks, 5 to 300.
   * @default 15
   */
  readonly intervalSeconds?: number;

  /**
   * Seconds an answer may take, 2 to 120, less than `intervalSeconds`.
   * @default 5
   */
  readonly timeoutSeconds?: number;

  /**
   * Good answers in a row until a task gets requests, 2 to 10.
   * @default 2
   */
  readonly healthyThreshold?: number;

  /**
   * Bad answers in a row until a task is replaced, 2 to 10.
   * @default 3
   */
  readonly unhealthyThreshold?: number;

  /**
   * Seconds after the start of a task in which bad answers do not count, 0 to 7200. Longer than the slowest start, or tasks are killed in a loop.
   * @default 60
   */
  readonly gracePeriodSeconds?: number;
}

/** Source: Elastic Load Balancing quotas, "condition values per rule", read in 2026-11; it cannot be raised. */
const VALUES_PER_RULE = 5;

/** A health check with every default filled in. */
export function healthCheckOf(settings: HealthCheckSettings = {}): Required<HealthCheckSettings> {
  const {
    path = "/health",
    matcher = "200",
    intervalSeconds = 15,
    timeoutSeconds = 5,
    healthyThreshold = 2,
    unhealthyThreshold = 3,
    gracePeriodSeconds = 60,
  } = settings;
  return { path, matcher, intervalSeconds, timeoutSeconds, healthyThreshold, unhealthyThreshold, gracePeriodSeconds };
}

/** Every problem of a listener rule by itself. Source of the limits: Elastic Load Balancing, listener rules, read in 2026-11. */
export function routingProblems(settings: RoutingSettings): Array<string | undefined> {
  const { hosts = [], paths = [], priority } = settings;
  const values = hosts.length + paths.length;
  return [
    values >= 1 && values <= VALUES_PER_RULE
      ? undefined
      : `hosts and paths must be 1 to ${VALUES_PER_RULE} values together, got ${values}${values === 0 ? '; paths ["/*"] is everything' : ""}`,
    ...hosts.map((host) =>
      notMatching(
        "hosts",
        host,
        /^(?=.{1,128}$)[A-Za-z0-9*?-]+(\.[A-Za-z0-9*?-]+)+$/,
        "host names of at most 128 characters, without scheme or port",
      ),
    ),
    ...paths.map((path) =>
      notMatching(
        "paths",
        path,
        /^(?=.{1,128}$)\/[\w.$/~"'@:+&*?-]*$/,
        "paths of at most 128 characters that start with a slash, without a query",
      ),
    ),
    outOfRange("priority", priority, 1, 50_000),
  ];
}

/** Every problem of a load balancer's health check. Source of the limits: Elastic Load Balancing API, CreateTargetGroup, read in 2026-11. */
export function healthCheckProblems(settings: HealthCheckSettings = {}): Array<string | undefined> {
  const { path, matcher, intervalSeconds, timeoutSeconds, healthyThreshold, unhealthyThreshold, gracePeriodSeconds } =
    healthCheckOf(settings);
  return [
    notMatching(
      "path",
      path,
      /^(?=.{1,1024}$)\/[^\s#]*$/,
      "a path of at most 1024 characters that starts with a slash",
    ),
    notMatching(
      "matcher",
      matcher,
      /^[2-4]\d\d(-[2-4]\d\d|(,[2-4]\d\d)*)$/,
      "status codes from 200 to 499: one, a list or a range",
    ),
    outOfRange("intervalSeconds", intervalSeconds, 5, 300),
    outOfRange("timeoutSeconds", timeoutSeconds, 2, 120),
    isUnresolved(timeoutSeconds) || isUnresolved(intervalSeconds) || timeoutSeconds < intervalSeconds
      ? undefined
      : `timeoutSeconds must be less than intervalSeconds (${intervalSeconds}), got ${shown(timeoutSeconds)}`,
    outOfRange("healthyThreshold", healthyThreshold, 2, 10),
    outOfRange("unhealthyThreshold", unhealthyThreshold, 2, 10),
    outOfRange("gracePeriodSeconds", gracePeriodSeconds, 0, 7200),
  ];
}

/** Services of one listener that ask for the same priority, by the name of the service; those without routing have none. */
export function routingPriorityProblems(
  services: Readonly<Record<string, { readonly routing?: RoutingSettings }>>,
): string[] {
  const first = new Map<number, string>();
  return Object.entries(services).flatMap(([name, { routing }]) => {
    if (routing === undefined || isUnresolved(routing.priority)) return [];
    const other = first.get(routing.priority);
    if (other !== undefined) {
      return [
        `${name}.routing.priority must be unlike that of every other service, got ${routing.priority} as in ${other}`,
      ];
    }
    first.set(routing.priority, name);
    return [];
  });
}

/** Hosts that services answer at: each once, in the order of the services. Patterns with a wildcard need no DNS record of their own. */
export function routedHosts(services: Readonly<Record<string, { readonly routing?: RoutingSettings }>>): string[] {
  const hosts = Object.values(services).flatMap(({ routing }) => routing?.hosts ?? []);
  return [...new Set(hosts)].filter((host) => !/[*?]/.test(host));
}
