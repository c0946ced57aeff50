import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isObject, listOf, numberOf, objectOf, type JsonObject } from "../../../tools/json";
import { NO_COUNTS, type ApplyResult, type Counts, type Job, type PlanResult, type Run, type Runner } from "./model";

/** What HCP prints above the lines of Terraform; the CLI leaves as many lines out of the log of an apply. */
const PREAMBLE = "Terraform v1.11.4\non linux_amd64\nInitializing plugins and modules...\n";

interface Options {
  /** Folder in which each run has one of its own. */
  readonly folder: string;
  /** The Terraform executable. */
  readonly terraform: string;
  /** Writes a CLI configuration with the token of a run, and returns its path. */
  readonly cliConfig: (token: string, folder: string) => string;
  readonly environment: NodeJS.ProcessEnv;
}

/** Runs Terraform on what was uploaded, as HCP's machines do: with a state of its own and without the backend the upload names. */
export class TerraformRunner implements Runner {
  private readonly folders = new Map<string, string>();

  constructor(private readonly options: Options) {}

  async plan(job: Job): Promise<PlanResult> {
    const { run, write } = job;
    const folder = this.unpacked(job);
    if (job.state !== undefined) writeFileSync(join(folder, "terraform.tfstate"), job.state);
    write(PREAMBLE);
    const init = await this.run(job, folder, ["init", "-input=false", "-no-color"], false);
    const failed = { ok: false, hasChanges: false, counts: NO_COUNTS, json: undefined, redacted: undefined };
    if (init.code !== 0) {
      write(init.output);
      return failed;
    }
    const args = ["plan", "-input=false", "-detailed-exitcode", "-out=saved.tfplan", ...modeOf(run)];
    const plan = await this.run(job, folder, [...args, ...structured(job)], true);
    if (plan.code !== 0 && plan.code !== 2) return failed;
    const shown = await this.run(job, folder, ["show", "-json", "saved.tfplan"], false);
    const schemas = await this.run(job, folder, ["providers", "schema", "-json"], false);
    const json = shown.output.trim();
    return {
      ok: true,
      hasChanges: plan.code === 2,
      counts: countsOf(json),
      json,
      redacted: redactedOf(json, schemas.output),
    };
  }

  async apply(job: Job): Promise<ApplyResult> {
    const { run, write } = job;
    const folder = this.folders.get(run.id);
    if (folder === undefined) throw new Error(`${run.id} was not planned here`);
    write(PREAMBLE);
    const outcome = await this.run(job, folder, ["apply", "-input=false", ...structured(job), "saved.tfplan"], true);
    const state = join(folder, "terraform.tfstate");
    return {
      ok: outcome.code === 0,
      counts: appliedCounts(outcome.output),
      state: existsSync(state) ? readFileSync(state, "utf8") : undefined,
    };
  }

  forget(run: Run): void {
    const folder = this.folders.get(run.id);
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    this.folders.delete(run.id);
  }

  private unpacked({ run, archive, workspace }: Job): string {
    mkdirSync(this.options.folder, { recursive: true });
    const folder = mkdtempSync(join(this.options.folder, `${run.id}-`));
    this.folders.set(run.id, folder);
    const { status, stderr } = spawnSync("tar", ["-xzf", "-", "-C", folder], { input: archive });
    if (status !== 0) throw new Error(`the upload cannot be unpacked: ${String(stderr)}`);
    const root = join(folder, workspace.workingDirectory);
    for (const name of readdirSync(root).filter((file) => file.endsWith(".tf.json"))) withoutBackend(join(root, name));
    const variables = Object.fromEntries([
      ...workspace.variables,
      ...run.variables.map(({ key, value }) => [key, literal(value)] as const),
    ]);
    if (Object.keys(variables).length > 0) {
      writeFileSync(join(root, "zzz_run.auto.tfvars.json"), JSON.stringify(variables));
    }
    return root;
  }

