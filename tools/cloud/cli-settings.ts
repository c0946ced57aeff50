import { readdirSync } from "node:fs";
import { join } from "node:path";
import { codeOf, readText } from "../files";
import { isObject, listOf, objectOf, stringOf, type JsonObject } from "../json";
import { readConfigBlocks } from "./config-blocks";
import { comparableHost } from "./hostname";

/** What Terraform's CLI configuration says about hosts. */
export interface CliSettings {
  /** Services of hosts that are not asked what they offer. */
  readonly services: ReadonlyMap<string, Readonly<Record<string, string>>>;
  /** Tokens by host. */
  readonly tokens: ReadonlyMap<string, string>;
  /**
   * A program that knows tokens.
   * @default - none
   */
  readonly helper?: { readonly name: string; readonly args: readonly string[] };
  /** Files whose syntax is not understood. */
  readonly unreadable: readonly string[];
}

/**
 * Reads the CLI configuration that Terraform would read in that environment: the file that `TF_CLI_CONFIG_FILE` names and nothing else, or the
 * home folder's with all of `.terraform.d`, where `terraform login` leaves its tokens.
 */
export function readCliSettings(environment: NodeJS.ProcessEnv, home: string): CliSettings {
  const unreadable: string[] = [];
  const documents = filesFor(environment, home).flatMap((file) => {
    const text = readText(file);
    if (text === undefined) return [];
    const document = readConfigBlocks(text);
    if (document === undefined) unreadable.push(file);
    return document === undefined ? [] : [document];
  });
  const services = new Map<string, Record<string, string>>();
  const tokens = new Map<string, string>();
  let helper: CliSettings["helper"];
  for (const document of documents) {
    for (const [host, block] of hostsIn(document, "host")) {
      const offered = Object.entries(objectOf(block["services"])).filter(([, url]) => typeof url === "string");
      services.set(host, Object.fromEntries(offered) as Record<string, string>);
    }
    for (const [host, block] of hostsIn(document, "credentials")) {
      const token = stringOf(block["token"]);
      if (token !== undefined) tokens.set(host, token);
    }
    for (const [name, block] of Object.entries(objectOf(document["credentials_helper"]))) {
      helper = { name, args: listOf(objectOf(block)["args"]).filter((one) => typeof one === "string") };
    }
  }
  return { services, tokens, helper, unreadable };
}

function filesFor(environment: NodeJS.ProcessEnv, home: string): string[] {
  const named = environment["TF_CLI_CONFIG_FILE"] || environment["TERRAFORM_CONFIG"];
  if (named) return [named];
  const isWindows = process.platform === "win32";
  const data = isWindows ? (environment["APPDATA"] ?? home) : home;
  const folder = join(data, isWindows ? "terraform.d" : ".terraform.d");
  const more = filesIn(folder).filter((name) => name.endsWith(".tfrc") || name.endsWith(".tfrc.json"));
  return [join(data, isWindows ? "terraform.rc" : ".terraformrc"), ...more.map((name) => join(folder, name))];
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    if (["ENOENT", "ENOTDIR", "EACCES"].includes(codeOf(error) ?? "")) return []; // Terraform does not mind either
    throw error;
  }
}

function hostsIn(document: JsonObject, kind: "host" | "credentials"): Array<[string, JsonObject]> {
  return Object.entries(objectOf(document[kind])).flatMap(([name, block]) => {
    const host = comparableHost(name);
    return host === undefined || !isObject(block) ? [] : [[host, block] as [string, JsonObject]];
  });
}
