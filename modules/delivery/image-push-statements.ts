import { actionsOf, allow, deny, type Statement } from "./policy-statement";

/**
 * Pushing images to exactly the given repositories. Tags are immutable there, so what was pushed once stays what it is; the settings of
 * the repositories, and deleting, are denied even if a repository's own policy grants them.
 */
export function imagePushStatements(repositoryArns: readonly string[]): Statement[] {
  const regions = [...new Set(repositoryArns.map((arn) => arn.split(":")[3] ?? ""))];
  return [
    allow("SignIn", actionsOf("ecr", "GetAuthorizationToken"), ["*"], {
      StringEquals: { "aws:RequestedRegion": regions },
    }),
    allow(
      "PushImages",
      actionsOf(
        "ecr",
        `BatchCheckLayerAvailability BatchGetImage CompleteLayerUpload DescribeImages DescribeRepositories
           InitiateLayerUpload PutImage UploadLayerPart`,
      ),
      repositoryArns,
    ),
    deny(
      "KeepRepositories",
      actionsOf(
        "ecr",
        `BatchDeleteImage Delete* PutImageScanningConfiguration PutImageTagMutability PutLifecyclePolicy PutReg*
           SetRepositoryPolicy`,
      ),
      ["*"],
    ),
  ];
}
