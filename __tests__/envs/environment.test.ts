import type { Environment, Shared, StateSettings } from "../../envs/environment";
import { systemProblems } from "../../envs/validate";
import { api, domain, prod, shared, staging, system } from "../support/environments";

const problemsOf = (...environments: Environment[]) => systemProblems(system(...environments));
const withShared = (overrides: Partial<Shared>) => problemsOf(staging({ shared: { ...shared, ...overrides } }));
const withState = (state: StateSettings) => problemsOf(staging({ state }));
const withZones = (...zones: string[]) => problemsOf(staging({ zones }));

const letters = (length: number) => "b".repeat(length);
const region = (path: string, got: string) =>
  `${path} must be an AWS region such as eu-west-3 (China and GovCloud are other partitions, which groundplan does not know), got "${got}"`;

describe("Environment", () => {
  const wrong = (got: string) =>
    `${got}.name must be 2 to 12 lower-case letters, digits and single hyphens, a letter first, and not shared, bootstrap, platform or all, got "${got}"`;

  test.each(["ab", letters(12), "prod-2", "pr1", "sharedx"])("may be named %j", (name) => {
    expect(problemsOf(staging({ name }))).toEqual([]);
  });

  test.each(["a", letters(13), "shared", "bootstrap", "platform", "all"])("may not be named %j", (name) => {
    expect(problemsOf(staging({ name }))).toEqual([wrong(name)]);
  });

  test.each(["1ab", "ab-", "a--b", "Ab", "a_b", ""])("may not be named %j, which no name could be made of", (name) => {
    expect(problemsOf(staging({ name }))).toContain(wrong(name));
  });

  test.each([["123456789012"], ["000000000001"]])("may be in account %j", (accountId) => {
    expect(problemsOf(staging({ accountId }))).toEqual([]);
  });

  test.each(["12345678901", "1234567890123", "12345678901a", ""])("may not be in account %j", (accountId) => {
    expect(problemsOf(staging({ accountId }))).toContain(
      `staging.accountId must be the 12 digits of an AWS account, as a string, got "${accountId}"`,
    );
  });

  test.each(["eu-west-3", "us-east-1", "ap-southeast-5", "mx-central-1"])("may be in region %j", (name) => {
    expect(problemsOf(staging({ region: name }))).toEqual([]);
  });

  test.each(["cn-north-1", "us-gov-west-1", "us-iso-east-1", "eu-west-3a", "EU-WEST-3", ""])(
    "may not be in region %j",
    (name) => {
      expect(problemsOf(staging({ region: name }))).toEqual([region("staging.region", name)]);
    },
  );

  test("may use zones a to f, each once and as many as it has subnets in", () => {
    expect(withZones("a", "b")).toEqual([]);
    expect(withZones("f", "c", "a")).toEqual([]);
    expect(withZones("a", "g")).toEqual(['staging.zones.1 must be a letter from a to f, got "g"']);
    expect(withZones("A", "b")).toEqual(['staging.zones.0 must be a letter from a to f, got "A"']);
    expect(withZones("b", "b")).toEqual(['staging.zones must name each zone once, got ["b","b"]']);
    expect(withZones("a")).toEqual(['staging.zones must name at least 2 zones, as network.zoneCount says, got ["a"]']);
    expect(problemsOf(prod({ zones: ["a", "b"] }))).toEqual([
      'prod.zones must name at least 3 zones, as network.zoneCount says, got ["a","b"]',
    ]);
  });

  test.each([16, 24])("may have an address range of /%d", (prefix) => {
    expect(problemsOf(staging({ network: { cidr: `10.10.0.0/${prefix}` } }))).toEqual([]);
  });

  test.each([15, 25])("may not have an address range of /%d", (prefix) => {
    expect(problemsOf(staging({ network: { cidr: `10.0.0.0/${prefix}` } }))).toEqual([
      expect.stringMatching(
        new RegExp(`^staging\\.network\\.cidr must be from /16 to /24, got "10\\.0\\.0\\.0/${prefix}"`),
      ),
    ]);
  });

  test("needs a /23 as soon as a service is routed", () => {
    const routed = (cidr: string) => problemsOf(staging({ network: { cidr }, services: { api } }));
    expect(routed("10.10.0.0/23")).toEqual([]);
    expect(routed("10.10.0.0/24")).toEqual([
      'staging.network.cidr must be /23 or larger, got "10.10.0.0/24"; a load balancer needs public subnets of /27 and would get /28',
    ]);
  });

  test.each(["example.com", "staging.example.com", "a.b.example.com"])("may be called %j", (name) => {
    expect(problemsOf(staging({ domain: { ...domain, name } }))).toEqual([]);
  });

  test("may not be called by a name in capitals, or outside its zone", () => {
    expect(problemsOf(staging({ domain: { ...domain, name: "Staging.example.com" } }))).toEqual([
      'staging.domain.name must be a domain name in lower case, got "Staging.example.com"',
    ]);
    expect(problemsOf(staging({ domain: { ...domain, name: "notexample.com" } }))).toEqual([
      'staging.domain.name must be "example.com" or end in ".example.com", which is the zone, got "notexample.com"',
    ]);
  });

  test("must say who answers for its zone", () => {
    const dns = { ...domain.dns, kind: "bind" as "route53" };
    expect(problemsOf(staging({ domain: { ...domain, dns } }))).toEqual([
      'staging.domain.dns.kind must be one of cloudflare, route53, got "bind"',
    ]);
  });

  test.each([7, 35])("may keep the backups of prod for %d days", (backupRetentionDays) => {
    expect(problemsOf(prod({ database: { engine: "postgres", backupRetentionDays } }))).toEqual([]);
  });

  test("must keep the backups of prod longer than those of staging", () => {
    const database = { engine: "postgres", backupRetentionDays: 1 } as const;
    expect(problemsOf(staging({ database }))).toEqual([]);
    expect(problemsOf(prod({ database }))).toEqual([
      "prod.database.backupRetentionDays must be at least 7 in prod, got 1; it is the window for point-in-time recovery",
    ]);
  });
});

