import { isObject, objectOf, stringOf, type JsonObject } from "../json";

/** Where a stack's runs and state are in Terraform Cloud. */
export interface CloudPlace {
  /** Host name, as the stack says it. */
  readonly hostname: string;
  readonly organization: string;
  readonly workspace: string;
}

/** What a stack says about Terraform Cloud; `problem` says, in a sentence without its full stop, why that is not enough. */
export type Placed =
  | { readonly kind: "none" }
  | { readonly kind: "cloud"; readonly place: CloudPlace; readonly token?: string }
  | { readonly kind: "unusable"; readonly problem: string; readonly hint: string };

/** Where a synthesized stack is in Terraform Cloud; what it leaves open, Terraform takes from the environment. */
export function placeOf(document: JsonObject, environment: NodeJS.ProcessEnv): Placed {
  const terraform = objectOf(document["terraform"]);
  if (isObject(objectOf(terraform["backend"])["remote"])) {
    return {
      kind: "unusable",
      problem: "its backend is `remote`, which can save no plan, so nothing could be reviewed before it is applied",
      hint: "let the stack use the `cloud` block instead: state kind `cloud`",
    };
  }
  const cloud = blockOf(terraform["cloud"]);
  if (cloud === undefined) return { kind: "none" };
  const organization = stringOf(cloud["organization"]) || environment["TF_CLOUD_ORGANIZATION"];
  const hostname = stringOf(cloud["hostname"]) || environment["TF_CLOUD_HOSTNAME"] || "app.terraform.io";
  const workspaces = blockOf(cloud["workspaces"]) ?? {};
  const workspace = stringOf(workspaces["name"]);
  if (!organization) {
    return { kind: "unusable", problem: "it names no organization", hint: "set state.organization in the environment" };
  }
  if (!workspace) {
    return {
      kind: "unusable",
      problem: "it names no workspace; one that is found by its tags cannot be told from another",
      hint: "name the workspace in the stack's backend",
    };
  }
  return { kind: "cloud", place: { hostname, organization, workspace }, token: stringOf(cloud["token"]) };
}

/** Address of a run for people. */
export function runUrl({ hostname, organization, workspace }: CloudPlace, run: string): string {
  return `https://${hostname}/app/${organization}/${workspace}/runs/${run}`;
}

/** Address of a workspace for people. */
export function workspaceUrl({ hostname, organization, workspace }: CloudPlace): string {
  return `https://${hostname}/app/${organization}/workspaces/${workspace}`;
}

/** The run that Terraform names in what it prints, the last if there are several. */
export function runIdIn(output: string): string | undefined {
  return [...output.matchAll(/\/runs\/(run-[A-Za-z0-9]+)/g)].at(-1)?.[1];
}

/** A block is an object, or a list of one. */
function blockOf(value: unknown): JsonObject | undefined {
  const block: unknown = Array.isArray(value) ? value[0] : value;
  return isObject(block) ? block : undefined;
}
