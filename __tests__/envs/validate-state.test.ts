import type { CloudState, Environment, Shared, StateSettings } from "../../envs/environment";
import { resolveEnvironment } from "../../envs/tiers";
import { environmentStateProblems, sharedStateProblems, togetherStateProblems } from "../../envs/validate-state";
import { prod, shared, staging } from "../support/environments";
import { cloud } from "../support/in-cloud";

const found = (problems: ReadonlyArray<string | undefined>) => problems.filter((problem) => problem !== undefined);
const ofShared = (overrides: Partial<Shared>) => found(sharedStateProblems({ ...shared, ...overrides }));
const ofStaging = (state: StateSettings, overrides: Partial<Environment> = {}) =>
  found(environmentStateProblems(resolveEnvironment(staging({ state, ...overrides }))));
const ofBoth = (one: CloudState, other: StateSettings) =>
  togetherStateProblems(resolveEnvironment(staging({ state: one })), resolveEnvironment(prod({ state: other })));
const remote = (settings: Partial<CloudState> = {}): CloudState => ({ ...cloud, ...settings });

const inWords = "3 to 40 letters, digits, hyphens and underscores";

describe("the state of an environment", () => {
  test.each<StateSettings>([
    { kind: "local" },
    { kind: "s3" },
    remote(),
    remote({ executionMode: "remote", assessments: true, variableSets: ["cloudflare", "up_1"] }),
    remote({ executionMode: "local", assessments: false, variableSets: [] }),
    remote({ projectName: "a-b", hostname: "tfe.example.com" }),
  ])("may be %j", (state) => {
    expect(ofStaging(state)).toEqual([]);
  });

  test.each<[Partial<CloudState>, string]>([
    [{ organization: "ab" }, `organization must be ${inWords}, got "ab"`],
    [
      { projectName: "Default Project" },
      `projectName must be ${inWords} (no spaces: it becomes part of the trust subject), got "Default Project"`,
    ],
    [
      { projectName: "a".repeat(41) },
      `projectName must be ${inWords} (no spaces: it becomes part of the trust subject), got "${"a".repeat(41)}"`,
    ],
    [{ executionMode: "agent" as "local" }, 'executionMode must be one of remote, local, got "agent"'],
    [
      { executionMode: "local", assessments: true },
      'assessments must be false with executionMode "local", got true; they are runs, and nothing runs there',
    ],
    [
      { executionMode: "local", variableSets: ["cloudflare"] },
      'variableSets must be left out with executionMode "local", got ["cloudflare"]; they are given to runs, and nothing runs there',
    ],
    [
      { variableSets: ["cloud flare"] },
      'variableSets.0 must be 1 to 90 letters, digits, hyphens and underscores, got "cloud flare"',
    ],
    [{ variableSets: ["a", "a"] }, 'variableSets must name each set once, got ["a","a"]'],
    [
      { hostname: "tfe.example.com:8443" },
      'hostname must be without a port where its runs change AWS, got "tfe.example.com:8443"; AWS knows an identity provider by a name without one',
    ],
  ])("may not be %j", (settings, problem) => {
    expect(ofStaging(remote(settings))).toEqual([`state.${problem}`]);
  });

  test("may be at a port where nothing runs there, or nothing that needs AWS", () => {
    const hostname = "tfe.example.com:8443";
    expect(ofStaging(remote({ hostname, executionMode: "local" }))).toEqual([]);
    expect(ofStaging(remote({ hostname }), { network: undefined })).toEqual([]);
  });

  describe("beside that of what is shared", () => {
    const beside = (theirs: StateSettings, mine: Partial<CloudState> = {}) =>
      ofStaging(remote(mine), { shared: { ...shared, state: theirs } });

    test("may be in the same organization, in another one, or elsewhere", () => {
      expect(beside(cloud)).toEqual([]);
      expect(beside(cloud, { organization: "other" })).toEqual([]);
      expect(beside({ kind: "s3" })).toEqual([]);
    });

    test("may not be in the same project, which holds the roles of one environment", () => {
      expect(beside(remote({ projectName: "one" }), { projectName: "one" })).toEqual([
        'state.projectName must be unlike that of the shared stacks, got "one" in both; state it for each, or for none',
      ]);
      expect(beside(cloud, { projectName: "acme-shared" })).toEqual([
        'state.projectName must be unlike that of the shared stacks, got "acme-shared" in both; state it for each, or for none',
      ]);
    });

    test("may not be at another host, as one stack makes both", () => {
      expect(beside(remote({ hostname: "tfe.example.com" }))).toEqual([
        'state.hostname must be that of the shared stacks (tfe.example.com), got "app.terraform.io"; the platform stack signs in at one',
      ]);
    });
  });

  describe("with a shared host for migrations, which its runs read about", () => {
    const migrating = { ...shared, migrations: { repository: "api" } };
    const database = { engine: "postgres" } as const;
    const problem = (theirs: string) =>
      `state.organization must be that of shared.state with shared.migrations, got "acme-org" and ${theirs}; a run reads there where the bastion is`;

    test("needs that in the same organization", () => {
      const of = (state?: StateSettings) => ofStaging(cloud, { database, shared: { ...migrating, state } });
      expect(of(cloud)).toEqual([]);
      expect(of()).toEqual([problem('a shared.state of kind "local"')]);
      expect(of({ kind: "s3" })).toEqual([problem('a shared.state of kind "s3"')]);
      expect(of(remote({ organization: "other" }))).toEqual([problem('"other"')]);
    });

    test("needs nothing where there is nothing to migrate, or nothing runs there", () => {
      expect(ofStaging(cloud, { shared: migrating })).toEqual([]);
      expect(ofStaging(remote({ executionMode: "local" }), { database, shared: migrating })).toEqual([]);
    });
  });
});

