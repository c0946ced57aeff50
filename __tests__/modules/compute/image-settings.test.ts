import { Lazy } from "cdktf";
import { imageProblems, repositoryArn, repositoryUri } from "../../../modules/compute/image-settings";

const found = (image: Parameters<typeof imageProblems>[0]) => imageProblems(image).filter((it) => it !== undefined);
const registry = { accountId: "111122223333", region: "eu-west-1" };

describe("imageProblems", () => {
  test.each([
    { repository: "api", tag: "1.0.0" },
    { repository: "team/api", tag: "sha-0123456" },
    { repository: "api", tag: "a".repeat(128) },
    { repository: "api", tag: "latest-1" },
    {
      repository: Lazy.stringValue({ produce: () => "${var.repository}" }),
      tag: Lazy.stringValue({ produce: () => "${var.tag}" }),
    },
    { uri: "redis:7.4" },
    { uri: "public.ecr.aws/docker/library/redis:7.4" },
    { uri: `ghcr.io/acme/proxy@sha256:${"0".repeat(64)}` },
    { uri: Lazy.stringValue({ produce: () => "${var.uri}" }) },
  ])("pass %j", (image) => {
    expect(found(image)).toEqual([]);
  });

  const tag = "tag must be an image tag of 1 to 128 letters, digits and any of _ . - other than latest";
  const latest = 'must be a fixed version, got "latest"; two starts of the same task could run two different images';
  test.each([
    [{ repository: "api", tag: "latest" }, `tag ${latest}`],
    [{ repository: "api", tag: "" }, `${tag}, got ""`],
    [{ repository: "api", tag: "a".repeat(129) }, `${tag}, got "${"a".repeat(129)}"`],
    [
      { repository: "Api", tag: "1" },
      'repository must be lower-case letters, digits and single hyphens, dots, underscores or slashes, got "Api"',
    ],
    [{ uri: "redis:latest" }, `uri ${latest}`],
    [{ uri: "redis" }, 'uri must be an image reference with a tag or a digest, got "redis"'],
    [{ uri: "redis:" }, 'uri must be an image reference with a tag or a digest, got "redis:"'],
    [
      { uri: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/api:1" },
      'uri must be a public image, got "111122223333.dkr.ecr.eu-west-1.amazonaws.com/api:1"; give a private one as repository and tag',
    ],
  ])("fail on %j", (image, message) => {
    expect(found(image)).toEqual([message]);
  });
});

describe("an image of the product's own", () => {
  test("is referred to by account, region, project and name", () => {
    expect(repositoryUri({ project: "acme" }, registry, "api", "1.0.0")).toBe(
      "111122223333.dkr.ecr.eu-west-1.amazonaws.com/acme/api:1.0.0",
    );
  });

  test("has an ARN in the registry's account, not in the environment's", () => {
    expect(repositoryArn({ project: "acme" }, registry, "api")).toBe(
      "arn:aws:ecr:eu-west-1:111122223333:repository/acme/api",
    );
  });
});
