import {
  hostOf,
  runHostProblem,
  terraformCloudProblems,
  type TerraformCloudSettings,
} from "../../../modules/delivery/terraform-cloud-settings";

const problems = (settings: Partial<TerraformCloudSettings> = {}) =>
  terraformCloudProblems({ organization: "acme-org", ...settings }).filter((problem) => problem !== undefined);

describe("terraformCloudProblems", () => {
  test.each<Partial<TerraformCloudSettings>>([
    {},
    { organization: "abc" },
    { organization: "a".repeat(40), projectName: "Acme_1-b", hostname: "tfe.example.com:8443" },
    { executionMode: "remote", assessments: true, variableSets: ["a", "b".repeat(90)] },
    { executionMode: "local" },
    { executionMode: undefined, assessments: undefined, variableSets: undefined },
  ])("finds none in %j", (settings) => {
    expect(problems(settings)).toEqual([]);
  });

  test("finds all at once", () => {
    expect(
      problems({
        organization: "ab",
        projectName: "a b",
        hostname: "https://tfe.example.com",
        executionMode: "agent" as "local",
        variableSets: ["", "x x"],
      }),
    ).toEqual([
      'organization must be 3 to 40 letters, digits, hyphens and underscores, got "ab"',
      'projectName must be 3 to 40 letters, digits, hyphens and underscores (no spaces: it becomes part of the trust subject), got "a b"',
      'hostname must be a host name, got "https://tfe.example.com"',
      'executionMode must be one of remote, local, got "agent"',
      'variableSets.0 must be 1 to 90 letters, digits, hyphens and underscores, got ""',
      'variableSets.1 must be 1 to 90 letters, digits, hyphens and underscores, got "x x"',
    ]);
  });

  test("finds what nothing would use where nothing runs", () => {
    expect(problems({ executionMode: "local", assessments: true, variableSets: ["a"] })).toEqual([
      'assessments must be false with executionMode "local", got true; they are runs, and nothing runs there',
      'variableSets must be left out with executionMode "local", got ["a"]; they are given to runs, and nothing runs there',
    ]);
  });
});

describe("the host", () => {
  test("is Terraform Cloud's unless another is stated", () => {
    expect(hostOf({})).toBe("app.terraform.io");
    expect(hostOf({ hostname: undefined })).toBe("app.terraform.io");
    expect(hostOf({ hostname: "tfe.example.com" })).toBe("tfe.example.com");
  });

  test.each([
    [undefined, undefined],
    ["tfe.example.com", undefined],
    [
      "tfe.example.com:8443",
      'hostname must be without a port where its runs change AWS, got "tfe.example.com:8443"; AWS knows an identity provider by a name without one',
    ],
  ])("is one that AWS can trust: %j", (hostname, problem) => {
    expect(runHostProblem(hostname)).toBe(problem);
  });
});
