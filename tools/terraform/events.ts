import { isObject, numberOf, objectOf, stringOf, type JsonObject } from "../json";

/** What Terraform says went wrong, or might. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  /**
   * Resource it is about.
   * @default - it is about none, or Terraform does not say
   */
  readonly address?: string;
}

/** What an operation does, or did, by kind of action. */
export interface Counts {
  readonly add: number;
  readonly change: number;
  readonly remove: number;
  readonly import: number;
}

/** One line of Terraform's machine-readable output, as far as it is used here. `at` is in milliseconds since 1970. */
export type UiEvent =
  | { readonly kind: "planned"; readonly at: number; readonly address: string; readonly action: string }
  | { readonly kind: "started"; readonly at: number; readonly address: string; readonly action: string }
  | { readonly kind: "progressed"; readonly at: number; readonly address: string }
  | { readonly kind: "completed"; readonly at: number; readonly address: string; readonly action: string }
  | { readonly kind: "errored"; readonly at: number; readonly address: string; readonly action: string }
  | { readonly kind: "summary"; readonly at: number; readonly operation: string; readonly counts: Counts }
  | { readonly kind: "diagnostic"; readonly at: number; readonly diagnostic: Diagnostic };

const HOOKS: Readonly<Record<string, "started" | "progressed" | "completed" | "errored">> = {
  apply_start: "started",
  apply_progress: "progressed",
  apply_complete: "completed",
  apply_errored: "errored",
};

/** Reads one line of `-json` output. Lines of other kinds, and text which is no JSON, are undefined. */
export function parseEvent(line: string): UiEvent | undefined {
  if (!line.startsWith("{")) return undefined;
  let message: unknown;
  try {
    message = JSON.parse(line);
  } catch {
    return undefined; // cut short, as happens when the process is killed
  }
  return isObject(message) ? eventOf(message) : undefined;
}

/** A diagnostic as `-json` output and `validate -json` write it. */
export function diagnosticOf(value: unknown): Diagnostic {
  const { severity, summary, detail, address, snippet } = objectOf(value);
  return {
    severity: severity === "warning" ? "warning" : "error",
    summary: stringOf(summary) ?? "",
    detail: stringOf(detail) ?? "",
    address: stringOf(address) ?? addressIn(stringOf(objectOf(snippet)["context"])),
  };
}

function eventOf(message: JsonObject): UiEvent | undefined {
  const at = Date.parse(stringOf(message["@timestamp"]) ?? "");
  const type = stringOf(message["type"]) ?? "";
  const hook = HOOKS[type];
  if (hook !== undefined) {
    const { resource, action } = objectOf(message["hook"]);
    return { kind: hook, at, address: addressOf(resource), action: stringOf(action) ?? "" };
  }
  switch (type) {
    case "planned_change": {
      const { resource, action } = objectOf(message["change"]);
      return { kind: "planned", at, address: addressOf(resource), action: stringOf(action) ?? "" };
    }
    case "change_summary": {
      const changes = objectOf(message["changes"]);
      const count = (name: string) => numberOf(changes[name]) ?? 0;
      const counts = { add: count("add"), change: count("change"), remove: count("remove"), import: count("import") };
      return { kind: "summary", at, operation: stringOf(changes["operation"]) ?? "", counts };
    }
    case "diagnostic":
      return { kind: "diagnostic", at, diagnostic: diagnosticOf(message["diagnostic"]) };
    default:
      return undefined;
  }
}

function addressOf(resource: unknown): string {
  return stringOf(objectOf(resource)["addr"]) ?? "";
}

/** `resource.aws_vpc.main.tags` and `resource "aws_vpc" "main"` both name `aws_vpc.main`. */
function addressIn(context: string | undefined): string | undefined {
  const match = /^(resource|data)(?:\.| ")([\w-]+)(?:\.|" ")([\w-]+)/.exec(context ?? "");
  if (match === null) return undefined;
  return match[1] === "data" ? `data.${match[2]}.${match[3]}` : `${match[2]}.${match[3]}`;
}
