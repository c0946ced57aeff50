import { TerraformOutput } from "cdktf";
import { SourceConnection } from "../../../modules/delivery/source-connection";
import { context, resources, synth } from "../../support/synth";

describe("SourceConnection", () => {
  const synthesized = synth((scope) => {
    const { connectionArn, status } = new SourceConnection(scope, "github", { context: context() });
    new TerraformOutput(scope, "arn", { value: connectionArn });
    new TerraformOutput(scope, "status", { value: status });
  });

  test("is the environment's own connection to GitHub", () => {
    expect(resources(synthesized, "aws_codeconnections_connection")).toEqual([
      expect.objectContaining({ name: "acme-test-github", provider_type: "GitHub" }),
    ]);
  });

  test("tells its ARN, and whether somebody completed it", () => {
    expect(synthesized.output).toEqual({
      arn: { value: expect.stringMatching(/^\$\{aws_codeconnections_connection\..*\.arn\}$/) },
      status: { value: expect.stringMatching(/^\$\{aws_codeconnections_connection\..*\.connection_status\}$/) },
    });
  });
});
