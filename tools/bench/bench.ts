import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type DeployTiming, lastDeploy } from "./deploy-timing";
import { filesBelow, floorProgram } from "./floor";
import { median, ratioOf, takeTurns } from "./measure";
import { planRow } from "./plan-timing";
import { type Command, peakMemoryMb, run, wallMs } from "./process";
import { reviewRows } from "./review-rows";
import type { Row } from "./row";
import { FEW, MANY, perEnvironment, scalingProgram, scalingRounds } from "./scaling";

/** How to measure. */
export interface BenchOptions {
  /** The root of the project. */
  readonly root: string;

  /** Told what is being measured, one line each. */
  readonly onProgress: (line: string) => void;

  /**
   * Rounds of the short comparisons; the long one takes a third as many.
   * @default 9
   */
  readonly rounds?: number;
}

/** The environments every measurement synthesizes: all of the default system, which has two. */
const ENVIRONMENTS = "all";

/** Measures the project against its limits; each ratio compares two things run in turn on this machine, so that its speed cancels out. */
export async function runBench({ root, onProgress, rounds = 9 }: BenchOptions): Promise<Row[]> {
  mkdirSync(join(root, ".cache"), { recursive: true });
  // Below the project, so that a program in it finds the project's packages.
  const folder = mkdtempSync(join(root, ".cache", "bench-"));
  try {
    const bench = new Bench(root, folder, rounds);
    const rows: Row[] = [];
    for (const [what, measure] of [
      ["synth against loading cdktf and writing the same files", () => bench.floor()],
      ["cdktf synth with ts-node against npm run synth", () => bench.tsNode()],
      [`synth of ${FEW} environments against ${MANY}`, () => bench.scaling()],
      ["memory of a synth", () => bench.memory()],
      ["the review of a large plan", () => reviewRows(root, join(folder, "review"))],
      ["planning in the sandbox", () => planRow(root, join(folder, "plan"))],
      ["the last deploy to the sandbox", () => Promise.resolve(deployRow(lastDeploy(root)))],
    ] as const) {
      onProgress(`measuring ${what}`);
      rows.push(...[await measure()].flat());
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

class Bench {
  private readonly output: string;

  constructor(
    private readonly root: string,
    private readonly folder: string,
    private readonly rounds: number,
  ) {
    this.output = join(folder, "synth");
  }

  /** Two rows: as it is typed again and again, while nothing changed; and in full, with both sides started by npm. */
  async floor(): Promise<Row[]> {
    await run(this.synth());
    const files = filesBelow(this.output);
    if (Object.keys(files).length === 0) throw new Error("npm run synth wrote nothing into CDKTF_OUTDIR");
    const folder = join(this.folder, "floor");
    mkdirSync(folder);
    writeFileSync(join(folder, "floor.cjs"), floorProgram(files));
    writeFileSync(join(folder, "package.json"), JSON.stringify({ scripts: { floor: "node floor.cjs out" } }));
    const floor: Command = { command: process.execPath, args: ["floor.cjs", "out"], cwd: folder };
    const floorByNpm: Command = { command: "npm", args: ["run", "--silent", "floor"], cwd: folder };
    const times = await takeTurns(
      { counted: this.rounds, warmUps: 2 },
      {
        synth: () => wallMs(this.synth()),
        floor: () => wallMs(floor),
        full: () => wallMs(this.fullSynth()),
        floorByNpm: () => wallMs(floorByNpm),
      },
    );
    const least = `to load cdktf and write the same ${Object.keys(files).length} files`;
    return [
      {
        id: "synth-floor",
        what: "npm run synth, nothing changed, against the floor",
        measured: ratioOf(times.synth, times.floor),
        unit: "×",
        limit: { atMost: 1.5 },
        detail: `${seconds(times.synth)} with npm, against ${seconds(times.floor)} without it ${least}`,
      },
      {
        id: "full-synth-floor",
        what: "npm run synth, in full, against the floor by npm",
        measured: ratioOf(times.full, times.floorByNpm),
        unit: "×",
        limit: { atMost: 1.5 },
        detail: `${seconds(times.full)} against ${seconds(times.floorByNpm)} ${least}, both started by npm`,
      },
    ];
  }

  async tsNode(): Promise<Row> {
    const tsNode: Command = {
      command: "npx",
      args: [
        "--no-install",
        "cdktf",
        "synth",
        "--app",
        "npx --no-install ts-node main.ts",
        "--output",
        join(this.folder, "ts-node"),
      ],
      cwd: this.root,
      env: { GROUNDPLAN_ENV: ENVIRONMENTS, CHECKPOINT_DISABLE: "1", DISABLE_VERSION_CHECK: "1", CI: "1" },
    };
    const times = await takeTurns(
      { counted: Math.ceil(this.rounds / 3), warmUps: 1 },
      { tsNode: () => wallMs(tsNode), synth: () => wallMs(this.fullSynth()) },
    );
    return {
      id: "ts-node",
      what: "cdktf synth with ts-node against npm run synth, in full",
      measured: ratioOf(times.tsNode, times.synth),
      unit: "×",
      limit: { atLeast: 5 },
      detail: `${seconds(times.tsNode)} against ${seconds(times.synth)}`,
    };
  }

  async scaling(): Promise<Row> {
    const [source, bundle] = [join(this.folder, "scaling.ts"), join(this.folder, "scaling.cjs")];
    writeFileSync(source, scalingProgram(this.root));
    await run({
      command: join(this.root, "node_modules", ".bin", "esbuild"),
      args: [source, "--bundle", "--platform=node", "--format=cjs", `--outfile=${bundle}`, "--log-level=error"],
      cwd: this.root,
    });
    const measure: Command = {
      command: process.execPath,
      args: [bundle, join(this.folder, "scaling"), String(this.rounds), "2"],
      cwd: this.root,
    };
    const { few, many, ratio } = perEnvironment(scalingRounds(await run(measure)));
    return {
      id: "scaling",
      what: `time per environment at ${MANY} against ${FEW}`,
      measured: ratio,
      unit: "×",
      limit: { atMost: 1.1 },
      detail: `${many.toFixed(1)} ms against ${few.toFixed(1)} ms, in one process, without the constant part`,
    };
  }

  async memory(): Promise<Row> {
    const peaks: number[] = [];
    for (let round = 0; round < 3; round++)
      peaks.push(await peakMemoryMb(this.fullSynth(), join(this.folder, "memory")));
    return {
      id: "memory",
      what: "memory of npm run synth, in full",
      measured: median(peaks),
      unit: "MB",
      limit: { atMost: 200 },
      detail: "the largest resident set of any of its processes, while no source changed",
    };
  }

  /** `npm run synth`, into a folder of the benchmark. */
  private synth(): Command {
    return {
      command: "npm",
      args: ["run", "--silent", "synth", "--", ENVIRONMENTS],
      cwd: this.root,
      env: { CDKTF_OUTDIR: this.output },
    };
  }

  /** The same, with everything done anew, and into a folder of its own, because new files are a change to the other. */
  private fullSynth(): Command {
    return { ...this.synth(), env: { CDKTF_OUTDIR: join(this.folder, "full"), GROUNDPLAN_FRESH: "1" } };
  }
}

function deployRow(timing: DeployTiming | undefined): Row {
  return {
    id: "deploy",
    what: "sandbox deploy against its critical path",
    measured: timing && timing.wallSeconds / timing.criticalPathSeconds,
    unit: "×",
    limit: { atMost: 1.4 },
    detail: timing
      ? `${timing.wallSeconds.toFixed(1)} s against ${timing.criticalPathSeconds.toFixed(1)} s, at ${timing.startedAt}`
      : "no deploy recorded: run npm start first",
  };
}

function seconds(times: readonly number[]): string {
  return `${(median(times) / 1000).toFixed(2)} s`;
}
