import { digestOf } from "../../../tools/systems/digest";
import {
  environmentDigest,
  resourcesIn,
  sharedStacksOf,
  stacksOf,
  survey,
  type SynthesizedSystem,
} from "../../../tools/systems/survey";
import { SURVEY_NOTE, surveyMarkdown, surveyTable } from "../../../tools/systems/table";
import { temporaryFolder } from "../support/folder";
import { writeStacks } from "../support/stacks";

const instance = (type: string) => ({
  provider: { aws: [{ region: "us-east-1" }] },
  resource: { aws_instance: { host: { instance_type: type } }, aws_vpc: { one: {}, two: {} } },
});

const system: SynthesizedSystem = {
  name: "small",
  environments: [
    { name: "staging", tier: "staging" },
    { name: "prod", tier: "prod" },
  ],
  stacks: writeStacks(temporaryFolder(), {
    shared: { document: { resource: { aws_vpc: { one: {} } } } },
    "staging-app": { document: instance("t3.micro") },
    "staging-data": {},
    "prod-app": { document: instance("t3.unheard-of") },
  }),
};

const names = (stacks: ReadonlyArray<{ readonly name: string }>) => stacks.map(({ name }) => name);

test("stacksOf takes the stacks of one environment, sharedStacksOf those of none", () => {
  expect(names(stacksOf(system.stacks, "staging"))).toEqual(["staging-app", "staging-data"]);
  expect(names(sharedStacksOf(system.stacks, system.environments))).toEqual(["shared"]);
});

test("resourcesIn counts every resource of every type", () => {
  expect(system.stacks.map(resourcesIn)).toEqual([1, 3, 0, 3]);
});

test("environmentDigest is about the environment's stacks and those of the account", () => {
  expect(environmentDigest(system, "prod")).toBe(
    digestOf(system.stacks.filter(({ name }) => ["shared", "prod-app"].includes(name))),
  );
});

describe("survey", () => {
  const digest = environmentDigest(system, "staging");
  const rows = survey(system.stacks.length > 0 ? [system] : [], {
    "small/staging": { planned: { digest, day: "2026-11-25" }, deployed: { digest: "older", day: "2026-11-24" } },
  });

  test("has a row for each environment", () => {
    expect(rows.map(({ cost, ...row }) => ({ ...row, lines: cost.lines.length > 0 }))).toEqual([
      {
        system: "small",
        environment: "staging",
        stacks: 2,
        resources: 3,
        planned: "as it is",
        deployed: "before a change",
        lines: true,
      },
      {
        system: "small",
        environment: "prod",
        stacks: 1,
        resources: 3,
        planned: "never",
        deployed: "never",
        lines: true,
      },
    ]);
  });

  test("is a table for a terminal", () => {
    expect(surveyTable(rows)).toEqual([
      "  system  environment  stacks  resources  synth  plan       deploy                     USD a month",
      "  small   staging      2       3          ok     ok         ok before the last change  $7.59",
      "  small   prod         1       3          ok     not tried  not tried                  ≥ $0.00",
    ]);
  });

  test("is a table in Markdown, with a link to each page", () => {
    expect(surveyMarkdown(rows, (name) => `docs/${name}.md`)).toEqual([
      "| system | environment | stacks | resources | synth | plan | deploy | USD a month |",
      "| --- | --- | --: | --: | --- | --- | --- | --: |",
      "| [small](docs/small.md) | staging | 2 | 3 | ok | ok | ok before the last change | $7.59 |",
      "| [small](docs/small.md) | prod | 1 | 3 | ok | not tried | not tried | ≥ $0.00 |",
    ]);
    expect(SURVEY_NOTE).toMatch(/^`plan`: .*\.$/);
  });
});
