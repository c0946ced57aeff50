import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { Construct } from "constructs";
import { ValidCertificate } from "../../../modules/edge/valid-certificate";
import { context, resources, synth } from "../../support/synth";

const certificate = (scope: Construct) => ({ context: context(), domainName: "example.com", provider: usEast1(scope) });
const usEast1 = (scope: Construct) => new AwsProvider(scope, "us-east-1", { region: "us-east-1", alias: "us-east-1" });

describe("ValidCertificate", () => {
  const synthesized = synth((scope) => new ValidCertificate(scope, "certificate", certificate(scope)));

  test("requests a certificate in the given region and waits there until it is issued", () => {
    const [request] = resources(synthesized, "aws_acm_certificate");
    expect(request).toMatchObject({ domain_name: "example.com", validation_method: "DNS", provider: "aws.us-east-1" });
    expect(resources(synthesized, "aws_acm_certificate_validation")).toEqual([
      expect.objectContaining({
        certificate_arn: expect.stringMatching(/^\$\{aws_acm_certificate\.certificate_request_certificate_\w+\.arn\}$/),
        provider: "aws.us-east-1",
        timeouts: { create: "30m" },
      }),
    ]);
  });

  test("hands on the ARN of the certificate once it is valid", () => {
    let arn = "";
    synth((scope) => {
      arn = new ValidCertificate(scope, "certificate", certificate(scope)).certificateArn;
    });
    expect(arn).toMatch(/^\$\{TfToken\[/);
  });
});
