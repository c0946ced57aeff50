import { outOfOrder } from "../../support/tfe/behaviour";
import { StillCloud } from "../../support/tfe/still-cloud";
import {
  preflight,
  refuseProblems,
  surveyCloud,
  type CloudProblem,
  type SurveyOptions,
} from "../../../tools/cloud/preflight";
import { Children } from "../../../tools/terraform/children";
import type { UserError } from "../../../tools/user-error";

let cloud: StillCloud;
beforeEach(async () => {
  cloud = new StillCloud();
  await cloud.start();
});
afterEach(async () => {
  // Whatever it finds, it changes nothing.
  expect(cloud.emulator.calls.all.filter(({ method }) => method !== "GET")).toEqual([]);
  await cloud.stop();
});

const stack = (name: string, workspace = `acme-${name}`, more: object = {}) => ({
  name,
  document: { terraform: { cloud: { organization: "acme-org", workspaces: { name: workspace }, ...more } } },
});
const options = (overrides: Partial<SurveyOptions> = {}): SurveyOptions => ({
  ...cloud.sending,
  attempts: 2,
  environment: cloud.environment,
  children: new Children(),
  terraformVersion: "1.11.4",
  purpose: "plan",
  ...overrides,
});
const NET = [stack("net")];
const messages = (problems: readonly CloudProblem[]) =>
  problems.map(({ severity, message, exitCode }) => [severity, message, exitCode]);
const check = async (overrides: Partial<SurveyOptions> = {}, stacks: Parameters<typeof preflight>[0] = NET) =>
  messages(await preflight(stacks, options(overrides)));

