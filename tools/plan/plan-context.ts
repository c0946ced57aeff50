import type { RunOutcome } from "../cloud/classify";
import type { Activity } from "../sandbox/deploy";
import type { Diagnostic } from "../terraform/events";
import { problemsOf } from "../terraform/problem";
import type { Terraform } from "../terraform/terraform";
import type { BundleKind, BundlePaths, BundleProblem, BundleStack, PlanStatus } from "./bundle";
import type { Site } from "./site";
import type { Stack } from "./stack";
import { backendOf } from "./stack-state";
import { synthDigest } from "./synth-digest";
import type { PreviewOutput, Upstream } from "./upstream-outputs";

/** What planning and applying ask of Terraform Cloud besides what Terraform does itself. */
export interface CloudSeam {
  /** Whether a stack is planned and applied there rather than here. */
  readonly isRemote: (stack: Pick<Stack, "name" | "document" | "folder">) => boolean;
  /** How a plan came out whose log is given, as the CLI does not tell a discarded run from one without changes. */
  readonly planned: (stack: Stack, log: string) => Promise<RunOutcome | undefined>;
  /** How the apply of a run came out, or how far it is. */
  readonly outcome: (stack: Stack, run: NonNullable<BundleStack["run"]>) => Promise<RunOutcome | undefined>;
  /** Takes back a run that nobody will apply. */
  readonly discard: (run: NonNullable<BundleStack["run"]>) => Promise<void>;
  /** Ends a run that still plans, whose log is given; never one that applies. */
  readonly abandon: (stack: Stack, log: string) => Promise<void>;
}

/** What planning a stack takes, the same for all of an environment. */
export interface PlanContext {
  readonly site: Site;
  readonly kind: BundleKind;
  readonly terraform: Terraform;
  /** Environment of providers and backends. */
  readonly environment: NodeJS.ProcessEnv;
  readonly paths: BundlePaths;
  /** Whether to lock states while planning. */
  readonly lock: boolean;
  /**
   * Whether to look at what stands before planning.
   * @default true
   */
  readonly refresh?: boolean;
  /** How long to wait for a lock that another holds. */
  readonly lockSeconds: number;
  /** Terraform Cloud, for stacks that are there. */
  readonly cloud: CloudSeam;
  readonly onActivity: (activity: Activity) => void;
}

/** A planned stack, and what others that read from it need. */
export interface Planned {
  readonly entry: BundleStack;
  readonly upstream: Upstream;
  /** Whether the program was told to stop before it was done. */
  readonly canceled: boolean;
}

/** What is known of a stack before it is planned. */
export interface Place {
  readonly stack: Stack;
  /** From 1. */
  readonly wave: number;
}

/** Why a stack is previewed rather than planned, and what it will read. */
export interface Ahead {
  /** A sentence without its full stop. */
  readonly reason: string;
  readonly outputs: ReadonlyMap<string, ReadonlyMap<string, PreviewOutput>>;
}

/** A stack of a bundle of which nothing is known but its configuration. */
export function entryOf({ stack, wave }: Place, status: PlanStatus): BundleStack {
  return {
    name: stack.name,
    wave,
    dependencies: stack.dependencies,
    status,
    placeholders: [],
    providers: {},
    synthDigest: synthDigest(stack),
    actions: [],
    outputsChange: false,
    backend: backendOf(stack).kind,
    problems: [],
    warnings: [],
  };
}

/** What Terraform said, as a bundle keeps it. */
export function said(
  stack: Stack,
  diagnostics: readonly Diagnostic[],
): { problems: BundleProblem[]; warnings: string[] } {
  return {
    problems: problemsOf(stack.name, diagnostics).map(({ summary, detail, address, hint }) => ({
      summary,
      detail,
      address,
      hint,
    })),
    warnings: [...new Set(diagnostics.filter(({ severity }) => severity === "warning").map(({ summary }) => summary))],
  };
}
