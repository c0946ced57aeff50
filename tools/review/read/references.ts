import { isObject, listOf, objectOf, stringOf, type JsonObject } from "../../json";
import { withoutIndexes } from "./changes";

type References = ReadonlyMap<string, readonly string[]>;

/**
 * What each resource refers to, from the configuration of a plan: through locals as Terraform resolved them, through inputs and outputs of modules,
 * and by `depends_on`. Addresses are without indexes.
 */
export function referencesIn(configuration: unknown): References {
  const graph = new Map<string, Set<string>>();
  collect(objectOf(objectOf(configuration)["root_module"]), "", graph, 0);
  const resources = [...graph.keys()].filter((node) => !isPassage(node));
  return new Map(resources.map((resource) => [resource, [...targetsOf(resource, graph)].sort()]));
}

const DEEPEST = 30;

/** Attributes and blocks that the configuration of a plan sets, by resource without indexes. */
export function configuredIn(configuration: unknown): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, ReadonlySet<string>>();
  const look = (module: JsonObject, prefix: string, depth: number): void => {
    if (depth > DEEPEST) return;
    for (const resource of listOf(module["resources"]).filter(isObject)) {
      const address = `${prefix}${withoutIndexes(stringOf(resource["address"]) ?? "")}`;
      found.set(address, new Set(Object.keys(objectOf(resource["expressions"]))));
    }
    for (const [name, call] of Object.entries(objectOf(module["module_calls"])))
      look(objectOf(objectOf(call)["module"]), `${prefix}module.${name}.`, depth + 1);
  };
  look(objectOf(objectOf(configuration)["root_module"]), "", 0);
  return found;
}

/** Nodes are resources, and passages: an input of a module (`module.a/var.x`) or an output of one (`module.a/output.x`). */
function collect(module: JsonObject, prefix: string, graph: Map<string, Set<string>>, depth: number): void {
  if (depth > DEEPEST) return;
  const add = (from: string, references: readonly string[]) => {
    const targets = graph.get(from) ?? new Set();
    references.forEach((reference) => {
      const target = targetOf(reference, prefix);
      if (target !== undefined && target !== from) targets.add(target);
    });
    graph.set(from, targets);
  };
  for (const resource of listOf(module["resources"]).filter(isObject)) {
    const address = stringOf(resource["address"]);
    if (address === undefined) continue;
    const own = [resource["expressions"], resource["count_expression"], resource["for_each_expression"]].flatMap(
      (part) => referencesOf(part, 0),
    );
    add(`${prefix}${withoutIndexes(address)}`, [...own, ...texts(resource["depends_on"])]);
  }
  for (const [name, output] of Object.entries(objectOf(module["outputs"]))) {
    add(`${prefix}/output.${name}`, [
      ...referencesOf(objectOf(output)["expression"], 0),
      ...texts(objectOf(output)["depends_on"]),
    ]);
  }
  for (const [name, call] of Object.entries(objectOf(module["module_calls"]))) {
    const inner = `${prefix}module.${name}.`;
    for (const [input, expression] of Object.entries(objectOf(objectOf(call)["expressions"]))) {
      add(`${inner}/var.${input}`, referencesOf(expression, 0));
    }
    collect(objectOf(objectOf(call)["module"]), inner, graph, depth + 1);
  }
}

/** Every reference in an expression, in nested blocks too. */
function referencesOf(expression: unknown, depth: number): string[] {
  if (depth > DEEPEST) return [];
  if (Array.isArray(expression)) return listOf(expression).flatMap((inner) => referencesOf(inner, depth + 1));
  if (!isObject(expression)) return [];
  return [
    ...texts(expression["references"]),
    ...Object.entries(expression).flatMap(([key, inner]) =>
      key === "references" || key === "constant_value" ? [] : referencesOf(inner, depth + 1),
    ),
  ];
}

function texts(value: unknown): string[] {
  return listOf(value).filter((item) => typeof item === "string");
}

/** What a reference names: `aws_lb.x.arn` names `aws_lb.x`, `var.y` an input, `module.z.w` an output. */
function targetOf(reference: string, prefix: string): string | undefined {
  const parts = withoutIndexes(reference).split(".");
  const [first = "", second, third, fourth] = parts;
  if (["each", "count", "path", "self", "terraform", "local"].includes(first) || second === undefined) return undefined;
  if (first === "var") return `${prefix}/var.${second}`;
  if (first === "module") return third === undefined ? undefined : `${prefix}module.${second}./output.${third}`;
  const named = first === "data" || first === "ephemeral" ? [first, second, third] : [first, second];
  if (named.some((part) => part === undefined)) return undefined;
  void fourth;
  return `${prefix}${named.join(".")}`;
}

function isPassage(node: string): boolean {
  return node.includes("/");
}

/** The resources behind a node's references, through any number of passages. */
function targetsOf(from: string, graph: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const found = new Set<string>();
  const seen = new Set<string>();
  const queue = [...(graph.get(from) ?? [])];
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (isPassage(node)) queue.push(...(graph.get(node) ?? []));
    else found.add(node);
  }
  found.delete(from);
  return found;
}
