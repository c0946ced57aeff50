import { ImagePushRole, type ImagePushRoleProps } from "../../../modules/delivery/image-push-role";
import { account, connections, imagePushRole } from "../../support/delivery";
import { ADMINISTRATOR, allows, statementsOf } from "../../support/iam";
import { policyOf, resources, synth } from "../../support/synth";

const repository = `arn:aws:ecr:eu-west-3:${account}:repository/acme/api`;
const here = { "aws:RequestedRegion": "eu-west-3" };

const build = (props: Partial<ImagePushRoleProps> = {}) =>
  synth((scope) => {
    new ImagePushRole(scope, "push", { ...connections(), application: "api", repositoryArns: [repository], ...props });
  });

const statements = statementsOf(imagePushRole());

const conditions = (props: Partial<ImagePushRoleProps>) => {
  const [role] = resources(build(props), "aws_iam_role");
  return policyOf(role ?? {}, "assume_role_policy").Statement[0]?.Condition?.["StringEquals"];
};

describe("ImagePushRole", () => {
  test("is called after the application, for jobs on its main branch", () => {
    expect(resources(build(), "aws_iam_role")).toEqual([
      expect.objectContaining({ name: "acme-prod-push-api", description: "Pushes images of api from GitHub Actions" }),
    ]);
    expect(conditions({})).toMatchObject({
      "token.actions.githubusercontent.com:sub": [
        "repo:acme/platform:ref:refs/heads/main",
        "repo:acme@1001/platform@2001:ref:refs/heads/main",
      ],
    });
  });

  test("is for another branch, or for what an environment lets in", () => {
    expect(conditions({ branch: "release" })).toMatchObject({
      "token.actions.githubusercontent.com:sub": expect.arrayContaining([
        "repo:acme/platform:ref:refs/heads/release",
      ]) as unknown,
    });
    expect(conditions({ environmentName: "release" })).toMatchObject({
      "token.actions.githubusercontent.com:sub": expect.arrayContaining([
        "repo:acme/platform:environment:release",
      ]) as unknown,
    });
    expect(conditions({ environmentName: undefined, branch: undefined })).toEqual(conditions({}));
  });

  test("is for an environment and a branch, and then for one workflow if there is one", () => {
    const workflow = ".github/workflows/push.yml";
    expect(conditions({ environmentName: "staging", branch: "release", workflow })).toMatchObject({
      "token.actions.githubusercontent.com:sub": [
        "repo:acme/platform:environment:staging",
        "repo:acme@1001/platform@2001:environment:staging",
      ],
      "token.actions.githubusercontent.com:ref": "refs/heads/release",
      "token.actions.githubusercontent.com:job_workflow_ref": `acme/platform/${workflow}@refs/heads/release`,
    });
    expect(conditions({ environmentName: "staging" })).not.toHaveProperty("token.actions.githubusercontent.com:ref");
  });

  test("asks for one workflow", () => {
    expect(conditions({ workflow: ".github/workflows/push.yml" })).toMatchObject({
      "token.actions.githubusercontent.com:job_workflow_ref":
        "acme/platform/.github/workflows/push.yml@refs/heads/main",
    });
  });

  test.each([
    ["ecr:GetAuthorizationToken", "*"],
    ["ecr:InitiateLayerUpload", repository],
    ["ecr:UploadLayerPart", repository],
    ["ecr:CompleteLayerUpload", repository],
    ["ecr:BatchCheckLayerAvailability", repository],
    ["ecr:PutImage", repository],
    ["ecr:BatchGetImage", repository],
    ["ecr:DescribeImages", repository],
  ])("may %s on %s", (action, resource) => {
    expect(allows(statements, { action, resource, context: here })).toBe(true);
  });

  test("signs in where the repositories are, even in another region than the context's", () => {
    const elsewhere = build({ repositoryArns: [`arn:aws:ecr:us-east-1:${account}:repository/acme/*`] });
    const signIn = (region: string) =>
      allows(statementsOf(elsewhere), {
        action: "ecr:GetAuthorizationToken",
        resource: "*",
        context: { "aws:RequestedRegion": region },
      });
    expect(signIn("us-east-1")).toBe(true);
    expect(signIn("eu-west-3")).toBe(false);
  });

  test.each([
    "ecr:BatchDeleteImage",
    "ecr:DeleteRepository",
    "ecr:DeleteRepositoryPolicy",
    "ecr:PutImageTagMutability",
    "ecr:PutLifecyclePolicy",
    "ecr:PutRegistryPolicy",
    "ecr:SetRepositoryPolicy",
  ])("is held back from %s even as an administrator", (action) => {
    expect(allows([...ADMINISTRATOR, ...statements], { action, resource: repository, context: here })).toBe(false);
  });

  test.each<[Partial<ImagePushRoleProps>, string]>([
    [{ repositoryArns: [] }, "test/push: repositoryArns must be at least one, got none"],
    [{ repositoryArns: ["*"] }, 'test/push: repositoryArns must be the ARN of an ECR repository, got "*"'],
    [{ branch: "*" }, 'test/push/role: subject must be one whole value without wildcards, got "*"'],
    [
      { environmentName: "release", workflow: ".github/workflows/push.yml" },
      "test/push/role: workflow must be left out where the branch is open, got one; on a pull request it differs every time",
    ],
  ])("fails on %j", (props, message) => {
    expect(() => build(props)).toThrow(new Error(message));
  });
});
