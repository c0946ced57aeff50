import { nameProblem } from "../naming";
import { isUnresolved, notMatching, outOfRange, shown } from "../validation";

/** What a project chooses about a repository of container images. */
export interface ImageRepositorySettings {
  /**
   * How many days an image without a tag is kept, 1 to 365.
   * @default 7
   */
  readonly untaggedDays?: number;

  /**
   * How many of the newest tagged images are kept, 5 to 1000. The oldest goes even if it still runs somewhere, so keep more than
   * are pushed between two releases to prod.
   * @default 50
   */
  readonly keepTaggedImages?: number;

  /**
   * Start of the tags of releases, such as `release-`, which are counted on their own.
   * @default - releases are counted with all other images
   */
  readonly releaseTagPrefix?: string;

  /**
   * How many of the newest releases are kept, 5 to 1000.
   * @default 100
   */
  readonly keepReleaseImages?: number;

  /**
   * Other AWS accounts that may pull.
   * @default - none
   */
  readonly pullAccountIds?: readonly string[];
}

/** Full name of a repository, as in image URIs: `<project>/<repository>`, the same for all environments. */
export function imageRepositoryName(project: string, repository: string): string {
  return `${project}/${repository}`;
}

/** Where a repository's images are pulled from, without tag; known before the repository exists. */
export function imageRepositoryUrl(
  where: { readonly project: string; readonly accountId: string; readonly region: string },
  repository: string,
): string {
  return `${where.accountId}.dkr.ecr.${where.region}.amazonaws.com/${imageRepositoryName(where.project, repository)}`;
}

/** Everything wrong with the settings of a repository that lives in account `accountId`. */
export function imageRepositoryProblems(
  settings: ImageRepositorySettings,
  accountId?: string,
): Array<string | undefined> {
  const { untaggedDays, keepTaggedImages, releaseTagPrefix, keepReleaseImages, pullAccountIds = [] } = settings;
  return [
    outOfRange("untaggedDays", untaggedDays, 1, 365),
    outOfRange("keepTaggedImages", keepTaggedImages, 5, 1000),
    notMatching(
      "releaseTagPrefix",
      releaseTagPrefix,
      /^[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,126}$/,
      "the start of an image tag",
    ),
    outOfRange("keepReleaseImages", keepReleaseImages, 5, 1000),
    keepReleaseImages !== undefined && releaseTagPrefix === undefined
      ? `keepReleaseImages must be left out without releaseTagPrefix, got ${shown(keepReleaseImages)}`
      : undefined,
    ...pullAccountIds.map((id, index) => notMatching(`pullAccountIds[${index}]`, id, /^\d{12}$/, "12 digits")),
    ...pullAccountIds.map((id, index) =>
      id === accountId && !isUnresolved(id)
        ? `pullAccountIds[${index}] must be another account, got ${shown(id)}; this account pulls by its roles' policies`
        : undefined,
    ),
  ];
}

/** The problem with a repository's name, if there is one. */
export function imageRepositoryNameProblem(project: string, repository: string): string | undefined {
  return nameProblem("imageRepository", imageRepositoryName(project, repository));
}

/** The lifecycle policy of a repository. An image counts in the first rule that fits its tag and in no later one. */
export function imageLifecyclePolicy(settings: ImageRepositorySettings): string {
  const { untaggedDays = 7, keepTaggedImages = 50, releaseTagPrefix, keepReleaseImages = 100 } = settings;
  const rules = [
    {
      description: `images without a tag go after ${untaggedDays} days`,
      selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: untaggedDays },
    },
    ...(releaseTagPrefix === undefined ? [] : [newest(`${releaseTagPrefix}*`, keepReleaseImages, "releases")]),
    newest("*", keepTaggedImages, "tagged images"),
  ];
  return JSON.stringify({
    rules: rules.map(({ description, selection }, index) => ({
      rulePriority: index + 1,
      description,
      selection,
      action: { type: "expire" },
    })),
  });
}

function newest(pattern: string, countNumber: number, what: string) {
  return {
    description: `the newest ${countNumber} ${what} stay`,
    selection: { tagStatus: "tagged", tagPatternList: [pattern], countType: "imageCountMoreThan", countNumber },
  };
}
