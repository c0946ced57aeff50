import type { Choice } from "../../envs/choose";
import { chosenSystem } from "../../envs/chosen-system";
import type { Environment, Shared, StateSettings } from "../../envs/environment";
import { InvalidEnvironment } from "../../envs/invalid-environment";
import { api, prod, shared, staging, system } from "../support/environments";
import { cloud } from "../support/in-cloud";

const chosen = (environments: Environment[], overrides: Partial<Choice> = {}) =>
  chosenSystem({ system: system(...environments), environments, ...overrides });

describe("chosenSystem", () => {
  test("is what is shared and each chosen environment, with every default filled in", () => {
    const both = [staging(), prod()];
    const { environments, everyEnvironment, ...rest } = chosen(both, { environments: both.slice(0, 1) });
    expect(everyEnvironment.map(({ name }) => name)).toEqual(["staging", "prod"]);
    expect(rest).toEqual({
      shared,
      state: { kind: "local" },
      platformState: { kind: "local" },
      trustedCloudHost: undefined,
      needsStateBucket: true,
      otherAccountIds: [],
      destroyable: false,
      environmentNames: ["staging", "prod"],
    });
    expect(environments).toEqual([
      expect.objectContaining({
        name: "staging",
        accountId: "123456789012",
        region: "eu-west-3",
        state: { kind: "local" },
        destroyable: true,
        logRetentionDays: 14,
        warnings: [],
      }),
    ]);
  });

  test("keeps the order in which the environments were chosen", () => {
    const names = chosen([prod(), staging()]).environments.map(({ name }) => name);
    expect(names).toEqual(["prod", "staging"]);
  });

  test.each<[string, Environment[], boolean]>([
    ["no state is in S3", [staging()], false],
    ["an environment's is", [staging({ state: { kind: "s3" } })], true],
    ["one's is that is not the first", [staging(), prod()], true],
    ["what is shared is", [staging({ shared: { ...shared, state: { kind: "s3" } } })], true],
    ["all is in Terraform Cloud", [staging({ state: cloud })], false],
    [
      "all is, but the platform's own",
      [staging({ state: cloud, shared: { ...shared, platformState: { kind: "s3" } } })],
      true,
    ],
    [
      "the platform's own would be, and there is no platform",
      [staging({ shared: { ...shared, platformState: { kind: "s3" } } })],
      false,
    ],
  ])("needs the bucket for the state as it should when %s", (_what, environments, needed) => {
    expect(chosen(environments).needsStateBucket).toBe(needed);
  });

  test("needs the bucket also for an environment that is not chosen", () => {
    expect(chosen([staging(), prod()], { environments: [] }).needsStateBucket).toBe(true);
  });

  test("names every other account once, of chosen environments or not", () => {
    const third = prod({
      name: "canary",
      state: { kind: "s3", bucket: "acme-elsewhere" },
      accountId: "210987654321",
      network: { cidr: "10.30.0.0/16" },
    });
    const environments = [
      staging(),
      prod({ state: { kind: "s3", bucket: "acme-elsewhere" }, accountId: "210987654321" }),
      third,
    ];
    expect(chosen(environments).otherAccountIds).toEqual(["210987654321"]);
    expect(chosen(environments, { environments: [] }).otherAccountIds).toEqual(["210987654321"]);
    expect(chosen([staging({ accountId: shared.accountId })]).otherAccountIds).toEqual([]);
  });

  describe("about Terraform Cloud", () => {
    const elsewhere = { accountId: "210987654321", state: cloud } as const;
    const local: StateSettings = { ...cloud, executionMode: "local" };

    test.each<[string, Partial<Shared>, StateSettings]>([
      ["where the shared stack keeps its own", { state: { kind: "local" } }, { kind: "local" }],
      ["in a file, when that is Terraform Cloud", { state: cloud }, { kind: "local" }],
      [
        "where it is told to",
        { state: cloud, platformState: { kind: "s3" } },
        { kind: "s3", bucket: "acme-123456789012-terraform-state", region: "eu-west-3" },
      ],
    ])("keeps the state of the platform %s", (_what, overrides, state) => {
      expect(chosen([staging({ shared: { ...shared, ...overrides } })]).platformState).toEqual(state);
    });

    test.each<[string, Environment[], string | undefined]>([
      ["nothing is there", [staging()], undefined],
      ["an environment runs there", [staging({ state: cloud })], "app.terraform.io"],
      [
        "one runs at a host of its own",
        [staging({ state: { ...cloud, hostname: "tfe.example.com" } })],
        "tfe.example.com",
      ],
      ["only state is there", [staging({ state: local })], undefined],
      ["what runs there needs no AWS", [staging({ state: cloud, network: undefined })], undefined],
      ["what runs there is in another account", [staging(elsewhere)], undefined],
    ])("trusts it in the shared account as it should when %s", (_what, environments, host) => {
      expect(chosen(environments).trustedCloudHost).toBe(host);
      expect(chosen(environments, { environments: [] }).trustedCloudHost).toBe(host);
    });

    test("trusts it in every other account once, by the first environment whose runs need it", () => {
      const third = prod({ ...elsewhere, name: "canary", network: { cidr: "10.30.0.0/16" } });
      const environments = [staging({ ...elsewhere, state: local }), prod(elsewhere), third];
      const found = chosen(environments).everyEnvironment;
      expect(found.map(({ name, makesCloudIdentityProvider }) => [name, makesCloudIdentityProvider])).toEqual([
        ["staging", false],
        ["prod", true],
        ["canary", false],
      ]);
      expect(found.map(({ cloudRuns }) => cloudRuns?.organization)).toEqual([undefined, "acme-org", "acme-org"]);
    });

    test("has nothing there when the state of a choice takes its place", () => {
      const found = chosen([staging({ state: cloud })], { stateOverride: { kind: "local" } });
      expect(found.trustedCloudHost).toBeUndefined();
      expect(found.environments.map(({ cloudRuns }) => cloudRuns)).toEqual([undefined]);
    });
  });

  test("takes the state of a choice for every stack, and needs no bucket then", () => {
    const { state, needsStateBucket, environments } = chosen([staging(), prod()], { stateOverride: { kind: "local" } });
    expect({ state, needsStateBucket }).toEqual({ state: { kind: "local" }, needsStateBucket: false });
    expect(environments.map((environment) => environment.state)).toEqual([{ kind: "local" }, { kind: "local" }]);
  });

  test.each([
    [undefined, false, [true, false]],
    [true, true, [true, true]],
  ])("with destroyable %j lets what is shared be destroyed: %j, and staging and prod: %j", (destroyable, all, each) => {
    const found = chosen([staging(), prod()], { destroyable });
    expect(found.destroyable).toBe(all);
    expect(found.environments.map((environment) => environment.destroyable)).toEqual(each);
  });

  test("tells each environment what is worth telling about it", () => {
    const found = chosen([staging({ services: { api } }), prod()]);
    expect(found.environments.map(({ warnings }) => warnings)).toEqual([
      ["domain is not set, so the load balancer answers plain HTTP; set a domain to get a certificate and HTTPS"],
      [],
    ]);
  });

  test("checks the environments that are not chosen too", () => {
    const both = [staging(), prod({ region: "paris" })];
    const choose = () => chosen(both, { environments: both.slice(0, 1) });
    expect(choose).toThrow(InvalidEnvironment);
    expect(choose).toThrow(
      'The environments of system "test" have 1 problem:\n  prod.region must be an AWS region such as eu-west-3 (China and GovCloud are other partitions, which groundplan does not know), got "paris"',
    );
  });

  test("checks the state that is configured, not the one that a choice puts in its place", () => {
    expect(() => chosen([prod({ state: { kind: "local" } })], { stateOverride: { kind: "local" } })).toThrow(
      InvalidEnvironment,
    );
  });

  test("fails on a system without environments", () => {
    expect(() => chosen([])).toThrow(new Error("system test must have an environment, got none"));
  });

  test("changes nothing of what it was given", () => {
    const environments = [staging({ services: { api } }), prod()];
    const before = JSON.stringify(environments);
    chosen(environments, { destroyable: true, stateOverride: { kind: "local" } });
    expect(JSON.stringify(environments)).toBe(before);
  });
});
