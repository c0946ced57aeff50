import { spawnSync } from "node:child_process";
import { copyFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onPath } from "../../tools/terraform/binary";

/** Plans by situation: a folder has the configuration before and after, the plan between them, and its review in every form. */
export const FIXTURES = join(__dirname, "..", "fixtures", "plans");

/** How the plan of a situation is made from `before.tf` and `after.tf`. */
export interface Situation {
  readonly name: string;
  /**
   * Arguments of the last plan.
   * @default - none
   */
  readonly plan?: readonly string[];
  /**
   * Arguments of each apply of `before.tf`, with the exit code it must have.
   * @default - one apply without arguments that succeeds
   */
  readonly applies?: ReadonlyArray<readonly [args: readonly string[], exitCode: number]>;
  /**
   * Exit code of the last plan: 1 where the situation is that it fails.
   * @default 0
   */
  readonly exitCode?: number;
}

/** Situations that Terraform's own resources can show; no provider is needed. */
export const SITUATIONS: readonly Situation[] = [
  { name: "create" },
  { name: "no-changes" },
  { name: "update" },
  { name: "replace", plan: ["-replace=terraform_data.host"] },
  { name: "destroy", plan: ["-destroy"] },
  { name: "move-import-forget" },
  { name: "checks" },
  { name: "errored", exitCode: 1 },
  { name: "outputs" },
  {
    name: "deposed",
    applies: [
      [[], 0],
      [["-var=stuck=true", "-var=release=2"], 1],
    ],
    plan: ["-var=release=2"],
  },
  { name: "data-read" },
  { name: "hostile" },
];

/** Makes the plan of a situation with the real Terraform, and returns its JSON with everything that differs from run to run made the same. */
export function madePlan({ name, plan = [], applies = [[[], 0]], exitCode = 0 }: Situation): string {
  const source = join(FIXTURES, name);
  const folder = mkdtempSync(join(tmpdir(), "groundplan-fixture-"));
  try {
    if (readdirSync(source).includes("modules"))
      cpSync(join(source, "modules"), join(folder, "modules"), { recursive: true });
    const has = readdirSync(source);
    for (const [args, code] of has.includes("before.tf") ? applies : []) {
      copyFileSync(join(source, "before.tf"), join(folder, "main.tf"));
      terraform(folder, ["init", "-input=false"], 0);
      terraform(folder, ["apply", "-auto-approve", "-input=false", ...args], code);
    }
    copyFileSync(join(source, "after.tf"), join(folder, "main.tf"));
    terraform(folder, ["init", "-input=false"], 0);
    terraform(folder, ["plan", "-input=false", "-out=plan.tfplan", ...plan], exitCode);
    return steady(terraform(folder, ["show", "-json", "plan.tfplan"], 0));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The plan of a situation that is kept. */
export function keptPlan(name: string): string {
  return readFileSync(join(FIXTURES, name, "plan.json"), "utf8");
}

function terraform(folder: string, args: readonly string[], exitCode: number): string {
  const binary = onPath("terraform", process.env);
  if (binary === undefined) throw new Error("terraform is not on the PATH");
  const plain = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("TF_")));
  const environment = { ...plain, HOME: folder, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" };
  const { status, stdout, stderr } = spawnSync(binary, args, { cwd: folder, env: environment, encoding: "utf8" });
  if (status !== exitCode) throw new Error(`terraform ${args.join(" ")} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}

/** Ids become their order, the time a fixed one; the list of relevant attributes has no order of its own. */
function steady(json: string): string {
  const ids = new Map<string, string>();
  const numbered = json.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => {
    if (!ids.has(id)) ids.set(id, `00000000-0000-4000-8000-${String(ids.size + 1).padStart(12, "0")}`);
    return ids.get(id) ?? id;
  });
  const plan = JSON.parse(numbered.replaceAll(/("deposed(?:_key)?":\s*)"[0-9a-f]{8}"/g, '$1"00000001"')) as Record<
    string,
    unknown
  >;
  plan["timestamp"] = "2026-11-26T10:00:00Z";
  const relevant = plan["relevant_attributes"];
  if (Array.isArray(relevant)) {
    plan["relevant_attributes"] = relevant
      .map((item) => JSON.stringify(item))
      .sort()
      .map((item) => JSON.parse(item) as unknown);
  }
  return `${JSON.stringify(plan, null, 1)}\n`;
}
