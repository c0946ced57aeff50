import { siteDeployStatements } from "../../../modules/delivery/site-deploy-statements";
import { type AccessRequest, allows } from "../../support/iam";
import { context, type PolicyStatement } from "../../support/synth";

const files = "arn:aws:s3:::acme-test-app-site-123456789012";
const statements = siteDeployStatements(context(), [
  { bucketName: "acme-test-app-site-123456789012" },
]) as unknown as PolicyStatement[];
const distribution = "arn:aws:cloudfront::123456789012:distribution/E123";
const own = { "aws:ResourceTag/Project": "acme", "aws:ResourceTag/Environment": "test" };

describe("siteDeployStatements", () => {
  test("are none without a site", () => {
    expect(siteDeployStatements(context(), [])).toEqual([]);
  });

  test.each<[string, AccessRequest]>([
    ["list its files", { action: "s3:ListBucket", resource: files }],
    ["write a file", { action: "s3:PutObject", resource: `${files}/index.html` }],
    ["delete a file", { action: "s3:DeleteObject", resource: `${files}/old.js` }],
    ["find the distribution", { action: "cloudfront:ListDistributions", resource: "*" }],
    ["make CloudFront forget", { action: "cloudfront:CreateInvalidation", resource: distribution, context: own }],
  ])("allow to %s", (_what, request) => {
    expect(allows(statements, request)).toBe(true);
  });

  test.each<[string, AccessRequest]>([
    ["write elsewhere", { action: "s3:PutObject", resource: "arn:aws:s3:::acme-test-uploads-123456789012/x" }],
    ["remove the bucket", { action: "s3:DeleteBucket", resource: files }],
    ["read former versions", { action: "s3:GetObjectVersion", resource: `${files}/index.html` }],
    [
      "touch another environment's distribution",
      {
        action: "cloudfront:CreateInvalidation",
        resource: distribution,
        context: { ...own, "aws:ResourceTag/Environment": "prod" },
      },
    ],
    ["change a distribution", { action: "cloudfront:UpdateDistribution", resource: distribution, context: own }],
  ])("do not allow to %s", (_what, request) => {
    expect(allows(statements, request)).toBe(false);
  });

  test("have names of their own", () => {
    const names = siteDeployStatements(context(), [{ bucketName: "a" }, { bucketName: "b" }]).map(({ Sid }) => Sid);
    expect(new Set(names).size).toBe(names.length);
  });
});
