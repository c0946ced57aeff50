import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { systems } from "../../envs";
import { systemProblems } from "../../envs/validate";
import type { SynthesizedSystem } from "../support/system";
import { synthSystem } from "../support/system";

const root = join(__dirname, "..", "..");

type Graph = Readonly<Record<string, readonly string[]>>;

const graph = ({ dependencies }: SynthesizedSystem): Graph =>
  Object.fromEntries(Object.entries(dependencies).map(([name, before]) => [name, [...before].sort()]));

/** The stacks of an environment, written without its name in front. */
const of = (environment: string, stacks: Graph): Graph =>
  Object.fromEntries(
    Object.entries(stacks).map(([name, before]) => [
      `${environment}-${name}`,
      before.map((other) => `${environment}-${other}`),
    ]),
  );

const common = { bootstrap: [], shared: [] };
const delivered = { delivery: [], github: ["delivery"], network: ["delivery"], data: ["network"] };
const app = { app: ["data", "edge", "network"], edge: ["network"] };
const monitoring = { monitoring: ["app", "network"] };
const upstash = { app: ["data", "edge", "network", "upstash"], upstash: ["data"] };
const vercel = { vercel: [] };

const GRAPHS: Readonly<Record<string, Graph>> = {
  default: {
    ...common,
    ...of("staging", { ...delivered, ...app, ...upstash }),
    ...of("prod", { ...delivered, ...app }),
  },
  "docker-host": {
    ...common,
    "shared-bastion": [],
    ...of("staging", { ...delivered, ...app, migrations: ["data", "network"] }),
    ...of("prod", { ...delivered, ...app, migrations: ["data", "network"] }),
  },
  "web-api": {
    ...common,
    ...of("staging", { ...delivered, ...app }),
    ...of("prod", { ...delivered, ...app, ...monitoring }),
  },
  "blue-green": {
    ...common,
    ...of("staging", { network: [], data: ["network"], ...app, pipeline: ["app"] }),
    ...of("prod", { network: [], data: ["network"], ...app, pipeline: ["app"], ...monitoring }),
  },
  monorepo: {
    ...common,
    ...of("staging", { ...delivered, ...app, ...vercel }),
    ...of("prod", { ...delivered, ...app, ...upstash, ...vercel, ...monitoring }),
  },
  "monorepo-lean": {
    ...common,
    ...of("staging", { ...delivered, ...vercel, upstash: ["data"], app: ["data", "network", "upstash"] }),
    ...of("prod", {
      ...{ ...delivered, ...vercel, upstash: ["data"], app: ["data", "network", "upstash"] },
      monitoring: ["app"],
    }),
  },
  "monorepo-scalable": {
    ...common,
    ...of("staging", { ...delivered, ...app, ...vercel }),
    ...of("prod", { ...delivered, ...app, ...vercel, ...monitoring }),
  },
  "monorepo-managed": {
    bootstrap: [],
    ...of("staging", { ...vercel, hosted: [], edge: ["hosted"] }),
    ...of("prod", { ...vercel, hosted: [], edge: ["hosted"] }),
  },
  aurora: {
    ...common,
    ...of("staging", { ...delivered, ...app, cdn: ["delivery", "edge"] }),
    ...of("prod", {
      ...delivered,
      ...app,
      cdn: ["delivery", "edge"],
      recovery: ["delivery"],
      data: ["network", "recovery"],
      standby: ["data", "recovery"],
      backup: ["delivery", "recovery"],
      monitoring: ["app", "backup", "network"],
    }),
  },
};

test("every system has its stacks written down here", () => {
  expect(Object.keys(GRAPHS)).toEqual(Object.keys(systems));
});

describe.each(Object.values(systems))("system $name", (system) => {
  const synth = () => synthSystem({ system, environments: system.environments });
  const built = synth();

  test("has a staging and a prod, and nothing to find fault with", () => {
    expect(system.environments.map(({ name, tier }) => [name, tier])).toEqual([
      ["staging", "staging"],
      ["prod", "prod"],
    ]);
    expect(systemProblems(system)).toEqual([]);
  });

  test("has these stacks, each waiting for those it needs and for no other", () => {
    expect(graph(built)).toEqual(GRAPHS[system.name]);
  });

  test("is synthesized to the same bytes each time", () => {
    expect(synth().bytes).toEqual(built.bytes);
  });

  test("has no stack of one environment that waits for another environment", () => {
    for (const [name, before] of Object.entries(built.dependencies)) {
      const [environment = ""] = name.split("-");
      for (const other of before) expect(other.startsWith(`${environment}-`)).toBe(true);
    }
  });
});

describe("modules and stacks", () => {
  const sources = ["modules", "stacks"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts"))
      .map((path) => [`${folder}/${path}`, readFileSync(join(root, folder, path), "utf8")] as const),
  );
  const folders = readdirSync(join(root, "envs", "systems"));

  /** Words for what these systems show: a kind of service, a kind of deployment, an engine. */
  const words = ["docker-host", "blue-green", "aurora"];

  test.each(folders.filter((name) => !words.includes(name)))("know no system %s", (name) => {
    const quoted = new RegExp(`["'\`/]${name}["'\`/]`);
    expect(sources.filter(([, text]) => quoted.test(text)).map(([path]) => path)).toEqual([]);
  });

  test("import no system", () => {
    expect(folders.length).toBeGreaterThan(4);
    expect(sources.filter(([, text]) => /from "[^"]*envs\/(systems|staging|prod|index)/.test(text))).toEqual([]);
  });
});
