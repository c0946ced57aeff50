import { createHash } from "node:crypto";
import { isObject, listOf, objectOf, stringOf, type JsonObject } from "../json";
import { evaluate, inside, type Step, type Value } from "./evaluate";
import { parseTemplate } from "./expression";
import { GENERIC, PLURAL, SHAPES } from "./placeholder-shapes";
import { awsProviders, type Stack } from "./stack";

const NAME_ATTRIBUTES = [
  "name",
  "bucket",
  "identifier",
  "cluster_identifier",
  "replication_group_id",
  "family",
  "function_name",
  "service_name",
  "domain_name",
  "domain",
  "url",
];
const PORTS: ReadonlyArray<readonly [RegExp, number]> = [
  [/postgres/, 5432],
  [/mysql|mariadb/, 3306],
  [/redis|valkey|elasticache/, 6379],
];
const UNKNOWN_ACCOUNT = "000000000000";
const SPLAT_LENGTH = 2;

type Producer = Pick<Stack, "name" | "document" | "remoteStates">;

/** The stacks that write outputs, by name. */
export type Producers = ReadonlyMap<string, Producer>;

/**
 * A value of the right type and shape for one output of a stack that has no state yet, derived from the output's synthesized
 * expression. The same stack always gives the same value; it passes the provider's checks at plan time, and means nothing.
 */
export function placeholder(producers: Producers, stack: string, output: string): Value {
  return new Placeholders(producers, new Set()).output(stack, output);
}

class Placeholders {
  constructor(
    private readonly producers: Producers,
    /** References that are being followed: one that comes back to itself ends there. */
    private readonly followed: ReadonlySet<string>,
  ) {}

  output(stack: string, name: string): Value {
    const producer = this.producers.get(stack);
    const output = objectOf(objectOf(producer?.document["output"])[name]);
    if (producer === undefined || !("value" in output)) return generic(name, contextOf({}, stack, name));
    return this.value(producer, output["value"]);
  }

  /** A value of synthesized JSON, with every reference in it replaced. */
  private value(stack: Producer, value: unknown): Value {
    if (Array.isArray(value)) return listOf(value).map((element) => this.value(stack, element));
    if (isObject(value)) {
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.value(stack, inner)]));
    }
    if (typeof value !== "string") return typeof value === "number" || typeof value === "boolean" ? value : null;
    try {
      return evaluate(parseTemplate(value), (path) => this.follow(stack, path));
    } catch {
      return "placeholder"; // a template beyond the grammar still has to become some string
    }
  }

  private follow(stack: Producer, path: readonly Step[]): Value {
    const key = `${stack.name}/${path.join(".")}`;
    if (this.followed.has(key)) return "placeholder";
    return new Placeholders(this.producers, new Set([...this.followed, key])).reference(stack, path);
  }

  private reference(stack: Producer, path: readonly Step[]): Value {
    const [first, second, third, ...rest] = path;
    if (first === "data" && second === "terraform_remote_state") {
      const producer = stack.remoteStates.find((state) => state.id === third)?.producer ?? String(third);
      const output = String(rest[1] ?? "");
      const value = this.output(producer, output);
      return inside(value, rest.slice(2)) ?? value;
    }
    if (first === "local")
      return this.stepInto(stack, objectOf(stack.document["locals"])[String(second)], path.slice(2));
    if (first === "var")
      return this.stepInto(
        stack,
        objectOf(objectOf(stack.document["variable"])[String(second)])["default"],
        path.slice(2),
      );
    if (first === "terraform") return "default";
    if (first === "data") return this.resource(stack, String(second), String(third), rest);
    return this.resource(stack, String(first), String(second), path.slice(2));
  }

  private stepInto(stack: Producer, value: unknown, steps: readonly Step[]): Value {
    return inside(this.value(stack, value ?? "placeholder"), steps) ?? "placeholder";
  }

  private resource(stack: Producer, type: string, name: string, steps: readonly Step[]): Value {
    const config = objectOf(objectOf(objectOf(stack.document["resource"])[type])[name]);
    if (steps.length === 0) {
      const count = typeof config["count"] === "number" ? config["count"] : SPLAT_LENGTH;
      return Array.from({ length: count }, (_, index) => this.whole(stack, type, name, config, index));
    }
    const [first] = steps;
    const isInstance =
      ("count" in config || "for_each" in config) && (typeof first === "number" || !isKnown(config, first));
    return this.attribute(
      stack,
      { type, name, config, index: isInstance ? first : undefined },
      isInstance ? steps.slice(1) : steps,
    );
  }

  /** An instance as an object, for splats and loops, which read attributes of it. */
  private whole(stack: Producer, type: string, name: string, config: JsonObject, index: number): Value {
    const names = ["id", "arn", "name", ...Object.keys(SHAPES[type]?.attributes ?? {}), ...Object.keys(config)];
    const shown = names.filter(
      (attribute) => !["//", "count", "for_each", "lifecycle", "depends_on", "provider"].includes(attribute),
    );
    return Object.fromEntries(
      shown.map((attribute) => [attribute, this.attribute(stack, { type, name, config, index }, [attribute])]),
    );
  }

  private attribute(
    stack: Producer,
    { type, name, config, index }: { type: string; name: string; config: JsonObject; index: Step | undefined },
    steps: readonly Step[],
  ): Value {
    const path = steps.filter((step) => typeof step === "string");
    const [attribute = "id"] = path;
    if (attribute === "domain_validation_options") {
      return inside(this.validationOptions(stack, config), steps.slice(1)) ?? "";
    }
    const given = config[attribute] ?? undefined;
    const found = given === undefined ? undefined : inside(this.value(stack, given), steps.slice(1));
    if (found !== undefined) return found;
    const address = `${type}.${name}${index === undefined ? "" : `[${index}]`}`;
    const context = contextOf(this.settings(stack, type, config), stack.name, address, type);
    const last = path.at(-1) ?? attribute;
    if (given !== undefined) return generic(last, context);
    const value = (path.length === 1 ? shaped(type, last, context) : undefined) ?? generic(last, context);
    return PLURAL.test(last) && typeof steps.at(-1) === "string" && !Array.isArray(value) ? [value] : value;
  }

  /** What the values of a resource are made of: its region, account, name and port. */
  private settings(stack: Producer, type: string, config: JsonObject): Partial<Context> {
    const alias = (stringOf(config["provider"]) ?? "aws").split(".")[1] ?? "";
    const providers = awsProviders(stack.document);
    const provider = providers.get(alias) ?? providers.get("") ?? {};
    const named = NAME_ATTRIBUTES.find((attribute) => typeof config[attribute] === "string");
    const name = named === undefined ? undefined : this.value(stack, config[named]);
    const kind = `${type} ${stringOf(config["engine"]) ?? ""}`;
    return {
      region: stringOf(provider["region"]),
      account: accountOf(provider, stack.document),
      name: typeof name === "string" ? name.replace(/^https:\/\//, "") : undefined,
      port: PORTS.find(([pattern]) => pattern.test(kind))?.[1],
    };
  }

  /** One validation record for each distinct name of a certificate. */
  private validationOptions(stack: Producer, config: JsonObject): Value {
    const names = [config["domain_name"], ...listOf(config["subject_alternative_names"])].map((name) =>
      this.value(stack, name ?? "example.com"),
    );
    return [...new Set(names.map(String))].map((domain) => ({
      domain_name: domain,
      resource_record_name: `_${hex(domain, 32)}.${domain.replace(/^\*\./, "")}.`,
      resource_record_type: "CNAME",
      resource_record_value: `_${hex(`${domain} value`, 32)}.acm-validations.aws.`,
    }));
  }
}

