import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { LocalBackend, TerraformStack, TerraformVariable, Testing } from "cdktf";
import type { Construct } from "constructs";
import { Certificate } from "../../../modules/edge/certificate";
import type { CertificateProps } from "../../../modules/edge/certificate";
import { Route53Records } from "../../../modules/edge/route53-records";
import { context, resources, resourcesOf, synth } from "../../support/synth";
import type { Synthesized } from "../../support/synth";

const domainName = "example.com";
const certificates = (props: Partial<CertificateProps> = {}) =>
  resourcesOf(
    "aws_acm_certificate",
    (scope) => new Certificate(scope, "tls", { context: context(), domainName, ...props }),
  );

describe(Certificate, () => {
  test("is validated by DNS, logged publicly, and there before its predecessor goes", () => {
    expect(certificates()).toEqual([
      {
        domain_name: "example.com",
        validation_method: "DNS",
        key_algorithm: "RSA_2048",
        options: { certificate_transparency_logging_preference: "ENABLED" },
        lifecycle: { create_before_destroy: true },
        tags: { Name: "acme-test" },
      },
    ]);
  });

  test("is not waited for", () => {
    const synthesized = synth((scope) => new Certificate(scope, "tls", { context: context(), domainName }));
    expect(Object.keys(synthesized.resource ?? {})).toEqual(["aws_acm_certificate"]);
  });

  test("takes further names and another key", () => {
    const settings = { subjectAlternativeNames: ["*.example.com"], keyAlgorithm: "EC_prime256v1" } as const;
    expect(certificates(settings)).toEqual([
      expect.objectContaining({ subject_alternative_names: ["*.example.com"], key_algorithm: "EC_prime256v1" }),
    ]);
  });

  test("falls back to the documented defaults, even for an explicit undefined", () => {
    expect(certificates({ subjectAlternativeNames: undefined, keyAlgorithm: undefined })).toEqual(certificates());
  });

  test("has one validation record per domain, a wildcard sharing that of its domain", () => {
    const found: unknown[] = [];
    synth((scope) => {
      const subjectAlternativeNames = ["*.example.com", "*.other.example.com"];
      const tls = new Certificate(scope, "tls", { context: context(), domainName, subjectAlternativeNames });
      found.push(...tls.validationRecords.map(({ domain, type }) => ({ domain, type })));
    });
    expect(found).toEqual([
      { domain: "example.com", type: "CNAME" },
      { domain: "other.example.com", type: "CNAME" },
    ]);
  });

  test("fails on all wrong settings at once", () => {
    expect(() => certificates({ domainName: "EXAMPLE.com", subjectAlternativeNames: ["a b"] })).toThrow(
      new Error(
        `test/tls: domainName must be a domain name in lower case, or "*." and one, of at most 64 characters, got "EXAMPLE.com"; ` +
          `subjectAlternativeNames[0] must be a domain name in lower case, or "*." and one, got "a b"`,
      ),
    );
  });

  test("fails on a name that only Terraform knows, which could name no record", () => {
    const build = (scope: Construct) => {
      const name = new TerraformVariable(scope, "domain", { type: "string" }).stringValue;
      new Certificate(scope, "tls", { context: context(), domainName: name });
    };
    expect(() => synth(build)).toThrow(
      new Error("test/tls: domainName must be known when synthesizing, got a value only Terraform knows"),
    );
  });
});

describe("the validation records of a certificate in another stack", () => {
  const app = Testing.app();
  const stack = (id: string) => {
    const made = new TerraformStack(app, id);
    new LocalBackend(made, { path: `../${id}.tfstate` });
    new AwsProvider(made, "aws", { region: "eu-west-3" });
    return made;
  };
  const network = stack("network");
  const edge = stack("edge");
  const subjectAlternativeNames = ["*.example.com"];
  const { validationRecords } = new Certificate(network, "tls", {
    context: context(),
    domainName,
    subjectAlternativeNames,
  });
  const dns = { kind: "route53", zoneId: "Z0123456789ABC", zoneName: "example.com" } as const;
  new Route53Records(edge, "records", { context: context(), dns, validationRecords });
  for (const one of [network, edge]) one.prepareStack(); // makes outputs of references between the two
  const [producer, consumer] = [network, edge].map(
    (one) => JSON.parse(Testing.synth(one, true)) as Synthesized & { readonly locals?: Record<string, string> },
  );
  const remote = "data.terraform_remote_state.cross-stack-reference-input-network.outputs.cross-stack-output-local";

  test("are looked up by name, which is known when planning", () => {
    expect(Object.values(producer?.locals ?? {})).toEqual(
      ["name", "value"].map(
        (part) =>
          "${{ for key, val in aws_acm_certificate.tls_certificate_4E7D215C.domain_validation_options: " +
          `val.domain_name => val.resource_record_${part} }["example.com"]}`,
      ),
    );
  });

  test("leave their stack as one output for each string", () => {
    expect(producer?.output).toEqual(
      Object.fromEntries(
        Object.keys(producer?.locals ?? {}).map((local) => [
          `cross-stack-output-local${local}`,
          { sensitive: true, value: `\${local.${local}}` },
        ]),
      ),
    );
  });

  test("are read from the state of the other stack", () => {
    const [name, value] = Object.keys(producer?.locals ?? {});
    expect(Object.keys(consumer?.data?.["terraform_remote_state"] ?? {})).toEqual([
      "cross-stack-reference-input-network",
    ]);
    expect(resources(consumer ?? {}, "aws_route53_record")).toEqual([
      expect.objectContaining({ name: `\${${remote}${name}}`, type: "CNAME", records: [`\${${remote}${value}}`] }),
    ]);
  });
});
