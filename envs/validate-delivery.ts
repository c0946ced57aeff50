import { gitHubProblems, gitHubRepositoryProblems } from "../modules/delivery/github-settings";
import { pipelineNameProblems } from "../modules/delivery/pipeline-names";
import { pipelineProblems } from "../modules/delivery/pipeline-settings";
import { shown, within } from "../modules/validation";
import { ofKind } from "../modules/of-kind";
import type { ResolvedEnvironment } from "./tiers";

/** Every problem of how an environment is deployed from GitHub, each with the path to it. */
export function deliveryProblems({
  delivery,
  shared,
  services,
  tasks,
  sites,
  network,
  tier,
  accountId,
}: ResolvedEnvironment): Array<string | undefined> {
  const { repository, images = {} } = shared;
  const ownRepository = repository ? within("shared.repository", gitHubRepositoryProblems(repository)) : [];
  if (!delivery) return ownRepository;
  const applications = delivery.applications ?? [];
  return [
    ...ownRepository,
    network ? undefined : "delivery must be left out without a network; its roles are those of AWS",
    repository ? undefined : "shared.repository must be set where an environment has a delivery, got none",
    ...within("delivery", [
      ...gitHubProblems(delivery, { requireReview: tier === "prod" }),
      ...applications.flatMap((application, index) =>
        within(`applications[${index}]`, [
          ...unknown("images", application.images, Object.keys(images), "shared.images"),
          ...unknown("services", application.services, Object.keys(services), "services"),
          ...unknown("tasks", application.tasks, Object.keys(tasks), "tasks"),
          ...unknown("sites", application.sites, Object.keys(ofKind(sites, "cloudfront")), "sites on CloudFront"),
          application.migrations && !shared.migrations
            ? "migrations needs shared.migrations, the host they run on, got none"
            : undefined,
          application.envFiles?.length && !shared.envFiles
            ? "envFiles needs shared.envFiles, the bucket they are uploaded to, got none"
            : undefined,
          application.images !== undefined && accountId !== shared.accountId
            ? `images must be pushed from an environment in the shared account (${shared.accountId}), got ${shown(application.images)} in ${accountId}`
            : undefined,
          repository && application.owner !== repository.owner
            ? `owner must be ${shown(repository.owner)}, the owner of shared.repository, got ${shown(application.owner)}; a token of GitHub's serves one owner`
            : undefined,
        ]),
      ),
    ]),
  ];
}

function unknown(name: string, values: readonly string[] = [], known: readonly string[], where: string): string[] {
  return values
    .filter((value) => !known.includes(value))
    .map((value) => `${name} must be of ${where} (${known.join(", ") || "none"}), got ${shown(value)}`);
}

/** Every problem of the pipeline of an environment, each with the path to it. */
export function pipelineTierProblems({
  pipeline,
  services,
  shared,
  name,
  accountId,
  tier,
  network,
}: ResolvedEnvironment): Problems {
  if (!pipeline) return [];
  const released = Object.entries(ofKind(services, "fargate"))
    .filter(([, { deployment, image }]) => deployment?.kind === "blue-green" && "repository" in image)
    .map(([service]) => service);
  return within("pipeline", [
    network ? undefined : "network must be set with a pipeline, which releases what is in AWS, got none",
    accountId === shared.accountId
      ? undefined
      : `pipeline must be in an environment in the shared account (${shared.accountId}), where it pushes images, got ${shown(accountId)}`,
    ...pipelineProblems(pipeline),
    ...pipelineNameProblems({ project: shared.project, environment: name, accountId }, "release"),
    ...Object.keys(pipeline.services).map((service) =>
      released.includes(service)
        ? undefined
        : `services.${service} must be a service with an image of our own and a blue-green deployment (${released.join(", ") || "none"}), got ${shown(service)}`,
    ),
    tier === "prod" && !pipeline.approval
      ? "approval must be set in prod, got none; somebody has to say yes"
      : undefined,
  ]);
}

type Problems = Array<string | undefined>;