describe("Shared", () => {
  const wrong = (got: string) =>
    `shared.project must be 2 to 16 lower-case letters, digits and single hyphens, a letter first, got "${got}"`;

  test.each(["ab", letters(16), "a-1"])("may be the project %j", (project) => {
    expect(withShared({ project })).toEqual([]);
  });

  test.each(["a", letters(17)])("may not be the project %j", (project) => {
    expect(withShared({ project })).toEqual([wrong(project)]);
  });

  test.each(["1ab", "ab-", "a--b", "Ab", ""])(
    "may not be the project %j, which no name could be made of",
    (project) => {
      expect(withShared({ project })).toContain(wrong(project));
    },
  );

  test("has an account at Cloudflare of 32 hex digits, or none", () => {
    expect(withShared({ cloudflareAccountId: undefined })).toEqual([]);
    for (const cloudflareAccountId of ["0".repeat(31), "0".repeat(33), "G".repeat(32)]) {
      expect(withShared({ cloudflareAccountId })).toEqual([
        `shared.cloudflareAccountId must be the 32 hex digits of a Cloudflare account, got "${cloudflareAccountId}"`,
      ]);
    }
  });

  test("has its own account, region and state, which environments without their own fail by too", () => {
    const state = { kind: "s3", bucket: "A" } as const;
    expect(withShared({ accountId: "1", region: "paris", state })).toEqual(
      ["shared", "staging"].flatMap((path) => [
        `${path}.accountId must be the 12 digits of an AWS account, as a string, got "1"`,
        region(`${path}.region`, "paris"),
        `${path}.state.bucket must be an S3 bucket name of 3 to 63 characters, got "A"`,
      ]),
    );
  });

  test.each([
    [1, 0, "untaggedDays", "1 to 365"],
    [365, 366, "untaggedDays", "1 to 365"],
    [5, 4, "keepTaggedImages", "5 to 1000"],
    [1000, 1001, "keepTaggedImages", "5 to 1000"],
  ])("allows %d and not %d for %s of an image", (right, wrongValue, name, range) => {
    expect(withShared({ images: { api: { [name]: right } } })).toEqual([]);
    expect(withShared({ images: { api: { [name]: wrongValue } } })).toEqual([
      `shared.images.api.${name} must be a whole number from ${range}, got ${wrongValue}`,
    ]);
  });
});

