import { isObject, listOf, objectOf, stringOf, type JsonObject } from "../json";
import { readJson } from "../files";
import { readManifest, type ManifestStack } from "./manifest";

/** What a stack reads from another stack's state. */
export interface RemoteState {
  /** Name of the `terraform_remote_state` data source. */
  readonly id: string;
  /** Stack whose state it is. */
  readonly producer: string;
  /** Outputs that are read, sorted. */
  readonly outputs: readonly string[];
}

/** A provider a stack needs. */
export interface ProviderNeed {
  /** `<namespace>/<type>`, or `<host>/<namespace>/<type>` for a registry other than the public one. */
  readonly source: string;
  /**
   * Exact version.
   * @default - any
   */
  readonly version?: string;
}

/** A synthesized stack, as far as running Terraform on it goes. */
export interface Stack extends ManifestStack {
  /** The synthesized JSON. */
  readonly document: JsonObject;
  readonly providers: readonly ProviderNeed[];
  readonly remoteStates: readonly RemoteState[];
}

/** Why a stack is not deployed locally. */
export interface Obstacle {
  readonly stack: string;
  /** One sentence without its full stop, such as `needs Cloudflare (cloudflare/cloudflare), which has no local emulator`. */
  readonly reason: string;
}

const LOCAL_PROVIDERS: ReadonlySet<string> = new Set(["hashicorp/aws", "terraform.io/builtin/terraform"]);

const PROVIDER_NAMES: Readonly<Record<string, string>> = {
  "cloudflare/cloudflare": "Cloudflare",
  "integrations/github": "GitHub",
  "upstash/upstash": "Upstash",
  "vercel/vercel": "Vercel",
  "kislerdm/neon": "Neon",
  "render-oss/render": "Render",
  "hashicorp/tfe": "Terraform Cloud",
};

/** Reads every stack of an output folder, in manifest order. */
export function readStacks(outdir: string): Stack[] {
  const entries = readManifest(outdir);
  const names = entries.map((entry) => entry.name);
  return entries.map((entry) => {
    const document = objectOf(readJson(entry.file));
    const remoteStates = remoteStatesOf(document, names);
    return {
      ...entry,
      document,
      providers: providersOf(document),
      remoteStates,
      dependencies: [...new Set([...entry.dependencies, ...producersAmong(names, remoteStates)])],
    };
  });
}

/** Stacks of the same output whose values are read, also where the manifest, which knows references of cdktf only, does not say so. */
function producersAmong(names: readonly string[], remoteStates: readonly RemoteState[]): string[] {
  return remoteStates.map(({ producer }) => producer).filter((producer) => names.includes(producer));
}

/** The providers a synthesized stack requires, without the one built into Terraform. */
export function providersOf(document: JsonObject): ProviderNeed[] {
  const required = objectOf(objectOf(document["terraform"])["required_providers"]);
  return Object.entries(required).map(([name, value]) => {
    const source = fullSource(stringOf(objectOf(value)["source"]) ?? name);
    return { source, version: stringOf(objectOf(value)["version"]) };
  });
}

/** What a synthesized stack reads from the states of others. A data source of which no output is read counts as none. */
export function remoteStatesOf(document: JsonObject, stackNames: readonly string[]): RemoteState[] {
  const sources = objectOf(objectOf(document["data"])["terraform_remote_state"]);
  const text = JSON.stringify(document);
  return Object.entries(sources).flatMap(([id, value]) => {
    const outputs = outputsRead(text, id);
    return outputs.length === 0 ? [] : [{ id, producer: producerOf(id, objectOf(value), stackNames), outputs }];
  });
}

/**
 * The stacks that cannot be deployed against the emulator: those which need a provider it does not stand in for, and those which
 * read a value from one of these. A stack that is only ordered after one of these is not among them.
 */
export function obstacles(stacks: readonly Stack[]): Obstacle[] {
  const found = new Map<string, string>();
  for (const stack of stacks) {
    const foreign = stack.providers.filter((need) => !LOCAL_PROVIDERS.has(need.source));
    const have = foreign.length > 1 ? "have" : "has";
    if (foreign.length > 0)
      found.set(stack.name, `needs ${listed(foreign.map(providerName))}, which ${have} no local emulator`);
  }
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const stack of stacks) {
      const producer = stack.remoteStates.find((state) => found.has(state.producer))?.producer;
      if (producer !== undefined && !found.has(stack.name)) {
        found.set(stack.name, `reads values of ${producer}, which is not deployed locally`);
      }
    }
  }
  return stacks.flatMap((stack) => {
    const reason = found.get(stack.name);
    return reason === undefined ? [] : [{ stack: stack.name, reason }];
  });
}

/** `a`, `a and b`, `a, b and c`. */
function listed(names: readonly string[]): string {
  return [names.slice(0, -1).join(", "), names.at(-1)].filter(Boolean).join(" and ");
}

/** A provider as a person knows it, with its source. */
function providerName({ source }: ProviderNeed): string {
  const name = PROVIDER_NAMES[source];
  return name === undefined ? source : `${name} (${source})`;
}

/** Region and account a synthesized stack's provider block names, by provider alias; the one without alias stands under "". */
export function awsProviders(document: JsonObject): ReadonlyMap<string, JsonObject> {
  const blocks = objectOf(document["provider"])["aws"];
  const list = Array.isArray(blocks) ? listOf(blocks) : [blocks];
  return new Map(list.filter(isObject).map((block) => [stringOf(block["alias"]) ?? "", block]));
}

function fullSource(source: string): string {
  const parts = source.split("/");
  if (parts.length === 1) return `hashicorp/${source}`;
  return parts.length === 3 && parts[0] === "registry.terraform.io" ? parts.slice(1).join("/") : source;
}

function producerOf(id: string, source: JsonObject, stackNames: readonly string[]): string {
  const named = id.replace(/^cross-stack-reference-input-/, "");
  if (stackNames.includes(named)) return named;
  const config = objectOf(source["config"]);
  const key =
    stringOf(config["path"]) ?? stringOf(config["key"]) ?? stringOf(objectOf(config["workspaces"])["name"]) ?? id;
  const stem = (key.split("/").at(-1) ?? key).replace(/\.tfstate$/, "");
  return stackNames.find((name) => name === stem || key.split("/").includes(name)) ?? stem;
}

function outputsRead(text: string, id: string): string[] {
  const escaped = id.replaceAll(/[^\w-]/g, "\\$&");
  const reads = text.matchAll(
    new RegExp(`data\\.terraform_remote_state\\.${escaped}\\.outputs(?:\\.([\\w-]+)|\\[\\\\*"([\\w-]+))`, "g"),
  );
  return [...new Set([...reads].map((read) => read[1] ?? read[2] ?? ""))].sort();
}
