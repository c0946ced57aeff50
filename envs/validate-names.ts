import { appRunnerNames } from "../modules/compute/app-runner-service-settings";
import { blueGreenNames } from "../modules/compute/blue-green-names";
import { dockerHostNames } from "../modules/compute/docker-host-names";
import { isRouted } from "../modules/compute/service-kinds";
import { oneOffTaskNames, serviceNames } from "../modules/compute/service-names";
import { sessionHostNames } from "../modules/compute/session-host-names";
import type { Context } from "../modules/context";
import { ROLE_NAMES } from "../modules/delivery/delivery-names";
import { applicationName } from "../modules/delivery/github-settings";
import { nameOf, type NameKind, nameProblem, type Names } from "../modules/naming";
import { bucketNameProblem } from "../modules/storage/bucket-settings";
import { imageRepositoryNameProblem } from "../modules/storage/image-repository-settings";
import { stateBucketNameProblem } from "../modules/storage/state-bucket-name";
import { notMatching, shown, within } from "../modules/validation";
import type { ServiceSettings } from "./environment";
import type { ResolvedEnvironment } from "./tiers";
import { serviceNamesProblems } from "./validate-services";
import { siteNameProblems } from "./validate-sites";

/** Kinds that an environment has once, named `<project>-<environment>`, with the longest ending a module adds to it. */
const ONCE: ReadonlyArray<readonly [NameKind, string]> = [
  ["loadBalancer", ""],
  ["dbInstance", "database-replica-15"],
  ["replicationGroup", "cache"],
  ["upstashDatabase", "cache"],
  ["iamRole", "database-monitoring"],
];

/** Every name of an environment that some cloud service would refuse, each with the path to what makes it. */
export function nameProblems(environment: ResolvedEnvironment): Array<string | undefined> {
  const { name, accountId, services, tasks, secrets, sites, buckets, shared } = environment;
  const { project } = shared;
  return [
    ...ONCE.map(([kind, thing]) => nameProblem(kind, nameOf(project, name, thing))),
    stateBucketNameProblem(project, accountId),
    ...Object.keys(shared.images ?? {}).flatMap((image) =>
      within(`shared.images.${image}`, [imageRepositoryNameProblem(project, image)]),
    ),
    ...Object.keys(services).flatMap((service) => within(`services.${service}`, [keyProblem(service)])),
    ...Object.keys(tasks).flatMap((task) => within(`tasks.${task}`, [keyProblem(task)])),
    ...serviceNamesProblems(environment),
    ...Object.keys(secrets).flatMap((secret) =>
      within(`secrets.${secret}`, [
        keyProblem(secret),
        secret === "database" || secret === "cache"
          ? "name must not be database or cache, whose secrets services take by these names"
          : undefined,
        nameProblem("secret", nameOf(project, name, secret)),
      ]),
    ),
    ...(environment.delivery?.applications ?? []).flatMap((application, index) =>
      within(
        `delivery.applications[${index}]`,
        [ROLE_NAMES.imagePush, ROLE_NAMES.serviceDeploy].map((roleName) =>
          nameProblem("iamRole", nameOf(project, name, roleName(applicationName(application)))),
        ),
      ),
    ),
    ...Object.entries(sites).flatMap(([site, settings]) =>
      within(`sites.${site}`, [keyProblem(site), ...siteNameProblems(environment, site, settings)]),
    ),
    ...Object.keys(buckets).flatMap((bucket) =>
      within(`buckets.${bucket}`, [
        keyProblem(bucket),
        bucket === "database" || bucket === "cache"
          ? "name must not be database or cache, which services connect to by these names"
          : undefined,
        bucketNameProblem(project, name, bucket, accountId),
      ]),
    ),
    ...takenNameProblems(environment),
  ];
}

interface Named {
  readonly path: string;
  readonly kind: NameKind;
  readonly thing: string;
}

