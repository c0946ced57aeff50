import { Names } from "../../../tools/picture/names";
import { Synthesized } from "../../../tools/plan/synthesized";
import { temporaryFolder } from "../support/folder";
import { awsStacks } from "../support/synthesized";

const folder = temporaryFolder();

/** Addresses that a resource knows by name, by what it has in its configuration. */
function named(config: Readonly<Record<string, unknown>>): string[] {
  const system = new Synthesized(
    awsStacks(folder, {
      one: {
        aws_s3_bucket: { "uploads.b": { bucket: "acme-uploads" } },
        aws_db_instance: { "db.i": { identifier: "acme-db" } },
        aws_lambda_function: { "resize.f": { function_name: "acme-resize" } },
        aws_ssm_parameter: { "reader.p": config },
      },
    }),
  );
  const [reader] = system.ofType("aws_ssm_parameter");
  if (reader === undefined) throw new Error("there is no reader");
  return new Names(system).of(reader).map(({ address }) => address);
}

describe("Names", () => {
  test.each<[string, Readonly<Record<string, unknown>>, string[]]>([
    ["a bucket under any attribute", { value: "acme-uploads" }, ["aws_s3_bucket.uploads_b"]],
    ["a database under its own attribute", { db_instance_identifier: "acme-db" }, ["aws_db_instance.db_i"]],
    ["no database under another", { value: "acme-db" }, []],
    ["an ARN in a text", { value: "arn:aws:s3:::acme-uploads/path/*" }, ["aws_s3_bucket.uploads_b"]],
    [
      "an ARN with a pattern",
      { value: "arn:aws:lambda:us-east-1:123456789012:function:acme-*" },
      ["aws_lambda_function.resize_f"],
    ],
    ["no ARN of another region", { value: "arn:aws:lambda:eu-west-1:123456789012:function:acme-resize" }, []],
    ["no ARN of which the name is a beginning", { value: "arn:aws:s3:::acme-uploads-old" }, []],
    ["a name in JSON inside a text", { value: '{"bucket": ["acme-uploads"]}' }, ["aws_s3_bucket.uploads_b"]],
    ["no name in its tags", { tags: { Bucket: "acme-uploads" } }, []],
  ])("finds %s", (_name, config, addresses) => {
    expect(named(config)).toEqual(addresses);
  });
});
