import { isReadOnly } from "../../../../tools/review/meaning/read-only";

describe("isReadOnly", () => {
  test.each([
    ["hashicorp/aws", "aws_iam_policy", "attachment_count", true],
    ["hashicorp/aws", "aws_db_instance", "latest_restorable_time", true],
    ["hashicorp/aws", "aws_iam_policy", "description", false],
    ["hashicorp/aws", "aws_security_group", "ingress", false], // a block, which has no setter
    ["hashicorp/aws", "aws_s3_bucket", "server_side_encryption_configuration", false],
    ["hashicorp/aws", "aws_iam_policy", "no_such_attribute", false],
    ["hashicorp/aws", "aws_no_such_thing", "arn", false],
    ["evil/../..", "aws_/../../../x", "arn", false],
    ["", "", "", false],
  ])("of %s, %s.%s is %s", (provider, type, attribute, expected) => {
    expect(isReadOnly(provider, type, attribute)).toBe(expected);
  });
});
