import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sizeOf } from "../review/render/github-text";
import { largePlan } from "./large-plan";
import { median, takeTurns } from "./measure";
import { type Command, peakMemoryMb, wallMs } from "./process";
import type { Row } from "./row";

const MANY = 5_000;
const FEW = 1_000;
const ROUNDS = 3;

/** How fast a large plan becomes a review in all its forms, how much memory that takes, and whether its comment is one that GitHub takes. */
export async function reviewRows(root: string, folder: string): Promise<Row[]> {
  mkdirSync(folder, { recursive: true });
  const command = (changes: number): Command => ({
    command: process.execPath,
    args: [
      "tools/run.mjs",
      "tools/cli.ts",
      "review",
      fileOf(changes),
      "--format",
      "all",
      "--out",
      join(folder, String(changes)),
      "--exit-zero",
    ],
    cwd: root,
  });
  const fileOf = (changes: number) => join(folder, `${changes}.json`);
  for (const changes of [MANY, FEW, 1]) writeFileSync(fileOf(changes), largePlan({ changes }));
  const times = await takeTurns(
    { counted: ROUNDS, warmUps: 1 },
    { many: () => wallMs(command(MANY)), few: () => wallMs(command(FEW)), one: () => wallMs(command(1)) },
  );
  const [many, few, one] = [median(times.many), median(times.few), median(times.one)];
  const memory = await peakMemoryMb(command(MANY), join(folder, "memory"));
  const comment = readFileSync(join(folder, String(MANY), "review.md"), "utf8");
  const plan = JSON.parse(readFileSync(fileOf(MANY), "utf8")) as {
    readonly resource_changes: ReadonlyArray<{
      readonly name: string;
      readonly change: { readonly actions: readonly string[] };
    }>;
  };
  const destructive = plan.resource_changes.filter(({ change }) => change.actions.includes("delete"));
  const named = new Set(comment.match(/thing_\d+/g));
  const missing = destructive.filter(({ name }) => !named.has(name)).length;
  return [
    {
      id: "review-time",
      what: `npm run review of ${MANY} changes, to all five forms`,
      measured: many / 1000,
      unit: "s",
      limit: { atMost: 2 },
      detail: `a plan of ${(readFileSync(fileOf(MANY)).length / 1e6).toFixed(1)} MB, with the start of the program`,
    },
    {
      id: "review-memory",
      what: `memory of that`,
      measured: memory,
      unit: "MB",
      limit: { atMost: 300 },
      detail: "the largest resident set",
    },
    {
      id: "review-linear",
      what: `time per change at ${MANY} against ${FEW}`,
      measured: (many - one) / MANY / ((few - one) / FEW),
      unit: "×",
      limit: { atMost: 1.2 },
      detail: `${(many / 1000).toFixed(2)} s against ${(few / 1000).toFixed(2)} s, without the ${(one / 1000).toFixed(2)} s of a single change`,
    },
    {
      id: "review-comment",
      what: `comment of ${MANY} changes`,
      measured: missing === 0 ? sizeOf(comment).points : Number.NaN,
      unit: "characters",
      limit: { atMost: 65_000 },
      detail:
        missing === 0
          ? `with each of ${destructive.length} destroyed and replaced objects in it`
          : `${missing} destroyed or replaced objects are missing`,
    },
  ];
}
