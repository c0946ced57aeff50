import { ROLE_NAMES } from "../modules/delivery/delivery-names";
import { applicationName } from "../modules/delivery/github-settings";
import { nameOf, type NameKind, nameProblem } from "../modules/naming";
import { bucketNameProblem } from "../modules/storage/bucket-settings";
import { imageRepositoryNameProblem } from "../modules/storage/image-repository-settings";
import { stateBucketNameProblem } from "../modules/storage/state-bucket-name";
import { notMatching, within } from "../modules/validation";
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
  ];
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