describe("the states of two environments", () => {
  test("may be in one organization, in two, or elsewhere", () => {
    expect(ofBoth(cloud, cloud)).toEqual([]);
    expect(ofBoth(cloud, remote({ organization: "other" }))).toEqual([]);
    expect(ofBoth(cloud, { kind: "s3" })).toEqual([]);
    expect(ofBoth(remote({ projectName: "one" }), remote({ organization: "other", projectName: "one" }))).toEqual([]);
  });

  test("may not be in one project", () => {
    expect(ofBoth(remote({ projectName: "one" }), remote({ projectName: "one" }))).toEqual([
      'staging.state.projectName must be unlike that of prod, got "one" in both; a project has the roles of one environment',
    ]);
    expect(ofBoth(remote({ projectName: "acme-prod" }), cloud)).toEqual([
      'staging.state.projectName must be unlike that of prod, got "acme-prod" in both; a project has the roles of one environment',
    ]);
  });

  test("may not be at two hosts", () => {
    expect(ofBoth(cloud, remote({ hostname: "tfe.example.com" }))).toEqual([
      'staging.state.hostname must be that of prod (tfe.example.com), got "app.terraform.io"; the platform stack signs in at one',
    ]);
    expect(ofBoth(cloud, remote({ hostname: "app.terraform.io" }))).toEqual([]);
  });
});

describe("the state of the platform", () => {
  test.each<Shared["platformState"]>([undefined, { kind: "local" }, { kind: "s3" }, { kind: "s3", bucket: "states" }])(
    "may be %j",
    (platformState) => {
      expect(ofShared({ platformState })).toEqual([]);
      expect(ofShared({ platformState, state: cloud })).toEqual([]);
    },
  );

  test("may not be in the cloud that it makes", () => {
    expect(ofShared({ platformState: cloud as unknown as Shared["platformState"] })).toEqual([
      'platformState.kind must be one of local, s3, got "cloud"; the platform stack makes the workspaces of Terraform Cloud, so its own state is in none of them',
    ]);
  });

  test("may not be in a bucket that could not be", () => {
    expect(ofShared({ platformState: { kind: "s3", bucket: "States" } })).toEqual([
      'platformState.bucket must be an S3 bucket name of 3 to 63 characters, got "States"',
    ]);
  });
});