/** Two things of one kind that would have the same name: `api-green` has the target group of the other color of `api`. */
function takenNameProblems(environment: ResolvedEnvironment): Array<string | undefined> {
  const all = namedThings(environment);
  return all.map(({ path, kind, thing }, index) => {
    const first = all.slice(0, index).find((other) => other.kind === kind && other.thing === thing);
    return first === undefined || first.path === path
      ? undefined
      : `${path}.name must be another, got one whose ${kind} ${shown(nameOf(environment.shared.project, environment.name, thing))} is that of ${first.path}`;
  });
}

/** Everything that is named after a key, with what an environment has once before it. */
function namedThings(environment: ResolvedEnvironment): Named[] {
  const { network, cache, services, tasks, sites, buckets, delivery, pipeline, recovery, loadBalancer } = environment;
  const applications = delivery?.applications ?? [];
  return [
    ...(network?.nat === "instance" ? of("network.nat", "nameTag", "nat") : []),
    ...(cache.kind === "host" ? made("cache", (context) => sessionHostNames(context, "cache")) : []),
    ...(pipeline
      ? [
          ...of("pipeline", "iamRole", "release-pipeline", "release-build"),
          ...of("pipeline", "bucket", "release-artifacts"),
        ]
      : []),
    ...(loadBalancer.accessLogs && isRouted(services) ? of("loadBalancer.accessLogs", "bucket", "access-logs") : []),
    ...Object.entries(services).flatMap(([name, service]) =>
      made(`services.${name}`, (context) => namesOfService(context, name, service)),
    ),
    ...Object.keys(tasks).flatMap((name) => made(`tasks.${name}`, (context) => oneOffTaskNames(context, name))),
    ...Object.entries(sites).flatMap(([name, { kind }]) =>
      kind === "cloudfront" ? of(`sites.${name}`, "bucket", `${name}-site`, `${name}-access-logs`) : [],
    ),
    ...Object.keys(buckets).flatMap((name) => of(`buckets.${name}`, "bucket", name)),
    ...(recovery?.buckets ?? []).flatMap((name) => [
      ...of(`buckets.${name}`, "bucket", `${name}-replica`),
      ...of(`buckets.${name}`, "iamRole", `${name}-replication`),
    ]),
    ...applications.flatMap((application, index) => {
      const { imagePush, serviceDeploy, migrations, envFiles } = ROLE_NAMES;
      const roles = [imagePush, serviceDeploy, migrations, envFiles].map((role) => role(applicationName(application)));
      return of(`delivery.applications[${index}]`, "iamRole", ...roles);
    }),
  ];
}

function of(path: string, kind: NameKind, ...things: readonly string[]): Named[] {
  return things.map((thing) => ({ path, kind, thing }));
}

/** What a naming function names; it is asked for names, and says which. */
function made(path: string, name: (context: Pick<Context, "names">) => unknown): Named[] {
  const things: Named[] = [];
  const names: Names = (kind, thing = "") => {
    if (thing !== "" && kind !== "logGroup") things.push({ path, kind, thing }); // log groups of hosts and of tasks lie apart
    return thing;
  };
  name({ names });
  return things;
}

function namesOfService(context: Pick<Context, "names">, name: string, service: ServiceSettings): unknown {
  switch (service.kind) {
    case "fargate":
      return [serviceNames(context, name), service.deployment?.kind === "blue-green" && blueGreenNames(context, name)];
    case "docker-host":
      return dockerHostNames(context, name);
    case "app-runner":
      return appRunnerNames(context, name);
    case "render":
      return undefined;
  }
}

/** Keys become parts of construct ids, variables and cloud names. */
function keyProblem(key: string): string | undefined {
  return notMatching(
    "name",
    key,
    /^[a-z](?!.*--)[a-z0-9-]*[a-z0-9]$/,
    "2 or more lower-case letters, digits and single hyphens, a letter first",
  );
}
