import { rmSync } from "node:fs";
import { join } from "node:path";
import type { ExitCode } from "../exit-code";
import { makePrivateFolder, readJson, writeFile } from "../files";
import { isObject } from "../json";
import type { Severity } from "../review/review";
import type { ShownAction } from "./shown-actions";
import type { StateMark } from "./stack-state";

/** What a bundle is for. A `drift` is never applied. */
export type BundleKind = "plan" | "destroy" | "drift";

/**
 * Everything `apply` needs to apply just what was reviewed, and to refuse anything else. It holds no value of a resource; the plans and
 * their JSON, which do, are files of their own that only their owner may read.
 */
export interface Bundle {
  readonly version: 1;
  readonly kind: BundleKind;
  /** False while it is being made, and for ever if that was interrupted. */
  readonly complete: boolean;
  readonly site: "account" | "sandbox";
  readonly system: string;
  readonly environment: string;
  /** `staging` or `prod`. */
  readonly tier: string;
  /** As ISO 8601 in UTC. */
  readonly plannedAt: string;
  /**
   * Full git revision.
   * @default - it is no git repository
   */
  readonly revision?: string;
  /** Whether files differ from the revision, or are not in it. */
  readonly dirty: boolean;
  readonly terraformVersion: string;
  /** In the order in which they are applied. */
  readonly stacks: readonly BundleStack[];
  /**
   * Stacks that were left out on the command line.
   * @default - none
   */
  readonly leftOut?: readonly string[];
  /**
   * Whether what stands was looked at before planning.
   * @default true
   */
  readonly refreshed?: boolean;
  /** Risks that the review showed. */
  readonly risks: readonly BundleRisk[];
  /**
   * Severity from which a risk has to be accepted expressly.
   * @default - none has to be
   */
  readonly threshold?: Severity;
}

/** A risk, by what tells it from others. */
export interface BundleRisk {
  readonly rule: string;
  readonly severity: Severity;
  readonly stack: string;
  readonly address: string;
}

/** What became of planning a stack. `blocked` and `skipped` were not planned, the one for want of another stack, the other on purpose. */
export type PlanStatus = "planned" | "no-changes" | "preview" | "failed" | "blocked" | "skipped";

/** One stack of a bundle. */
export interface BundleStack {
  readonly name: string;
  /** From 1. */
  readonly wave: number;
  /** Stacks of the bundle that go before it. */
  readonly dependencies: readonly string[];
  readonly status: PlanStatus;
  /**
   * Why it is previewed, blocked or skipped, in a sentence without its full stop.
   * @default - nothing to say
   */
  readonly reason?: string;
  /** Stacks whose outputs are placeholders in it. */
  readonly placeholders: readonly string[];
  /** Versions of its providers by source. */
  readonly providers: Readonly<Record<string, string>>;
  /** Digest of what it was synthesized to. */
  readonly synthDigest: string;
  /**
   * Digest of the saved plan.
   * @default - there is none to apply
   */
  readonly planDigest?: string;
  /**
   * Digest of what is done to objects.
   * @default - it was not planned
   */
  readonly actionDigest?: string;
  /** What is done to objects. */
  readonly actions: readonly ShownAction[];
  /** Whether an output changes. */
  readonly outputsChange: boolean;
  readonly backend: "local" | "s3" | "cloud" | "other";
  /**
   * The state it was planned on.
   * @default - there was none
   */
  readonly state?: StateMark;
  /**
   * The run that holds the plan, where Terraform Cloud does.
   * @default - the plan is a file here
   */
  readonly run?: { readonly id: string; readonly hostname: string };
  /**
   * What Terraform Cloud did with its run, if it is no plan to apply: a policy denied it, somebody discarded it. Such a stack counts as failed.
   * @default - nothing of the kind
   */
  readonly refusal?: Refusal;
  /** Why it could not be planned. */
  readonly problems: readonly BundleProblem[];
  readonly warnings: readonly string[];
  /**
   * What became of it when it was applied.
   * @default - nobody tried yet
   */
  readonly applied?: Applied;
}

/** What Terraform Cloud did with a run. */
export interface Refusal {
  readonly exitCode: ExitCode;
  /** A sentence without its full stop. */
  readonly message: string;
  readonly url: string;
}

/** An error, without the stack it is of. */
export interface BundleProblem {
  readonly summary: string;
  readonly detail: string;
  /** @default - it is about no resource */
  readonly address?: string;
  /** @default - Terraform's words have to do */
  readonly hint?: string;
}

/** What became of a stack when it was applied. `begun` is all that is known if the program was killed. */
export interface Applied {
  readonly outcome: "begun" | "done" | "failed" | "interrupted" | "detached";
  /** As ISO 8601 in UTC. */
  readonly at: string;
  /**
   * The state afterwards.
   * @default - it could not be read
   */
  readonly state?: StateMark;
}

/** Where the parts of a bundle are. */
export interface BundlePaths {
  readonly folder: string;
  readonly file: string;
  plan(stack: string): string;
  json(stack: string): string;
  lock(stack: string): string;
  /** The synthesized stack, to say what has changed since. */
  document(stack: string): string;
  log(stack: string, operation: "plan" | "apply"): string;
  review(format: "html" | "md" | "json" | "sarif" | "txt"): string;
}

/** The paths of a bundle's parts. */
export function bundlePaths(folder: string): BundlePaths {
  return {
    folder,
    file: join(folder, "bundle.json"),
    plan: (stack) => join(folder, "plans", `${stack}.tfplan`),
    json: (stack) => join(folder, "json", `${stack}.json`),
    lock: (stack) => join(folder, "locks", `${stack}.lock.hcl`),
    document: (stack) => join(folder, "configuration", `${stack}.json`),
    log: (stack, operation) => join(folder, "logs", `${stack}.${operation}.jsonl`),
    review: (format) => join(folder, `review.${format}`),
  };
}

/** Empties a bundle's folder and makes it anew, closed to others. */
export function freshBundle(folder: string): BundlePaths {
  rmSync(folder, { recursive: true, force: true });
  makePrivateFolder(folder);
  for (const part of ["plans", "json", "locks", "configuration", "logs"]) makePrivateFolder(join(folder, part));
  return bundlePaths(folder);
}

/** Writes a bundle's description, whole or not at all. */
export function writeBundle({ file }: BundlePaths, bundle: Bundle): void {
  writeFile(file, `${JSON.stringify(bundle, null, 2)}\n`);
}

/** A bundle's description; undefined if there is none, or it is of another version. */
export function readBundle({ file }: BundlePaths): Bundle | undefined {
  const bundle = readJson(file);
  return isObject(bundle) && bundle["version"] === 1 ? (bundle as unknown as Bundle) : undefined;
}

/** Whether a stack would be changed. */
export function hasChanges({ status, actions, outputsChange }: BundleStack): boolean {
  return (status === "planned" || status === "preview") && (actions.length > 0 || outputsChange);
}
