import fc from "fast-check";
import { certificateProblems, validationDomains } from "../../../modules/edge/certificate-settings";
import type { CertificateSettings } from "../../../modules/edge/certificate-settings";

const domainName = "example.com";
const problems = (settings: Partial<CertificateSettings>) =>
  certificateProblems({ domainName, ...settings }).filter((problem) => problem !== undefined);
const names = (count: number) => Array.from({ length: count }, (_value, index) => `n${index}.example.com`);
const IN_WORDS = `a domain name in lower case, or "*." and one`;

describe(certificateProblems, () => {
  test.each<Partial<CertificateSettings>>([
    {},
    { domainName: "*.example.com" },
    { domainName: `${"a".repeat(52)}.example.com` },
    { subjectAlternativeNames: ["*.example.com", "www.example.org", `${"a".repeat(63)}.example.com`] },
    { subjectAlternativeNames: names(99) },
    { keyAlgorithm: "EC_prime256v1" },
    { keyAlgorithm: undefined, subjectAlternativeNames: undefined },
  ])("finds none in %j", (settings) => {
    expect(problems(settings)).toEqual([]);
  });

  test.each<[Partial<CertificateSettings>, string]>([
    [{ domainName: "Example.com" }, `domainName must be ${IN_WORDS}, of at most 64 characters, got "Example.com"`],
    [{ domainName: "example.com." }, `domainName must be ${IN_WORDS}, of at most 64 characters, got "example.com."`],
    [
      { domainName: "a.*.example.com" },
      `domainName must be ${IN_WORDS}, of at most 64 characters, got "a.*.example.com"`,
    ],
    [
      { domainName: `${"a".repeat(53)}.example.com` },
      `domainName must be ${IN_WORDS}, of at most 64 characters, got "${"a".repeat(53)}.example.com"`,
    ],
    [{ subjectAlternativeNames: ["https://a.b"] }, `subjectAlternativeNames[0] must be ${IN_WORDS}, got "https://a.b"`],
    [
      { subjectAlternativeNames: ["a.example.com", "example.com"] },
      `subjectAlternativeNames[1] must be a further name, got "example.com" twice`,
    ],
    [
      { subjectAlternativeNames: ["a.example.com", "a.example.com"] },
      `subjectAlternativeNames[1] must be a further name, got "a.example.com" twice`,
    ],
    [
      { domainName: "${TfToken[TOKEN.1]}" },
      "domainName must be known when synthesizing, got a value only Terraform knows",
    ],
    [
      { subjectAlternativeNames: ["a.example.com", "${TfToken[TOKEN.1]}"] },
      "subjectAlternativeNames[1] must be known when synthesizing, got a value only Terraform knows",
    ],
    [{ subjectAlternativeNames: names(100) }, "subjectAlternativeNames must be at most 99 names, got 100"],
    [
      { keyAlgorithm: "RSA_1024" as "RSA_2048" },
      `keyAlgorithm must be one of RSA_2048, EC_prime256v1, EC_secp384r1, got "RSA_1024"`,
    ],
  ])("fails on %j", (settings, message) => {
    expect(problems(settings)).toEqual([message]);
  });
});

describe(validationDomains, () => {
  test("takes a domain and its wildcard together", () => {
    const subjectAlternativeNames = ["*.example.com", "*.other.example.com", "other.example.com", "www.example.com"];
    expect(validationDomains({ domainName, subjectAlternativeNames })).toEqual([
      { domain: "example.com", requestedName: "example.com" },
      { domain: "other.example.com", requestedName: "*.other.example.com" },
      { domain: "www.example.com", requestedName: "www.example.com" },
    ]);
  });

  test("names each domain once, under a requested name, and leaves none out", () => {
    const name = fc.tuple(fc.boolean(), fc.domain()).map(([wild, domain]) => (wild ? `*.${domain}` : domain));
    fc.assert(
      fc.property(name, fc.array(name), (first, subjectAlternativeNames) => {
        const requested = [first, ...subjectAlternativeNames];
        const found = validationDomains({ domainName: first, subjectAlternativeNames });
        expect(new Set(found.map(({ domain }) => domain))).toEqual(
          new Set(requested.map((one) => one.replace("*.", ""))),
        );
        expect(new Set(found.map(({ domain }) => domain)).size).toBe(found.length);
        for (const { domain, requestedName } of found) {
          expect(requested).toContain(requestedName);
          expect(requestedName.replace("*.", "")).toBe(domain);
        }
      }),
    );
  });
});