describe("StateSettings", () => {
  test.each<StateSettings>([
    { kind: "local" },
    { kind: "s3" },
    { kind: "s3", bucket: "abc" },
    { kind: "s3", bucket: letters(63), region: "us-east-1" },
    { kind: "cloud", organization: "abc" },
    { kind: "cloud", organization: letters(40), projectName: "Acme_1-b", hostname: "tfe.example.com" },
    { kind: "cloud", organization: "acme", executionMode: "local", hostname: "tfe.example.com:8443" },
    { kind: "cloud", organization: "acme", projectName: undefined, hostname: undefined },
  ])("may be %j", (state) => {
    expect(withState(state)).toEqual([]);
  });

  const inWords = "3 to 40 letters, digits, hyphens and underscores";

  test.each<[StateSettings, string]>([
    [{ kind: "s3", bucket: "ab" }, 'bucket must be an S3 bucket name of 3 to 63 characters, got "ab"'],
    [
      { kind: "s3", bucket: letters(64) },
      `bucket must be an S3 bucket name of 3 to 63 characters, got "${letters(64)}"`,
    ],
    [{ kind: "s3", bucket: "Acme" }, 'bucket must be an S3 bucket name of 3 to 63 characters, got "Acme"'],
    [{ kind: "cloud", organization: "ab" }, `organization must be ${inWords}, got "ab"`],
    [{ kind: "cloud", organization: letters(41) }, `organization must be ${inWords}, got "${letters(41)}"`],
    [
      { kind: "cloud", organization: "acme", projectName: "a b c" },
      `projectName must be ${inWords} (no spaces: it becomes part of the trust subject), got "a b c"`,
    ],
    [
      { kind: "cloud", organization: "acme", hostname: "https://tfe.example.com" },
      'hostname must be a host name, got "https://tfe.example.com"',
    ],
    [{ kind: "git" as "local" }, 'kind must be one of local, s3, cloud, got "git"'],
  ])("may not be %j", (state, problem) => {
    expect(withState(state)).toEqual([`staging.state.${problem}`]);
  });

  test("may not be in a region of another partition", () => {
    expect(withState({ kind: "s3", region: "cn-north-1" })).toEqual([region("staging.state.region", "cn-north-1")]);
  });
});

describe("System", () => {
  test("lets environments stand beside each other whose names only begin alike", () => {
    expect(problemsOf(staging({ name: "prod2" }), prod())).toEqual([]);
  });

  test("lets ranges stand beside each other that touch, and says nothing of one that cannot be read", () => {
    const at = (name: string, cidr: string) => staging({ name, network: { cidr } });
    expect(problemsOf(at("one", "10.0.0.0/17"), at("two", "10.0.128.0/17"))).toEqual([]);
    expect(problemsOf(at("one", "10.0.0.0/16"), at("two", "bad"))).toEqual([
      'two.network.cidr must be an IPv4 range such as 10.0.0.0/16, got "bad"',
    ]);
  });

  test("says of an unknown tier that alone, as the tier decides how the rest is read", () => {
    expect(problemsOf(staging({ tier: "dev" as "staging", region: "paris" }), prod({ region: "paris" }))).toEqual([
      'staging.tier must be one of staging, prod, got "dev"',
    ]);
  });

  test("compares every environment with every other", () => {
    const one = staging({ name: "one" });
    const two = staging({ name: "two" });
    const three = staging({ name: "three" });
    expect(problemsOf(one, two, three).map((problem) => problem.slice(0, problem.indexOf(" (")))).toEqual([
      "two.network.cidr must not overlap that of one",
      "three.network.cidr must not overlap that of one",
      "three.network.cidr must not overlap that of two",
    ]);
  });
});
