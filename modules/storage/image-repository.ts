import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { EcrRepositoryPolicy } from "@cdktf/provider-aws/lib/ecr-repository-policy";
import { Construct } from "constructs";
import { type Context, iamArn } from "../context";
import { assertValid } from "../validation";
import {
  imageLifecyclePolicy,
  imageRepositoryName,
  imageRepositoryNameProblem,
  imageRepositoryProblems,
  type ImageRepositorySettings,
} from "./image-repository-settings";
import { policyDocument } from "./policy-statement";

const PULL = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

export interface ImageRepositoryProps extends ImageRepositorySettings {
  /** For whom and where; its environment is no part of the name, because one image goes through all environments. */
  readonly context: Context;

  /** Name within the project, such as `api`. */
  readonly repository: string;

  /**
   * KMS key that encrypts the images; a later change replaces the repository.
   * @default - ECR's own keys, free
   */
  readonly kmsKeyArn?: string;
}

/**
 * A private repository of container images: a tag never moves once pushed, each image is scanned on push and encrypted, and old images
 * are removed. Outside destroyable environments Terraform refuses to remove it.
 */
export class ImageRepository extends Construct {
  /** Where images are pushed to and pulled from, without tag. */
  readonly repositoryUrl: string;

  /** ARN of the repository. */
  readonly arn: string;

  /** Full name, `<project>/<repository>`. */
  readonly name: string;

  constructor(scope: Construct, id: string, props: ImageRepositoryProps) {
    super(scope, id);
    const { pullAccountIds = [], context, kmsKeyArn } = props;
    assertValid(this, [
      imageRepositoryNameProblem(context.project, props.repository),
      ...imageRepositoryProblems(props, context.accountId),
    ]);

    const repository = new EcrRepository(this, "repository", {
      name: imageRepositoryName(context.project, props.repository),
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: [
        kmsKeyArn === undefined ? { encryptionType: "AES256" } : { encryptionType: "KMS", kmsKey: kmsKeyArn },
      ],
      forceDelete: context.destroyable,
      lifecycle: context.destroyable ? undefined : { preventDestroy: true },
    });
    new EcrLifecyclePolicy(this, "lifecycle", { repository: repository.name, policy: imageLifecyclePolicy(props) });
    if (pullAccountIds.length > 0) {
      new EcrRepositoryPolicy(this, "policy", {
        repository: repository.name,
        policy: pullPolicy(context, pullAccountIds),
      });
    }
    this.repositoryUrl = repository.repositoryUrl;
    this.arn = repository.arn;
    this.name = repository.name;
  }
}

function pullPolicy(context: Context, accountIds: readonly string[]): string {
  const accounts = [...new Set(accountIds)].map((accountId) => iamArn({ ...context, accountId }, "root"));
  return policyDocument([
    { Sid: "PullFromOtherAccounts", Effect: "Allow", Principal: { AWS: accounts }, Action: PULL },
  ]);
}
