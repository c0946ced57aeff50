import { join } from "node:path";
import type { Terminal } from "../cli/terminal";
import { withSite, type Prepared, type SiteSession } from "../cli/site-session";
import { ExitCode } from "../exit-code";
import { planEnvironment } from "../plan/plan-environment";
import { runningEmulator } from "../sandbox/emulator";
import { sandboxPaths } from "../sandbox/paths";
import type { Row } from "./row";

const ENVIRONMENT = "staging";

const plain = (text: string) => text;
const PAINT = { bold: plain, dim: plain, red: plain, green: plain, yellow: plain, cyan: plain };
const QUIET: Terminal = {
  out: () => undefined,
  err: () => undefined,
  interactive: false,
  columns: () => 80,
  paint: PAINT,
  errorPaint: PAINT,
};

/** A stack as a chain of plans is made of. */
export interface Link {
  readonly name: string;
  readonly dependencies: readonly string[];
  /** How long its plan takes when nothing else runs. */
  readonly seconds: number;
}

/** The longest chain of plans of which each waits for the one before: no machine plans an environment faster. */
export function longestChain(links: readonly Link[]): number {
  const byName = new Map(links.map((link) => [link.name, link]));
  const known = new Map<string, number>();
  const until = (name: string): number => {
    const link = byName.get(name);
    if (link === undefined) return 0;
    const found = known.get(name) ?? link.seconds + Math.max(0, ...link.dependencies.map(until));
    known.set(name, found);
    return found;
  };
  return Math.max(0, ...links.map(({ name }) => until(name)));
}

/** How long planning a whole environment takes against the longest chain of its stacks planned one at a time. */
export async function planRow(root: string, folder: string): Promise<Row> {
  const row = {
    id: "plan",
    what: "planning an environment against its longest chain of single plans",
    unit: "×" as const,
    limit: { atMost: 1.3 },
  };
  if (runningEmulator(sandboxPaths(join(root, ".groundplan"))) === undefined)
    return { ...row, measured: undefined, detail: "the sandbox does not run: run npm start first" };
  let times: { readonly all: number; readonly chain: number; readonly stacks: number } | undefined;
  await withSite(
    { positionals: [ENVIRONMENT], flags: { sandbox: true }, terminal: QUIET, environment: process.env, folder: root },
    "npm run bench",
    async (session) => {
      const prepared = await session.prepare("plan");
      const plan = (concurrency?: number) => planned(session, prepared, folder, concurrency);
      await plan(); // makes every folder ready
      const single = await plan(1);
      const { wall } = await plan();
      times = { all: wall, chain: longestChain(single.links), stacks: single.links.length };
      return ExitCode.fine;
    },
  );
  if (times === undefined) return { ...row, measured: undefined, detail: "it was interrupted" };
  const { all, chain, stacks } = times;
  const detail = `${all.toFixed(1)} s for ${stacks} stacks of ${ENVIRONMENT}, against ${chain.toFixed(1)} s`;
  return { ...row, measured: all / chain, detail };
}

async function planned(
  { site: given, selection }: SiteSession,
  prepared: Prepared,
  folder: string,
  concurrency: number | undefined,
): Promise<{ readonly wall: number; readonly links: readonly Link[] }> {
  // A folder of its own: what somebody has planned and not yet applied stays.
  const site = { ...given, paths: { ...given.paths, bundle: () => join(folder, "bundle") } };
  const startedAt = Date.now();
  let last = startedAt;
  const seconds = new Map<string, number>();
  const { bundle } = await planEnvironment({
    ...{ site, selection, kind: "plan", tree: { revision: undefined, dirty: false }, ...prepared },
    now: new Date(startedAt),
    ...{ lock: true, lockSeconds: 10, onActivity: () => undefined },
    ...(concurrency === undefined ? {} : { concurrency }),
    onPlanned: ({ name, status }) => {
      if (status !== "skipped") seconds.set(name, (Date.now() - last) / 1000);
      last = Date.now();
    },
  });
  const stuck = bundle.stacks.find(({ status }) => status === "failed" || status === "blocked");
  if (stuck !== undefined) throw new Error(`${stuck.name} cannot be planned: npm run plan ${ENVIRONMENT} -- --sandbox`);
  const links = bundle.stacks.flatMap(({ name, dependencies }): Link[] => {
    const took = seconds.get(name);
    return took === undefined ? [] : [{ name, dependencies, seconds: took }];
  });
  return { wall: (last - startedAt) / 1000, links };
}
