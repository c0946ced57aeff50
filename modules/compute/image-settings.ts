import { arn, type Context } from "../context";
import { imageRepositoryName, imageRepositoryUrl } from "../storage/image-repository-settings";
import { isUnresolved, notMatching, shown } from "../validation";

/** An image of the product's own, in the registry all environments share. */
export interface RepositoryImage {
  /** ECR repository by the name the shared stack gives it, without the project in front. */
  readonly repository: string;

  /** Tag to start with; a deploy may set another through the Terraform variable. Never `latest`, which says nothing. */
  readonly tag: string;
}

/** An image anyone may pull. */
export interface PublicImage {
  /** Whole reference with tag or digest, such as `public.ecr.aws/docker/library/redis:7.4`. */
  readonly uri: string;
}

/** Where a container's image comes from. */
export type ImageSettings = RepositoryImage | PublicImage;

/** The registry that holds the product's own images: where, and whose. */
export interface Registry {
  /** The 12 digits of the account that holds the repositories. */
  readonly accountId: string;

  /** Region of the repositories. */
  readonly region: string;
}

const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const TAG_IN_WORDS = "an image tag of 1 to 128 letters, digits and any of _ . - other than latest";

/** What is wrong with an image, if anything is. */
export function imageProblems(image: ImageSettings): Array<string | undefined> {
  if ("uri" in image) return [uriProblem(image.uri)];
  return [
    notMatching(
      "repository",
      image.repository,
      /^[a-z0-9]+([._/-][a-z0-9]+)*$/,
      "lower-case letters, digits and single hyphens, dots, underscores or slashes",
    ),
    image.tag === "latest" ? latestProblem("tag") : notMatching("tag", image.tag, TAG, TAG_IN_WORDS),
  ];
}

/** The reference ECS pulls; the tag may be a Terraform variable. */
export function repositoryUri(
  context: Pick<Context, "project">,
  registry: Registry,
  name: string,
  tag: string,
): string {
  return `${imageRepositoryUrl({ ...registry, project: context.project }, name)}:${tag}`;
}

/** ARN of one of the product's repositories. */
export function repositoryArn(context: Pick<Context, "project">, registry: Registry, name: string): string {
  return arn(registry, "ecr", `repository/${imageRepositoryName(context.project, name)}`);
}

function uriProblem(uri: string): string | undefined {
  if (isUnresolved(uri)) return undefined;
  if (uri.includes(".dkr.ecr.")) {
    return `uri must be a public image, got ${shown(uri)}; give a private one as repository and tag`;
  }
  if (/:latest$/.test(uri)) return latestProblem("uri");
  return notMatching(
    "uri",
    uri,
    /^[a-z0-9][\w.-]*(\/[\w.-]+)*(:\w[\w.-]{0,127}|@sha256:[0-9a-f]{64})$/,
    "an image reference with a tag or a digest",
  );
}

function latestProblem(name: string): string {
  return `${name} must be a fixed version, got "latest"; two starts of the same task could run two different images`;
}