describe("preflight", () => {
  test("finds nothing wrong with a workspace as `platform` makes it", async () => {
    cloud.workspace();
    for (const purpose of ["plan", "apply", "destroy", "drift"] as const) expect(await check({ purpose })).toEqual([]);
  });

  test("passes over stacks whose state is elsewhere, and asks nobody", async () => {
    const elsewhere = { name: "net", document: { terraform: { backend: { s3: {} } } } };
    expect(await check({}, [elsewhere])).toEqual([]);
    expect(cloud.emulator.calls.all).toEqual([]);
  });

  test("says how a workspace is made that is missing, and does not make it", async () => {
    const [problem] = await preflight(NET, options());
    expect(problem).toEqual({
      stacks: ["net"],
      severity: "error",
      message: "there is no workspace acme-net in acme-org on app.terraform.io, or the token may not see it",
      hint: "deploy the stack `platform`, which makes the workspaces; none is made from here",
      exitCode: 66,
    });
    expect(cloud.emulator.calls.madeWorkspaces).toEqual([]);
  });

  test("tells every problem of every stack at once, each with its way out", async () => {
    cloud.workspace("acme-net", { autoApply: true, vcs: "acme/infra", workingDirectory: "infra" });
    const problems = await preflight([stack("net"), stack("data")], options());
    expect(problems.map(({ stacks, message }) => [...stacks, message])).toEqual([
      ["net", "the workspace acme-net is connected to acme/infra, so no plan can be saved in it"],
      ["net", "the workspace acme-net applies by itself what nobody has reviewed (auto-apply)"],
      ["net", "the workspace acme-net has the working directory infra, and a stack has none"],
      ["data", "there is no workspace acme-data in acme-org on app.terraform.io, or the token may not see it"],
    ]);
    expect(problems.filter(({ hint }) => hint === "")).toEqual([]);
  });

  test("names who holds the lock", async () => {
    const workspace = cloud.workspace();
    workspace.lock = { type: "users", id: "user-bob", name: "bob", reason: "maintenance", at: "2026-01-01T00:00:00Z" };
    expect(await check()).toEqual([["error", "the workspace acme-net is locked by bob (maintenance)", 6]]);
    workspace.lock = { ...workspace.lock, type: "teams", name: "platform", reason: "" };
    expect(await check()).toEqual([["error", "the workspace acme-net is locked by the team platform", 6]]);
    expect(await check({ purpose: "drift" })).toEqual([
      ["warning", "the workspace acme-net is locked by the team platform", 0],
    ]);
  });

  test("names the run that occupies a workspace, with its page", async () => {
    const workspace = cloud.workspace();
    const run = cloud.emulator.scripted(workspace, []);
    cloud.emulator.lifecycle.become(run, "planned");
    workspace.currentRun = run.id;
    const [problem, ...others] = await preflight(NET, options());
    expect(others).toEqual([]);
    expect(problem?.message).toMatch(
      `the workspace acme-net is occupied by the run ${run.id}, which is planned since 20`,
    );
    expect(problem).toMatchObject({
      hint: `confirm or discard it: https://app.terraform.io/app/acme-org/acme-net/runs/${run.id}`,
      exitCode: 6,
    });
  });

  test("does not mind the last run, which is over", async () => {
    const workspace = cloud.workspace();
    const run = cloud.emulator.scripted(workspace, []);
    cloud.emulator.lifecycle.become(run, "applied");
    workspace.latestRun = run.id;
    expect(await check()).toEqual([]);
  });

  test("warns of a saved plan that waits already", async () => {
    const { id } = cloud.savedPlan(cloud.workspace());
    const message = `a saved plan of the workspace acme-net waits already (${id}); whichever is applied first makes the other void`;
    expect(await check()).toEqual([["warning", message, 0]]);
    expect(await check({ purpose: "apply" })).toEqual([]);
  });

  test.each<[string, Partial<SurveyOptions>, string]>([
    ["can-queue-run", {}, "the token may not queue run in acme-net"],
    ["can-queue-destroy", { purpose: "destroy" }, "the token may not queue destroy in acme-net"],
    ["can-queue-apply", { purpose: "apply" }, "the token may not queue apply in acme-net"],
  ])("refuses a token without %s", async (permission, overrides, message) => {
    cloud.workspace();
    cloud.emulator.store.addCaller({ token: "poor", kind: "team", name: "ci", denied: [permission] });
    cloud.configure("poor");
    expect(await check(overrides)).toEqual([["error", message, 66]]);
  });

  test("warns that the plan's JSON may not be given out", async () => {
    cloud.workspace();
    cloud.emulator.store.addCaller({ token: "poor", kind: "team", name: "ci", denied: ["can-update"] });
    cloud.configure("poor");
    const message = "the token has no admin rights on acme-net, without which the plan's JSON is not given out";
    expect(await check()).toEqual([["warning", message, 0]]);
    expect(await check({ purpose: "apply" })).toEqual([]);
  });

  test.each([
    ["1.11.4", []],
    ["~> 1.11.0", []],
    ["1.10.5", [["warning", "the workspace acme-net runs Terraform 1.10.5, and here is 1.11.4", 0]]],
    ["~> 1.10.0", [["warning", "the workspace acme-net runs Terraform ~> 1.10.0, and here is 1.11.4", 0]]],
    ["latest", [["warning", "the workspace acme-net runs Terraform latest, and here is 1.11.4", 0]]],
  ])("compares the version %s with the one here", async (terraformVersion, expected) => {
    cloud.workspace("acme-net", { terraformVersion });
    expect(await check()).toEqual(expected);
  });

  test("refuses a plan to destroy where the workspace allows none", async () => {
    cloud.workspace();
    const answer = await fetch(`${cloud.emulator.url}organizations/acme-org/workspaces/acme-net`, {
      headers: { authorization: `Bearer ${cloud.emulator.token}` },
    });
    const body = (await answer.json()) as { data: { attributes: Record<string, unknown> } };
    body.data.attributes["allow-destroy-plan"] = false;
    cloud.emulator.faults.add("GET", /workspaces\/acme-net/, { kind: "answer", status: 200, body });
    const message = "the workspace acme-net does not allow plans that destroy everything";
    expect(await check({ purpose: "destroy" })).toEqual([["error", message, 66]]);
  });

  test("says where runs take place", async () => {
    cloud.workspace("acme-net");
    cloud.workspace("acme-platform", { executionMode: "local", terraformVersion: "1.5.0" });
    cloud.workspace("acme-data", { executionMode: "agent" });
    const survey = await surveyCloud([stack("platform"), stack("net"), stack("data")], options());
    expect(survey.stacks.map(({ stack: name, execution }) => [name, execution])).toEqual([
      ["platform", "local"],
      ["net", "remote"],
      ["data", "remote"],
    ]);
    expect(messages(survey.problems)).toEqual([
      ["warning", "the workspace acme-platform only keeps the state: plans and applies run here", 0],
      ["warning", "runs of the workspace acme-data wait for an agent of its pool", 0],
    ]);
    expect([...survey.clients.keys()]).toEqual(["app.terraform.io"]);
  });

  test("refuses to let Terraform run here where the organization has no remote operations", async () => {
    cloud.workspace();
    cloud.workspace("acme-data", { executionMode: "local" });
    const organization = cloud.emulator.store.organizations.get("acme-org");
    if (organization !== undefined) organization.entitlements["operations"] = false;
    const problem =
      "acme-org is not entitled to remote operations, so Terraform would plan and apply here without saying so";
    expect(await check()).toEqual([["error", problem, 66]]);
    expect(await check({}, [stack("data")])).toEqual([
      ["warning", "the workspace acme-data only keeps the state: plans and applies run here", 0],
    ]);
  });

  test("names an organization that is not there once, with all its stacks", async () => {
    const other = { organization: "other-org" };
    const problems = await preflight([stack("net", "acme-net", other), stack("data", "acme-data", other)], options());
    expect(problems).toEqual([
      {
        stacks: ["net", "data"],
        severity: "error",
        message: "there is no organization other-org on app.terraform.io, or the token may not see it",
        hint: "set state.organization to one that you see at https://app.terraform.io, or sign in as somebody of it: terraform login app.terraform.io",
        exitCode: 66,
      },
    ]);
  });

  test.each([
    [undefined, "there is no token for app.terraform.io"],
    ["revoked", "app.terraform.io does not accept the token"],
  ])("names a token that is %s once", async (token, message) => {
    cloud.configure(token);
    cloud.workspace();
    expect(await check({}, [stack("net"), stack("data")])).toEqual([["error", message, 66]]);
  });

  test("says when the service does not answer", async () => {
    cloud.workspace();
    cloud.emulator.faults.add("GET", /./, outOfOrder(503), 99);
    const [[severity, message, exitCode] = []] = await check();
    expect([severity, exitCode]).toEqual(["error", 75]);
    expect(message).toMatch(/^127\.0\.0\.1:\d+ does not answer: HTTP 503$/);
  });

  test("refuses a stack that holds a token, and one that can save no plan", async () => {
    cloud.workspace();
    const leaky = stack("net", "acme-net", { token: "s3cret-token" });
    const remote = { name: "data", document: { terraform: { backend: { remote: {} } } } };
    const problems = await preflight([leaky, remote], options());
    expect(messages(problems)).toEqual([
      [
        "error",
        "its backend is `remote`, which can save no plan, so nothing could be reviewed before it is applied",
        66,
      ],
      ["error", "its configuration holds a token, which every run would be sent", 66],
    ]);
    expect(JSON.stringify(problems)).not.toContain("s3cret-token");
  });
});

