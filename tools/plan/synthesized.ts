import { isObject, listOf, objectOf, stringOf, type JsonObject } from "../json";
import { evaluate, inside, type Step, type Value } from "./evaluate";
import { parseTemplate, type Expression } from "./expression";
import { awsProviders, type Stack } from "./stack";

/** A resource as synth wrote it. */
export interface Resource {
  /** Stack it belongs to. */
  readonly stack: string;
  readonly type: string;
  /** Its address in the stack, such as `aws_vpc.vpc_6776A399`. */
  readonly address: string;
  /** Construct path below the stack, such as `vpc/nat/gateway-a`. */
  readonly path: string;
  /** The construct directly below the stack that it is part of, such as `vpc`. */
  readonly construct: string;
  /** Its attributes. */
  readonly config: JsonObject;
  /** AWS region it is made in; empty for other providers. */
  readonly region: string;
}

type Followed = ReadonlySet<string>;

/** All resources of some stacks, with the references among them resolved, across stacks too. */
export class Synthesized {
  readonly resources: readonly Resource[];
  private readonly byAddress: ReadonlyMap<string, Resource>;
  private readonly byStack: ReadonlyMap<string, Stack>;

  constructor(readonly stacks: readonly Stack[]) {
    this.resources = stacks.flatMap(resourcesOf);
    this.byAddress = new Map(this.resources.map((resource) => [keyOf(resource), resource]));
    this.byStack = new Map(stacks.map((stack) => [stack.name, stack]));
  }

  /** Every resource of some types. */
  ofType(...types: readonly string[]): Resource[] {
    return this.resources.filter(({ type }) => types.includes(type));
  }

  /** The resources that a value of a resource refers to, each once; without `value`, those any of its attributes refers to. */
  references(from: Resource, value: unknown = from.config): Resource[] {
    const stack = this.byStack.get(from.stack);
    return stack === undefined ? [] : [...new Set(this.targets(stack, value, new Set()))];
  }

  /** An attribute, as far as it is known before anything is deployed. */
  read(from: Resource, ...steps: readonly Step[]): Value | undefined {
    const stack = this.byStack.get(from.stack);
    const value = steps.reduce<unknown>(
      (current, step) => (typeof step === "number" ? listOf(current)[step] : objectOf(current)[step]),
      from.config,
    );
    return stack === undefined ? undefined : this.known(stack, value, new Set());
  }

  /** An attribute that is text; undefined if it is none, or is known only later. */
  text(from: Resource, ...steps: readonly Step[]): string | undefined {
    const value = this.read(from, ...steps);
    return typeof value === "number" ? String(value) : stringOf(value);
  }

  /** An attribute that is a number, or text that reads as one. */
  number(from: Resource, ...steps: readonly Step[]): number | undefined {
    const value = this.read(from, ...steps);
    const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
    return typeof number === "number" && Number.isFinite(number) ? number : undefined;
  }

  /** Whether an attribute is true, as a boolean or as text. */
  flag(from: Resource, ...steps: readonly Step[]): boolean {
    const value = this.read(from, ...steps);
    return value === true || value === "true";
  }

  private targets(stack: Stack, value: unknown, followed: Followed): Resource[] {
    if (Array.isArray(value)) return listOf(value).flatMap((inner) => this.targets(stack, inner, followed));
    if (isObject(value)) return Object.values(value).flatMap((inner) => this.targets(stack, inner, followed));
    if (typeof value !== "string" || !value.includes("${")) return [];
    return referencesIn(value).flatMap((steps) => {
      const key = `${stack.name}/${steps.join(".")}`;
      if (followed.has(key)) return [];
      const source = this.source(stack, steps);
      if (source !== undefined) return this.targets(source.stack, source.value, new Set([...followed, key]));
      const resource = this.byAddress.get(`${stack.name}/${String(steps[0])}.${String(steps[1])}`);
      return resource === undefined ? [] : [resource];
    });
  }

