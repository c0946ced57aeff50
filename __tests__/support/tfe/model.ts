import type { JsonObject } from "../../../tools/json";

/** Somebody who calls the API, by token. */
export interface Caller {
  readonly token: string;
  readonly kind: "user" | "team" | "organization" | "run";
  /** Name of a person or a team. */
  readonly name: string;
  /** Permissions of the workspace that it does not have, such as `can-queue-run`. */
  readonly denied: readonly string[];
  /** The run whose token it is. */
  readonly run?: string;
}

export interface Project {
  readonly id: string;
  readonly name: string;
}

export interface Organization {
  readonly name: string;
  readonly entitlements: Record<string, boolean>;
  readonly projects: Project[];
}

/** Who holds the lock of a workspace. */
export interface Lock {
  readonly type: "users" | "teams" | "runs";
  readonly id: string;
  readonly name: string;
  readonly reason: string;
  /** ISO 8601. */
  readonly at: string;
}

/** What is checked between a plan and its confirmation. */
export interface Checks {
  /** @default - there are no policies */
  policy?: "passed" | "soft_failed" | "hard_failed";
  /** @default - there are no tasks after the plan */
  tasks?: "passed" | "failed" | "awaiting_override";
  /**
   * Whether it is a policy that fails in them, and not a task.
   * @default true
   */
  tasksArePolicies?: boolean;
  /** Whether the price is estimated. */
  cost?: boolean;
}

export interface Workspace {
  readonly id: string;
  readonly name: string;
  readonly organization: string;
  projectId: string;
  executionMode: "remote" | "local" | "agent";
  autoApply: boolean;
  terraformVersion: string;
  workingDirectory: string;
  structured: boolean;
  globalRemoteState: boolean;
  vcs: string | undefined;
  lock: Lock | undefined;
  /** The run that occupies it. */
  currentRun: string | undefined;
  /** The one that did so last, which is called the current one even when it is over. */
  latestRun: string | undefined;
  readonly consumers: Set<string>;
  readonly tags: Map<string, string>;
  readonly variables: Map<string, string>;
  checks: Checks;
  /** Newest last. */
  readonly states: StateVersion[];
}

export interface StateVersion {
  readonly id: string;
  readonly workspace: string;
  readonly serial: number;
  readonly lineage: string;
  readonly run: string | undefined;
  text: string | undefined;
  json: string | undefined;
  /** ISO 8601. */
  readonly at: string;
}

export interface ConfigurationVersion {
  readonly id: string;
  readonly workspace: string;
  readonly speculative: boolean;
  readonly provisional: boolean;
  readonly autoQueueRuns: boolean;
  status: "pending" | "fetching" | "uploaded" | "archived" | "errored";
  archive: Buffer | undefined;
}

export interface Log {
  bytes: Buffer;
}

export interface Plan {
  readonly id: string;
  status: "pending" | "queued" | "running" | "finished" | "errored" | "canceled" | "unreachable";
  hasChanges: boolean;
  counts: Counts;
  readonly log: Log;
  json: string | undefined;
  redacted: string | undefined;
}

export interface Apply {
  readonly id: string;
  status: "pending" | "queued" | "running" | "finished" | "errored" | "canceled" | "unreachable";
  counts: Counts;
  readonly log: Log;
}

export interface Counts {
  readonly additions: number;
  readonly changes: number;
  readonly destructions: number;
  readonly imports: number;
}

export const NO_COUNTS: Counts = { additions: 0, changes: 0, destructions: 0, imports: 0 };

export interface PolicyCheck {
  readonly id: string;
  status: "pending" | "queued" | "passed" | "soft_failed" | "hard_failed" | "overridden" | "unreachable";
}

export interface TaskStage {
  readonly id: string;
  readonly stage: "post_plan";
  status: "pending" | "running" | "passed" | "failed" | "awaiting_override" | "canceled" | "unreachable";
}

export interface CostEstimate {
  readonly id: string;
  status: "pending" | "queued" | "finished" | "canceled";
}

export interface Run {
  readonly id: string;
  readonly token: string;
  readonly workspace: string;
  readonly configurationVersion: string;
  readonly message: string;
  readonly createdBy: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly planOnly: boolean;
  readonly savePlan: boolean;
  readonly refreshOnly: boolean;
  readonly refresh: boolean;
  readonly destroy: boolean;
  readonly autoApply: boolean;
  readonly targets: readonly string[];
  readonly replace: readonly string[];
  readonly variables: ReadonlyArray<{ readonly key: string; readonly value: string }>;
  status: string;
  /** Whether it waits for somebody to confirm it. */
  settled: boolean;
  /** What happens next, one step each time the run is read; for runs that a test has scripted. */
  readonly script: Step[];
  /** Every status it had, in order. */
  readonly history: Array<{ readonly status: string; readonly at: string }>;
  readonly plan: Plan;
  readonly apply: Apply;
  readonly policy: PolicyCheck | undefined;
  readonly tasks: TaskStage | undefined;
  /** Whether it is policies that are checked in them. */
  readonly policies: boolean;
  readonly cost: CostEstimate | undefined;
  readonly comments: Array<{ readonly id: string; readonly body: string }>;
  readonly events: Array<{ readonly id: string; readonly action: string; readonly at: string }>;
  /** When a cancel was asked for, after which it may be forced. */
  cancelAskedAt: number | undefined;
}

/** One step of a scripted run. */
export interface Step {
  readonly status: string;
  /** @default - as it is */
  readonly settled?: boolean;
  /** @default - nothing else happens */
  readonly then?: (run: Run) => void;
}

/** What the runner is asked to do. */
export interface Job {
  readonly run: Run;
  readonly workspace: Workspace;
  readonly archive: Buffer;
  /** State as it is now. */
  readonly state: string | undefined;
  readonly signal: AbortSignal;
  /** Adds to the log. */
  readonly write: (text: string) => void;
}

export interface PlanResult {
  readonly ok: boolean;
  readonly hasChanges: boolean;
  readonly counts: Counts;
  readonly json: string | undefined;
  readonly redacted: string | undefined;
}

export interface ApplyResult {
  readonly ok: boolean;
  readonly counts: Counts;
  /** State afterwards, also of an apply that failed half-way. */
  readonly state: string | undefined;
}

/** What plans and applies. */
export interface Runner {
  plan(job: Job): Promise<PlanResult>;
  apply(job: Job): Promise<ApplyResult>;
  /** Forgets what it kept of a run. */
  forget(run: Run): void;
}

/** The body of a JSON:API request, taken apart. */
export interface Body {
  readonly attributes: JsonObject;
  readonly related: (name: string) => string | undefined;
}