  private run(
    job: Job,
    folder: string,
    args: readonly string[],
    logged: boolean,
  ): Promise<{ code: number | null; output: string }> {
    const { run, workspace, signal, write } = job;
    const environment = {
      ...this.options.environment,
      TF_CLI_CONFIG_FILE: this.options.cliConfig(run.token, folder),
      TF_IN_AUTOMATION: "1",
      TFC_RUN_ID: run.id,
      TFC_WORKSPACE_NAME: workspace.name,
      CHECKPOINT_DISABLE: "1",
    };
    const child = spawn(this.options.terraform, args, {
      cwd: folder,
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const interrupt = () => child.kill("SIGINT");
    if (signal.aborted) interrupt();
    signal.addEventListener("abort", interrupt);
    let output = "";
    const take = (text: string) => {
      output += text;
      if (logged) write(text);
    };
    child.stdout.setEncoding("utf8").on("data", take);
    child.stderr
      .setEncoding("utf8")
      .on("data", (text: string) => (logged ? take(text) : (output += child.exitCode === 0 ? "" : text)));
    return new Promise((resolve) => {
      child.on("close", (code) => {
        signal.removeEventListener("abort", interrupt);
        resolve({ code, output });
      });
    });
  }
}

function structured({ workspace }: Job): string[] {
  return [workspace.structured ? "-json" : "-no-color"];
}

function modeOf(run: Run): string[] {
  return [
    ...(run.destroy ? ["-destroy"] : []),
    ...(run.refreshOnly ? ["-refresh-only"] : [`-refresh=${run.refresh}`]),
    ...run.targets.map((address) => `-target=${address}`),
    ...run.replace.map((address) => `-replace=${address}`),
  ];
}

/** The state is the emulator's business; what is uploaded says it is in the cloud, which would send the run round in a circle. */
function withoutBackend(file: string): void {
  const document = objectOf(JSON.parse(readFileSync(file, "utf8")));
  const terraform = { ...objectOf(document["terraform"]) };
  delete terraform["cloud"];
  delete terraform["backend"];
  writeFileSync(file, JSON.stringify({ ...document, terraform }));
}

/** The value of a run's variable, which the CLI writes as an expression of HCL: strings carry their own quotes. */
function literal(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function countsOf(json: string): Counts {
  const changes = listOf(objectOf(JSON.parse(json))["resource_changes"]).filter(isObject);
  const actions = changes.map(({ change }) => listOf(objectOf(change)["actions"]).map(String));
  const count = (action: string) => actions.filter((list) => list.includes(action)).length;
  return {
    additions: count("create"),
    changes: count("update"),
    destructions: count("delete"),
    imports: changes.filter(({ change }) => isObject(objectOf(change)["importing"])).length,
  };
}

function appliedCounts(output: string): Counts {
  const line = output
    .split("\n")
    .find((text) => text.includes('"type":"change_summary"') && text.includes('"operation":"apply"'));
  const changes = line === undefined ? {} : objectOf((JSON.parse(line) as JsonObject)["changes"]);
  const count = (name: string) => numberOf(changes[name]) ?? 0;
  return { additions: count("add"), changes: count("change"), destructions: count("remove"), imports: count("import") };
}

/** The plan as the CLI draws it: with the schemas of its providers, and without what is sensitive. */
function redactedOf(json: string, schemas: string): string {
  const plan = objectOf(JSON.parse(json));
  const document = objectOf(JSON.parse(schemas));
  return JSON.stringify({
    plan_format_version: plan["format_version"],
    resource_changes: listOf(plan["resource_changes"]).map(redactedChange),
    resource_drift: listOf(plan["resource_drift"]).map(redactedChange),
    output_changes: Object.fromEntries(
      Object.entries(objectOf(plan["output_changes"])).map(([name, change]) => [name, redacted(objectOf(change))]),
    ),
    relevant_attributes: plan["relevant_attributes"],
    provider_format_version: document["format_version"],
    provider_schemas: document["provider_schemas"],
  });
}

function redactedChange(value: unknown): unknown {
  const resource = objectOf(value);
  return { ...resource, change: redacted(objectOf(resource["change"])) };
}

function redacted(change: JsonObject): JsonObject {
  return {
    ...change,
    before: hidden(change["before"], change["before_sensitive"]),
    after: hidden(change["after"], change["after_sensitive"]),
  };
}

function hidden(value: unknown, sensitive: unknown): unknown {
  // The CLI compares what is hidden, so unlike values stay unlike.
  if (sensitive === true) return value === undefined || value === null ? value : digestOf(value);
  if (Array.isArray(value)) return value.map((inner, index) => hidden(inner, listOf(sensitive)[index]));
  if (!isObject(value)) return value;
  const marks = objectOf(sensitive);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, hidden(inner, marks[key])]));
}

function digestOf(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 8);
}