  private known(stack: Stack, value: unknown, followed: Followed): Value | undefined {
    if (Array.isArray(value)) return listOf(value).map((inner) => this.known(stack, inner, followed) ?? null);
    if (isObject(value)) {
      return Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [key, this.known(stack, inner, followed) ?? null]),
      );
    }
    if (typeof value === "number" || typeof value === "boolean") return value;
    if (typeof value !== "string") return undefined;
    if (!value.includes("${")) return value;
    try {
      return evaluate(parseTemplate(value), (steps) => {
        const key = `${stack.name}/${steps.join(".")}`;
        const found = followed.has(key) ? undefined : this.stepInto(stack, steps, new Set([...followed, key]));
        if (found === undefined) throw new Error(`${key} is known only after apply`);
        return found;
      });
    } catch {
      return undefined; // part of it is known only after apply
    }
  }

  private stepInto(stack: Stack, steps: readonly Step[], followed: Followed): Value | undefined {
    const source = this.source(stack, steps);
    if (source !== undefined) {
      const value = this.known(source.stack, source.value, followed);
      return value === undefined ? undefined : inside(value, source.rest);
    }
    const resource = this.byAddress.get(`${stack.name}/${String(steps[0])}.${String(steps[1])}`);
    if (resource === undefined) return undefined;
    const value = this.known(stack, resource.config[String(steps[2])], followed);
    return value === undefined ? undefined : inside(value, steps.slice(3));
  }

  /** Where a reference that is no resource leads: an output of another stack, a local value, a variable's default. */
  private source(
    stack: Stack,
    steps: readonly Step[],
  ): { readonly stack: Stack; readonly value: unknown; readonly rest: readonly Step[] } | undefined {
    const [first, second, third, , fifth] = steps;
    if (first === "data" && second === "terraform_remote_state") {
      const producer = this.byStack.get(stack.remoteStates.find(({ id }) => id === third)?.producer ?? "");
      const output = objectOf(objectOf(producer?.document["output"])[String(fifth)]);
      return producer === undefined ? undefined : { stack: producer, value: output["value"], rest: steps.slice(5) };
    }
    if (first === "local") {
      return { stack, value: objectOf(stack.document["locals"])[String(second)], rest: steps.slice(2) };
    }
    if (first !== "var") return undefined;
    const variable = objectOf(objectOf(stack.document["variable"])[String(second)]);
    return { stack, value: variable["default"], rest: steps.slice(2) };
  }
}

function keyOf({ stack, address }: Pick<Resource, "stack" | "address">): string {
  return `${stack}/${address}`;
}

function resourcesOf(stack: Stack): Resource[] {
  const providers = awsProviders(stack.document);
  return Object.entries(objectOf(stack.document["resource"])).flatMap(([type, byName]) =>
    Object.entries(objectOf(byName)).map(([name, value]) => {
      const { "//": comment, depends_on: _order, ...config } = objectOf(value);
      const full = stringOf(objectOf(objectOf(comment)["metadata"])["path"]) ?? `${stack.name}/${name}`;
      const path = full.split("/").slice(1).join("/");
      const alias = /^aws\.([\w-]+)$/.exec(stringOf(config["provider"]) ?? "")?.[1] ?? "";
      return {
        stack: stack.name,
        type,
        address: `${type}.${name}`,
        path,
        construct: path.split("/")[0] ?? path,
        config,
        region: type.startsWith("aws_") ? (stringOf((providers.get(alias) ?? {})["region"]) ?? "") : "",
      };
    }),
  );
}

/** The references in a text with `${…}` in it, each as its steps. A text beyond the grammar counts as none. */
export function referencesIn(text: string): Step[][] {
  try {
    return stepsIn(parseTemplate(text));
  } catch {
    return [];
  }
}

function stepsIn(expression: Expression): Step[][] {
  switch (expression.kind) {
    case "literal":
      return [];
    case "template":
      return expression.parts.flatMap(stepsIn);
    case "list":
      return expression.items.flatMap(stepsIn);
    case "object":
      return expression.entries.flatMap(([key, value]) => [...stepsIn(key), ...stepsIn(value)]);
    case "call":
      return expression.args.flatMap(stepsIn);
    case "for":
      return [expression.of, expression.body, ...(expression.key === undefined ? [] : [expression.key])].flatMap(
        stepsIn,
      );
    case "splat":
      return stepsIn(expression.of);
    case "choice":
      return [expression.condition, expression.yes, expression.no].flatMap(stepsIn);
    case "operation":
      return expression.operands.flatMap(stepsIn);
    default:
      return chain(expression);
  }
}

/** A chain of attributes and indexes down to its root; what stands in a computed index are references of their own. */
function chain(expression: Expression): Step[][] {
  const steps: Step[] = [];
  const others: Step[][] = [];
  let start = expression;
  while (start.kind === "attribute" || start.kind === "index") {
    if (start.kind === "attribute") steps.unshift(start.name);
    else if (start.key.kind === "literal")
      steps.unshift(typeof start.key.value === "number" ? start.key.value : String(start.key.value));
    else others.push(...stepsIn(start.key));
    start = start.of;
  }
  return start.kind === "root" ? [[start.name, ...steps], ...others] : [...stepsIn(start), ...others];
}
