import { S3Object } from "@cdktf/provider-aws/lib/s3-object";
import { TerraformVariable } from "cdktf";
import { ImageRepository } from "../../../modules/storage/image-repository";
import type { ImageRepositoryProps } from "../../../modules/storage/image-repository";
import { context, policyOf, resources, synth } from "../../support/synth";

const repository = (props: Partial<ImageRepositoryProps> = {}) =>
  synth((scope) => new ImageRepository(scope, "api", { context: context(), repository: "api", ...props }));

describe(ImageRepository, () => {
  test("has tags that never move, scans what is pushed, is encrypted and protected from deletion", () => {
    expect(resources(repository(), "aws_ecr_repository")).toEqual([
      expect.objectContaining({
        name: "acme/api",
        image_tag_mutability: "IMMUTABLE",
        image_scanning_configuration: { scan_on_push: true },
        encryption_configuration: [{ encryption_type: "AES256" }],
        force_delete: false,
        lifecycle: { prevent_destroy: true },
      }),
    ]);
  });

  test("may be destroyed with all images where everything may", () => {
    const [destroyable] = resources(repository({ context: context({ destroyable: true }) }), "aws_ecr_repository");
    expect(destroyable).toMatchObject({ force_delete: true });
    expect(destroyable).not.toHaveProperty("lifecycle");
  });

  test("is encrypted with a KMS key when given one", () => {
    const kmsKeyArn = "arn:aws:kms:eu-west-3:123456789012:key/1";
    expect(resources(repository({ kmsKeyArn }), "aws_ecr_repository")).toEqual([
      expect.objectContaining({ encryption_configuration: [{ encryption_type: "KMS", kms_key: kmsKeyArn }] }),
    ]);
  });

  test("removes old images", () => {
    const [policy] = resources(repository({ untaggedDays: 3, keepTaggedImages: 9 }), "aws_ecr_lifecycle_policy");
    expect(JSON.parse(String(policy?.["policy"]))).toMatchObject({
      rules: [{ selection: { countNumber: 3 } }, { selection: { countNumber: 9 } }],
    });
  });

  test("falls back to the documented defaults, even for an explicit undefined", () => {
    const settings = { untaggedDays: undefined, keepTaggedImages: undefined, pullAccountIds: undefined };
    expect(repository(settings)).toEqual(repository());
  });

  test("is closed to other accounts, unless they are named", () => {
    expect(resources(repository(), "aws_ecr_repository_policy")).toEqual([]);
    expect(resources(repository({ pullAccountIds: [] }), "aws_ecr_repository_policy")).toEqual([]);
    const [policy] = resources(
      repository({ pullAccountIds: ["210987654321", "345678901234", "210987654321"] }),
      "aws_ecr_repository_policy",
    );
    expect(policyOf(policy ?? {}).Statement).toEqual([
      {
        Sid: "PullFromOtherAccounts",
        Effect: "Allow",
        Principal: { AWS: ["arn:aws:iam::210987654321:root", "arn:aws:iam::345678901234:root"] },
        Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      },
    ]);
  });

  test("hands out its address, its ARN and its name", () => {
    const synthesized = synth((scope) => {
      const { repositoryUrl, arn, name } = new ImageRepository(scope, "api", { context: context(), repository: "api" });
      new S3Object(scope, "object", { bucket: repositoryUrl, key: arn, content: name });
    });
    expect(resources(synthesized, "aws_s3_object")).toEqual([
      expect.objectContaining({
        bucket: expect.stringMatching(/\.repository_url\}$/) as string,
        key: expect.stringMatching(/\.arn\}$/) as string,
        content: expect.stringMatching(/\.name\}$/) as string,
      }),
    ]);
  });

  test("fails on all wrong settings at once", () => {
    expect(() => repository({ repository: "Api", untaggedDays: 0, pullAccountIds: ["123456789012"] })).toThrow(
      new Error(
        `test/api: name of imageRepository must be lower-case letters, digits, hyphens and slashes, got "acme/Api"; ` +
          `untaggedDays must be a whole number from 1 to 365, got 0; ` +
          `pullAccountIds[0] must be another account, got "123456789012"; this account pulls by its roles' policies`,
      ),
    );
  });

  test("lets an account pass that only Terraform knows", () => {
    const synthesized = synth((scope) => {
      const account = new TerraformVariable(scope, "account", { type: "string" }).stringValue;
      new ImageRepository(scope, "api", { context: context(), repository: "api", pullAccountIds: [account] });
    });
    expect(resources(synthesized, "aws_ecr_repository_policy")).toEqual([
      expect.objectContaining({ policy: expect.stringContaining("arn:aws:iam::${var.account}:root") as string }),
    ]);
  });
});
