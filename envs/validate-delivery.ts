import { gitHubProblems, gitHubRepositoryProblems } from "../modules/delivery/github-settings";
import { shown, within } from "../modules/validation";
import type { ResolvedEnvironment } from "./tiers";

/** Every problem of how an environment is deployed from GitHub, each with the path to it. */
export function deliveryProblems({
  delivery,
  shared,
  services,
  tier,
  accountId,
}: ResolvedEnvironment): Array<string | undefined> {
  const { repository, images = {} } = shared;
  const ownRepository = repository ? within("shared.repository", gitHubRepositoryProblems(repository)) : [];
  if (!delivery) return ownRepository;
  const applications = delivery.applications ?? [];
  return [
    ...ownRepository,
    repository ? undefined : "shared.repository must be set where an environment has a delivery, got none",
    ...within("delivery", [
      ...gitHubProblems(delivery, { requireReview: tier === "prod" }),
      ...applications.flatMap((application, index) =>
        within(`applications[${index}]`, [
          ...unknown("images", application.images, Object.keys(images), "shared.images"),
          ...unknown("services", application.services, Object.keys(services), "services"),
          ...unknown("tasks", application.tasks, Object.keys(services), "services"),
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
