import { systems } from "../../envs";
import { choose } from "../../envs/choose";
import { InvalidEnvironment } from "../../envs/invalid-environment";

const names = (variables: Record<string, string>) => choose(systems, variables).environments.map(({ name }) => name);

describe("choose", () => {
  test("takes the default system, and never prod, when nothing is said", () => {
    expect(choose(systems, {}).system.name).toBe("default");
    expect(names({})).toEqual(["staging"]);
  });

  test.each([
    ["staging", ["staging"]],
    ["prod", ["prod"]],
    ["prod, staging", ["staging", "prod"]],
    ["all", ["staging", "prod"]],
    ["", ["staging"]],
    [" , ", ["staging"]],
  ])("GROUNDPLAN_ENV=%j chooses %j", (value, chosen) => {
    expect(names({ GROUNDPLAN_ENV: value })).toEqual(chosen);
  });

  test("lets environments named as arguments win, and names them so in an error", () => {
    const { environments } = choose(systems, { GROUNDPLAN_ENV: "staging" }, ["prod"]);
    expect(environments.map(({ name }) => name)).toEqual(["prod"]);
    expect(() => choose(systems, {}, ["prd"])).toThrow('environment must be one of staging, prod, all, got "prd"');
  });

  test("keeps the configured state unless GROUNDPLAN_STATE says local", () => {
    expect(choose(systems, {}).stateOverride).toBeUndefined();
    expect(choose(systems, { GROUNDPLAN_STATE: "local" }).stateOverride).toEqual({ kind: "local" });
  });

  test.each([
    [{ GROUNDPLAN_SYSTEM: "toString" }, /^GROUNDPLAN_SYSTEM must be one of default.*, got "toString"$/],
    [{ GROUNDPLAN_ENV: "production" }, /^GROUNDPLAN_ENV must be one of staging, prod, all, got "production"$/],
    [{ GROUNDPLAN_ENV: "staging,prd" }, /^GROUNDPLAN_ENV must be one of staging, prod, all, got "prd"$/],
    [{ GROUNDPLAN_STATE: "s3" }, /^GROUNDPLAN_STATE must be one of local, got "s3"$/],
  ])("fails on %j and lists what is known", (variables, message) => {
    expect(() => choose(systems, variables)).toThrow(InvalidEnvironment);
    expect(() => choose(systems, variables)).toThrow(message);
  });
});