interface Context {
  readonly region: string;
  readonly account: string;
  readonly name: string;
  readonly port: number;
  /** What the invented digits are drawn from. */
  readonly seed: string;
  readonly service: string;
}

function contextOf(settings: Partial<Context>, stack: string, address: string, type = ""): Context {
  return {
    region: settings.region ?? "us-east-1",
    account: settings.account ?? UNKNOWN_ACCOUNT,
    name:
      settings.name ??
      (address.split(".").at(-1) ?? address)
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, "-")
        .replaceAll(/^-|-$/g, ""),
    port: settings.port ?? 443,
    seed: `${stack}/${address}`,
    service: type.split("_")[1] ?? "placeholder",
  };
}

function shaped(type: string, attribute: string, context: Context): Value | undefined {
  const shape = SHAPES[type];
  const arn = `arn:aws:${shape?.arn ?? "{service}:{region}:{account}:{name}"}`;
  const others = { id: shape?.id ?? "{name}", arn };
  if (attribute === "id") return filled(others.id, context, others);
  if (attribute === "arn") return filled(arn, context, others);
  const pattern = shape?.attributes?.[attribute];
  return typeof pattern === "string" ? filled(pattern, context, others) : pattern;
}

function generic(attribute: string, context: Context): Value {
  const pattern = GENERIC.find(([name]) => name.test(attribute))?.[1];
  if (pattern === "{port}") return context.port;
  if (pattern !== undefined) return typeof pattern === "string" ? filled(pattern, context) : pattern;
  return attribute === "id" || attribute === "name"
    ? context.name
    : `${context.name}-${attribute.replaceAll("_", "-")}`;
}

function filled(pattern: string, context: Context, others: Readonly<Record<string, string>> = {}): string {
  return pattern.replaceAll(/\{([A-Za-z]+)(\d*)\}/g, (whole, word: string, digits: string) => {
    const other = others[word];
    if (other !== undefined) return filled(other, context, others);
    if (word === "hex") return hex(context.seed, digits === "" ? 17 : Number(digits));
    if (word === "HEX") return hex(context.seed, Number(digits)).toUpperCase();
    if (word === "digits") return String(Number.parseInt(hex(context.seed, 8), 16));
    if (word === "now") return "2000-01-01 00:00:00 +0000 UTC";
    if (word === "uuid") return hex(context.seed, 32).replace(/(.{8})(.{4}).(.{3}).(.{3})(.{12})/, "$1-$2-4$3-8$4-$5");
    const value = { ...context }[word as keyof Context];
    return value === undefined ? whole : String(value);
  });
}

function hex(seed: string, length: number): string {
  return createHash("sha256").update(seed).digest("hex").slice(0, length);
}

/** The account a stack is for: what its provider allows, else what its own ARNs say. */
function accountOf(provider: JsonObject, document: JsonObject): string | undefined {
  const allowed = listOf(provider["allowed_account_ids"]).find((account) => typeof account === "string");
  return allowed ?? /arn:aws:[a-z0-9-]*:[a-z0-9-]*:(\d{12}):/.exec(JSON.stringify(document))?.[1];
}

function isKnown(config: JsonObject, step: Step | undefined): boolean {
  return typeof step === "string" && (step in config || ["id", "arn", "name"].includes(step));
}