describe("refuseProblems", () => {
  const problem = (overrides: Partial<CloudProblem>): CloudProblem => ({
    stacks: ["net"],
    severity: "error",
    message: "it is locked",
    hint: "unlock it",
    exitCode: 6,
    ...overrides,
  });
  const thrown = (...problems: CloudProblem[]) => {
    try {
      refuseProblems(problems);
      return undefined;
    } catch (error) {
      const { message, tryThis, details, exitCode } = error as UserError;
      return { message, tryThis, details, exitCode };
    }
  };

  test("lets warnings pass", () => {
    expect([thrown(), thrown(problem({ severity: "warning" }))]).toEqual([undefined, undefined]);
  });

  test("throws a single problem with its way out", () => {
    expect(thrown(problem({}))).toEqual({
      message: "net: it is locked",
      tryThis: "unlock it",
      details: undefined,
      exitCode: 6,
    });
  });

  test("throws all problems at once, and exits for what only a change of configuration mends", () => {
    const missing = problem({ stacks: ["data", "app"], message: "it is missing", hint: "make it", exitCode: 66 });
    expect(thrown(problem({}), missing)).toEqual({
      message: "2 things stand in the way in Terraform Cloud",
      tryThis: undefined,
      details: "net: it is locked\n  unlock it\ndata, app: it is missing\n  make it",
      exitCode: 66,
    });
  });
});
