import { placeOf, runIdIn, runUrl, workspaceUrl } from "../../../tools/cloud/place";

const place = { hostname: "app.terraform.io", organization: "acme-org", workspace: "acme-net" };
const cloud = (block: unknown) => ({ terraform: { cloud: block } });

describe("placeOf", () => {
  test("reads the block as cdktf writes it", () => {
    const block = { organization: "acme-org", workspaces: { name: "acme-net", project: "acme-staging" } };
    expect(placeOf(cloud(block), {})).toEqual({ kind: "cloud", place, token: undefined });
  });

  test("reads a block that is a list", () => {
    const block = [{ organization: "acme-org", workspaces: [{ name: "acme-net" }] }];
    expect(placeOf(cloud(block), {})).toEqual({ kind: "cloud", place, token: undefined });
  });

  test("takes what the block leaves open from the environment, as Terraform does", () => {
    const environment = { TF_CLOUD_ORGANIZATION: "other-org", TF_CLOUD_HOSTNAME: "tfe.example.com" };
    const open = { workspaces: { name: "acme-net" } };
    expect(placeOf(cloud(open), environment)).toMatchObject({
      place: { hostname: "tfe.example.com", organization: "other-org", workspace: "acme-net" },
    });
    const said = { ...open, organization: "acme-org", hostname: "app.terraform.io" };
    expect(placeOf(cloud(said), environment)).toMatchObject({ place });
  });

  test("tells a token that does not belong there", () => {
    const block = { organization: "acme-org", token: "secret", workspaces: { name: "acme-net" } };
    expect(placeOf(cloud(block), {})).toMatchObject({ kind: "cloud", token: "secret" });
  });

  test.each([
    ["nothing", {}],
    ["S3", { terraform: { backend: { s3: { bucket: "b" } } } }],
    ["a file", { terraform: { backend: { local: { path: "p" } } } }],
  ])("passes over a stack whose state is in %s", (_name, document) => {
    expect(placeOf(document, {})).toEqual({ kind: "none" });
  });

  test.each([
    [{ terraform: { backend: { remote: {} } } }, /^its backend is `remote`, which can save no plan/],
    [cloud({ workspaces: { name: "a" } }), "it names no organization"],
    [
      cloud({ organization: "o", workspaces: { tags: ["a"] } }),
      /^it names no workspace; one that is found by its tags/,
    ],
    [cloud({ organization: "o" }), /^it names no workspace/],
  ])("says why %j is not enough", (document, problem) => {
    const placed = placeOf(document, {});
    expect(placed.kind === "unusable" ? placed.problem : placed.kind).toMatch(problem);
  });
});

describe("addresses", () => {
  test("are those that people open", () => {
    expect([runUrl(place, "run-1"), workspaceUrl(place)]).toEqual([
      "https://app.terraform.io/app/acme-org/acme-net/runs/run-1",
      "https://app.terraform.io/app/acme-org/workspaces/acme-net",
    ]);
  });
});

describe("runIdIn", () => {
  test.each([
    [
      "To view this run in a browser, visit:\nhttps://app.terraform.io/app/o/w/runs/run-CZcmD7eagjhyX0vN\n",
      "run-CZcmD7eagjhyX0vN",
    ],
    ["…/runs/run-a1 and …/runs/run-b2.", "run-b2"],
    ["nothing", undefined],
  ])("finds the run in %j", (output, id) => {
    expect(runIdIn(output)).toBe(id);
  });
});
