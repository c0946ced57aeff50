import { join, relative } from "node:path";
import { costDelta } from "../cost/delta";
import { ExitCode } from "../exit-code";
import { commitOf, environmentsAt, short, synthesizeRevision, type RevisionSynth } from "../plan/revision";
import { readAllowList } from "../plan/review-bundle";
import { readStacks, type Stack } from "../plan/stack";
import { synthesize } from "../plan/synth";
import { waves } from "../plan/waves";
import { planOfConfigurations } from "../review/configuration/plan-of-configurations";
import { buildReview } from "../review/meaning/build-review";
import type { StackInput } from "../review/meaning/review-input";
import { pictureOf } from "../review/picture/picture-of";
import { readPlans } from "../review/read/read-plans";
import type { Banner, Review, Severity } from "../review/review";
import { UserError } from "../user-error";
import type { Command, Invocation } from "./command";
import { DIFF_FOLDER } from "./diff-folder";
import { guarded, type Guarded } from "./guarded";
import { OUTPUT_FLAGS, reviewCode, writeReview } from "./review-output";
import { RISK_FLAG, thresholdOf } from "./risk-flags";
import { projectRoot } from "./session";
import { SITE_FLAGS, systemOf } from "./site-flags";

/** `npm run diff`: what the code changes, without a plan. */
export const diffCommand: Command = {
  name: "run diff",
  summary: "Compares what two revisions synthesize: no credential, no state, no Terraform",
  details: [
    "From a revision to the working tree, or to a second revision. It shows what is added, taken away and changed, renames that Terraform",
    "would take for a deletion, protections that are lost, rights that grow, and the bill. It is no plan: it knows no state, and not for sure",
    "what is replaced.",
    "Exit codes: 0 no difference, 2 differences, 8 a risk.",
  ],
  positionals: [
    { name: "revision", summary: "such as main or HEAD~1" },
    { name: "to", summary: "a second revision; the working tree if left out", optional: true },
  ],
  flags: {
    system: SITE_FLAGS.system,
    env: { summary: "environments with commas between; all if left out", value: "NAMES" },
    ...OUTPUT_FLAGS,
    ...RISK_FLAG,
  },
  examples: ["npm run diff main", "npm run diff v1.2 v1.3 -- --env prod --format html --out review"],
  run: (invocation) => guarded(invocation, { command: "npm run diff" }, (session) => diff(session, invocation)),
};

async function diff(session: Guarded, invocation: Invocation): Promise<ExitCode> {
  const { positionals, flags, terminal, folder } = invocation;
  const root = projectRoot(folder);
  const [from = "", to] = positionals;
  const common = { children: session.children, root, environment: invocation.environment };
  const [fromCommit, toCommit] = [
    await commitOf(from, common),
    to === undefined ? undefined : await commitOf(to, common),
  ];
  const environments = await wantedEnvironments(invocation, common);
  const options = { ...common, system: systemOf(invocation), environments };
  const before = await synthesizeRevision({
    ...options,
    folder: join(root, ".groundplan", "revisions", "from"),
    commit: fromCommit,
  });
  const after =
    toCommit === undefined
      ? await workingTree(options)
      : await synthesizeRevision({
          ...options,
          folder: join(root, ".groundplan", "revisions", "to"),
          commit: toCommit,
        });
  const threshold = thresholdOf(flags["fail-on"]);
  const review = reviewOf({
    before,
    after,
    from: fromCommit,
    to: toCommit,
    environments,
    root,
    threshold,
    system: options.system,
  });
  const kept = join(root, ".groundplan", DIFF_FOLDER);
  await writeReview(review, { ...invocation, flags: { ...flags, format: "all", out: kept } });
  const files = await writeReview(review, invocation);
  files.forEach((file) => terminal.out(`${file}\n`));
  if (files.length === 0 && flags["format"] === "terminal")
    terminal.out(`\nReview: ${relative(folder, join(kept, "review.html"))}\n`);
  return reviewCode([review], threshold, flags["exit-zero"] === true);
}

