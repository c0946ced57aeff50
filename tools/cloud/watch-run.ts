import { setTimeout as sleep } from "node:timers/promises";
import type { CloudClient } from "./client";
import { CloudError } from "./cloud-error";
import { LogStream, type LogLine } from "./log-stream";
import type { Operation, Run } from "./run";
import { isOver, stateOf } from "./run-status";

/** What a run is watched for: that its plan is there and checked, or that it is applied. */
export type WatchGoal = "planned" | "applied";

export interface WatchOptions {
  readonly until: WatchGoal;
  /**
   * Longest time to watch, in seconds.
   * @default 7200
   */
  readonly limitSeconds?: number;
  /**
   * How long to wait for a person who has to confirm or to decide, in seconds.
   * @default 0
   */
  readonly decisionSeconds?: number;
  /** Called with each line of the log of the plan, and of the apply if that is watched for. */
  readonly onLine?: (line: LogLine, phase: "plan" | "apply") => void;
  /** Called with each status it comes to. */
  readonly onStatus?: (status: string) => void;
  /** Ends the watching and leaves the run alone. */
  readonly signal?: AbortSignal;
  /**
   * Milliseconds since 1970.
   * @default - the clock
   */
  readonly now?: () => number;
  /**
   * Waits; rejects if it is told to stop.
   * @default - the clock
   */
  readonly wait?: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

/** Where the watching ended, and why. */
export interface Watched {
  /** As it was seen last; undefined if it was never seen. */
  readonly run: Run | undefined;
  /** `over`: nothing happens to it any more. `reached`: it is what was watched for. `waiting`: for a person. The others end the watching, not the run. */
  readonly ended: "over" | "reached" | "waiting" | "limit" | "left" | "unreachable";
}

const FIRST_PAUSE_MILLISECONDS = 500;
const LONGEST_PAUSE_MILLISECONDS = 5000;

/**
 * Watches a run by reading it, never the list of runs, and prints its logs as they grow. Whether it waits to be confirmed is taken from what may be done to
 * it, and not from the name of a status. Leaves the run alone, whatever happens.
 */
export async function watchRun(client: CloudClient, id: string, options: WatchOptions): Promise<Watched> {
  const { until, limitSeconds = 7200, decisionSeconds = 0 } = options;
  const { onLine, onStatus, signal, now = Date.now, wait = waitFor } = options;
  const deadline = now() + limitSeconds * 1000;
  const logs = new Logs(client, until, onLine);
  let seen: Run | undefined;
  let waitingSince: number | undefined;
  try {
    for (let pause = FIRST_PAUSE_MILLISECONDS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MILLISECONDS)) {
      const run = await client.run(id, signal);
      if (run === undefined) throw new CloudError(`there is no run ${id} that the token may see`, 404);
      if (run.status !== seen?.status) {
        onStatus?.(run.status);
        pause = FIRST_PAUSE_MILLISECONDS;
      }
      seen = run;
      await logs.read(run, signal);
      if (isOver(run.status)) return { run, ended: "over" };
      if (isReached(run, until)) return { run, ended: "reached" };
      waitingSince = waitsForPerson(run) ? (waitingSince ?? now()) : undefined;
      if (waitingSince !== undefined && now() - waitingSince >= decisionSeconds * 1000)
        return { run, ended: "waiting" };
      if (now() >= deadline) return { run, ended: "limit" };
      await wait(Math.min(pause, Math.max(deadline - now(), 1)), signal);
    }
  } catch (error) {
    if (signal?.aborted === true) return { run: seen, ended: "left" };
    if (error instanceof CloudError && error.status === undefined) return { run: seen, ended: "unreachable" };
    throw error;
  } finally {
    logs.close();
  }
}

function isReached(run: Run, until: WatchGoal): boolean {
  return until === "planned" && stateOf(run.status) === "planned" && run.can.confirm;
}

/** Whether nothing happens unless somebody acts. */
function waitsForPerson({ status, can }: Run): boolean {
  return stateOf(status) === "undecided" || (stateOf(status) === "planned" && can.confirm);
}

/** The logs of one run. */
class Logs {
  private readonly streams = new Map<string, LogStream>();

  constructor(
    private readonly client: CloudClient,
    private readonly until: WatchGoal,
    private readonly onLine: WatchOptions["onLine"],
  ) {}

  async read({ plan, apply }: Run, signal: AbortSignal | undefined): Promise<void> {
    if (this.onLine === undefined) return;
    await this.readOne(plan, "plan", signal);
    if (this.until === "applied") await this.readOne(apply, "apply", signal);
  }

  close(): void {
    for (const stream of this.streams.values()) stream.close();
  }

  private async readOne(
    operation: Operation | undefined,
    phase: "plan" | "apply",
    signal?: AbortSignal,
  ): Promise<void> {
    if (operation?.logUrl === undefined || !hasBegun(operation)) return;
    const stream =
      this.streams.get(operation.id) ??
      new LogStream(this.client, operation.logUrl, (line) => this.onLine?.(line, phase));
    this.streams.set(operation.id, stream);
    await stream.read(signal);
  }
}

function hasBegun({ status }: Operation): boolean {
  return !["pending", "queued", "unreachable", "created"].includes(status);
}

async function waitFor(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal });
}