async function wantedEnvironments(
  invocation: Invocation,
  common: { readonly children: Guarded["children"]; readonly root: string; readonly environment: NodeJS.ProcessEnv },
): Promise<string[]> {
  const system = systemOf(invocation);
  const known = await environmentsAt(common.root, { ...common, system });
  const { env } = invocation.flags;
  if (typeof env !== "string" || env === "all") {
    if (known.length > 0) return known;
    throw new UserError(`there is no system ${JSON.stringify(system)}`, {
      tryThis: "npm run systems",
      exitCode: ExitCode.usage,
    });
  }
  const wanted = env.split(",").map((name) => name.trim());
  const unknown = wanted.filter((name) => !known.includes(name));
  if (unknown.length === 0) return wanted;
  throw new UserError(`${unknown.join(", ")} is no environment of system ${system}; there are ${known.join(", ")}`, {
    exitCode: ExitCode.usage,
  });
}

async function workingTree(
  options: Omit<Parameters<typeof synthesizeRevision>[0], "folder" | "commit">,
): Promise<RevisionSynth> {
  const outdir = join(options.root, ".groundplan", "revisions", "working-tree", "cdktf.out");
  await synthesize({ ...options, outdir });
  return { stacks: readStacks(outdir), remarks: [] };
}

interface Sides {
  readonly before: RevisionSynth;
  readonly after: RevisionSynth;
  readonly from: string;
  readonly to: string | undefined;
  readonly environments: readonly string[];
  readonly root: string;
  readonly system: string;
  readonly threshold: Severity | undefined;
}

function reviewOf({ before, after, from, to, environments, root, threshold, system }: Sides): Review {
  const old = new Map(before.stacks.map((stack) => [stack.name, stack]));
  const now = new Map(after.stacks.map((stack) => [stack.name, stack]));
  const gone = before.stacks.filter(({ name }) => !now.has(name));
  const ordered = waves(after.stacks).flatMap((wave, index) => wave.map((stack) => ({ stack, wave: index + 1 })));
  const stacks = [
    ...ordered.map(({ stack, wave }) => stackInput(stack.name, wave, old.get(stack.name), stack)),
    ...gone.map((stack) => stackInput(stack.name, ordered.length + 1, stack, undefined)),
  ];
  const notes = [...before.remarks, ...after.remarks].map((text): Banner => ({ level: "note", text: `${text}.` }));
  const orphaned = gone.map(({ name }): Banner => ({
    level: "warning",
    text: `${name} is no longer synthesized. Nothing destroys what it holds: destroy it from ${short(from)}, or move its resources.`,
  }));
  const lost = lostOutputs(old, now).map((text): Banner => ({ level: "error", text }));
  return buildReview({
    kind: "configuration-diff",
    title: `${environments.join(", ")} of ${system}`,
    subject: { system, from, ...(to === undefined ? {} : { to }) },
    stacks,
    allowList: readAllowList(root),
    today: new Date().toISOString().slice(0, 10),
    ...(threshold === undefined ? {} : { threshold }),
    banners: [...lost, ...orphaned, ...notes],
    cost: costDelta(before.stacks, after.stacks),
    picture: (reviews) => pictureOf(after.stacks, reviews),
  });
}

function stackInput(name: string, wave: number, before: Stack | undefined, after: Stack | undefined): StackInput {
  const json = planOfConfigurations(before?.document, after?.document);
  const [plan] = readPlans(Buffer.from(JSON.stringify(json)), name);
  const stack = after ?? before;
  const changed =
    plan?.changes.some(({ action, previousAddress }) => action !== "no-op" || previousAddress !== undefined) === true ||
    plan?.outputs.some(({ action }) => action !== "no-op") === true;
  return {
    ...{ name, wave, placeholders: [], problems: [], warnings: [] },
    status: changed ? "changes" : "no-changes",
    dependencies: stack?.dependencies ?? [],
    ...(plan === undefined ? {} : { plan: { ...plan, applyable: true } }),
    ...(stack === undefined ? {} : { document: stack.document, reads: stack.remoteStates }),
  };
}

/** Outputs that are taken away while another stack still reads them: its next plan fails. */
function lostOutputs(old: ReadonlyMap<string, Stack>, now: ReadonlyMap<string, Stack>): string[] {
  return [...now.values()].flatMap(({ name, remoteStates }) =>
    remoteStates.flatMap(({ producer, outputs }) => {
      const [was, is] = [old.get(producer)?.document["output"], now.get(producer)?.document["output"]];
      const missing = outputs.filter((output) => hasOutput(was, output) && !hasOutput(is, output));
      return missing.map((output) => `${name} still reads the output ${output} of ${producer}, which is taken away.`);
    }),
  );
}

function hasOutput(outputs: unknown, name: string): boolean {
  return typeof outputs === "object" && outputs !== null && Object.hasOwn(outputs, name);
}
