import { join } from "node:path";
import { objectOf, listOf } from "../json";
import type { ProviderNeed, Stack } from "../plan/stack";
import type { Binary } from "./binary";
import type { Children, Outcome } from "./children";
import { diagnosticOf, parseEvent, type Counts, type Diagnostic, type UiEvent } from "./events";
import { forgetOtherBackend, isReady, keepReady, type Readiness } from "./init-stamp";
import { LockFiles } from "./lock-files";

/** How one Terraform command ended. */
export interface CommandResult {
  readonly ok: boolean;
  readonly diagnostics: readonly Diagnostic[];
  /**
   * What it plans or did.
   * @default - the command counts nothing, or did not get that far
   */
  readonly counts?: Counts;
  /** Whether it was told to stop before its end. */
  readonly canceled: boolean;
  /**
   * Whether a plan has changes, of resources or of outputs.
   * @default - it is no plan
   */
  readonly changes?: boolean;
  /** When it began and how long it ran. */
  readonly startedAt: number;
  readonly seconds: number;
}

interface Options {
  /** Called with each event as it comes. */
  readonly onEvent?: (event: UiEvent) => void;
  /**
   * The whole environment, instead of the common one.
   * @default - the common one
   */
  readonly environment?: NodeJS.ProcessEnv;
  /**
   * File to which every line of output is added.
   * @default - no log is kept
   */
  readonly log?: string;
  /**
   * Whether the work is done elsewhere (Terraform Cloud) and this program only shows it. Such a Terraform writes text rather than JSON, takes
   * neither a parallelism nor a lock, and is left, not asked to stop, when the command is interrupted while it applies.
   * @default false
   */
  readonly remote?: boolean;
}

interface PlanOptions extends Options {
  /** File to save the plan in, absolute or relative to the stack's folder. */
  readonly out: string;
  /** Whether to read every resource anew first. */
  readonly refresh: boolean;
  /**
   * What is planned: what the configuration asks for, what was changed outside, or that everything goes.
   * @default "normal"
   */
  readonly mode?: "normal" | "refresh-only" | "destroy";
  /**
   * Whether to lock the state. A role that may only read cannot.
   * @default true
   */
  readonly lock?: boolean;
  /**
   * How long to wait for a lock that another holds.
   * @default 10
   */
  readonly lockSeconds?: number;
}

interface ApplyPlanOptions extends Options {
  /**
   * How long to wait for a lock that another holds.
   * @default 10
   */
  readonly lockSeconds?: number;
  /**
   * Whether to work on more resources at once than Terraform's ten, which a real account would answer with throttling.
   * @default false
   */
  readonly wide?: boolean;
}

/** The Terraform CLI, for any number of stacks at once. */
export class Terraform {
  private initializing: Promise<unknown> = Promise.resolve();
  private readonly locks: LockFiles;

  /**
   * `environment` is the whole environment of a command that is given no other; `cacheFolder` keeps what stacks share; `committedLocks` is the folder of
   * lock entries that hold for everybody.
   */
  constructor(
    readonly binary: Binary,
    private readonly children: Children,
    private readonly environment: NodeJS.ProcessEnv,
    cacheFolder: string,
    committedLocks?: string,
  ) {
    this.locks = new LockFiles(join(cacheFolder, "locks"), committedLocks);
  }

  /** The providers of which no lock entry is committed, by source. */
  unlocked(needs: readonly ProviderNeed[]): string[] {
    return this.locks.uncommitted(needs);
  }

  /** Whether the commands were told to stop. */
  get interrupted(): boolean {
    return this.children.interrupted;
  }

  /** `terraform init`. One at a time, because Terraform's plugin cache does not bear two. */
  init(folder: string, needs: readonly ProviderNeed[], options: Options = {}): Promise<CommandResult> {
    const turn = this.initializing.then(async () => {
      this.locks.offer(folder, needs);
      const args = ["init", "-input=false", "-json"];
      let result = await this.run(folder, args, options);
      if (!result.ok && !result.canceled && isOtherBuild(result) && this.locks.distrust(folder, needs)) {
        result = await this.run(folder, args, options);
      }
      if (result.ok) this.locks.remember(folder, needs);
      return result;
    });
    this.initializing = turn.catch(() => undefined);
    return turn;
  }

  /**
   * `terraform init`, unless the folder was initialized for just this: the same Terraform, providers, backend, lock file and CLI configuration.
   * A changed backend is taken as it is; the state is never moved.
   */
  async ready(stack: Pick<Stack, "folder" | "document" | "providers">, options: Options = {}): Promise<CommandResult> {
    const startedAt = Date.now();
    const environment = options.environment ?? this.environment;
    const readiness: Readiness = { ...stack, version: this.binary.version, environment };
    this.locks.compose(stack.folder, stack.providers);
    if (isReady(readiness)) return { ok: true, diagnostics: [], canceled: false, startedAt, seconds: 0 };
    forgetOtherBackend(readiness);
    const result = await this.init(stack.folder, stack.providers, options);
    if (result.ok) keepReady(readiness);
    return result;
  }

  /** `terraform validate`. */
  async validate(folder: string, options: Options = {}): Promise<CommandResult> {
    const startedAt = Date.now();
    const outcome = await this.execute(folder, ["validate", "-json"], options);
    let report: unknown;
    try {
      report = JSON.parse(outcome.stdout);
    } catch {
      report = undefined; // it ended before it could write its report
    }
    const diagnostics = listOf(objectOf(report)["diagnostics"]).map(diagnosticOf);
    return this.result(outcome, outcome.exitCode === 0, diagnostics, startedAt);
  }

  /** `terraform plan`, saved. */
  async plan(folder: string, options: PlanOptions): Promise<CommandResult> {
    const { out, refresh, mode = "normal", lock = true, lockSeconds = 10, remote = false } = options;
    const args = [
      ...["plan", "-input=false", "-detailed-exitcode", `-out=${out}`],
      ...(mode === "normal" ? [] : [`-${mode}`]),
      // A refresh is all there is to -refresh-only, so Terraform refuses to be told about it.
      ...(mode === "refresh-only" ? [] : [`-refresh=${refresh}`]),
      ...(remote ? ["-no-color"] : ["-json", ...(lock ? [`-lock-timeout=${lockSeconds}s`] : ["-lock=false"])]),
    ];
    return this.run(folder, args, options);
  }

  /** `terraform apply` of a saved plan, and of nothing else. */
  applyPlan(folder: string, plan: string, options: ApplyPlanOptions = {}): Promise<CommandResult> {
    const { lockSeconds = 10, wide = false } = options;
    const local = ["-json", `-lock-timeout=${lockSeconds}s`, ...(wide ? [PARALLELISM] : [])];
    const args = ["apply", "-input=false", ...(options.remote === true ? ["-no-color"] : local), plan];
    return this.run(folder, args, options, options.remote === true ? "leave" : "ask");
  }

  /** `terraform state pull`: the state as text, empty if there is none. It may hold secrets. */
  async statePull(folder: string, options: Options = {}): Promise<CommandResult & { readonly state: string }> {
    const startedAt = Date.now();
    const outcome = await this.execute(folder, ["state", "pull"], options);
    return { ...this.result(outcome, outcome.exitCode === 0, [], startedAt), state: outcome.stdout };
  }

  /** `terraform apply` of whatever the plan comes to: for places that may be changed unseen, such as the sandbox. */
  apply(folder: string, options: Options = {}): Promise<CommandResult> {
    return this.run(folder, ["apply", "-input=false", "-json", "-auto-approve", PARALLELISM], options);
  }

  /** `terraform destroy`, likewise unseen. */
  destroy(folder: string, options: Options = {}): Promise<CommandResult> {
    return this.run(folder, ["destroy", "-input=false", "-json", "-auto-approve", PARALLELISM], options);
  }

  /** `terraform show -json` of a saved plan: the plan's JSON as text. */
  async show(folder: string, plan: string, options: Options = {}): Promise<CommandResult & { readonly json: string }> {
    const startedAt = Date.now();
    const outcome = await this.execute(folder, ["show", "-json", plan], options);
    return { ...this.result(outcome, outcome.exitCode === 0, [], startedAt), json: outcome.stdout };
  }

  private async run(
    folder: string,
    args: readonly string[],
    options: Options,
    onInterrupt?: "ask" | "leave",
  ): Promise<CommandResult> {
    const startedAt = Date.now();
    const diagnostics: Diagnostic[] = [];
    let counts: Counts | undefined;
    const onLine = (line: string) => {
      const event = parseEvent(line);
      if (event?.kind === "diagnostic") diagnostics.push(event.diagnostic);
      if (event?.kind === "summary") counts = event.counts;
      if (event !== undefined) options.onEvent?.(event);
    };
    const outcome = await this.execute(folder, args, options, onLine, onInterrupt);
    const planned = args.includes("-detailed-exitcode");
    const changes = planned && outcome.exitCode === CHANGES;
    const result = this.result(outcome, outcome.exitCode === 0 || changes, diagnostics, startedAt, counts);
    return planned ? { ...result, changes } : result;
  }

  private execute(
    folder: string,
    args: readonly string[],
    { environment = this.environment, log }: Options,
    onLine?: (line: string) => void,
    onInterrupt?: "ask" | "leave",
  ): Promise<Outcome> {
    return this.children.run(this.binary.path, args, { cwd: folder, environment, onLine, onInterrupt, log });
  }

  private result(
    outcome: Outcome,
    ok: boolean,
    diagnostics: readonly Diagnostic[],
    startedAt: number,
    counts?: Counts,
  ): CommandResult {
    const silent = !ok && !diagnostics.some(({ severity }) => severity === "error");
    return {
      ok,
      diagnostics: silent ? [...diagnostics, unexplained(outcome)] : diagnostics,
      counts,
      canceled: !ok && this.children.interrupted,
      startedAt,
      seconds: (Date.now() - startedAt) / 1000,
    };
  }
}

/** Resources worked on at once. The waits are the provider's; more than Terraform's ten lets them overlap. */
const PARALLELISM = "-parallelism=30";

/** What `-detailed-exitcode` makes of a plan that has changes. */
const CHANGES = 2;

/** Whether a provider is not of the build that is locked. */
function isOtherBuild({ diagnostics }: CommandResult): boolean {
  return diagnostics.some(({ summary, detail }) =>
    /checksum|cached package|does not match/i.test(`${summary}\n${detail}`),
  );
}

/** A failure of which Terraform wrote no diagnostic: its own last words. */
function unexplained({ exitCode, stdout, stderr }: Outcome): Diagnostic {
  const words = stderr.trim() || stdout.trim();
  const summary = exitCode === null ? "Terraform was ended by a signal" : `Terraform failed with exit code ${exitCode}`;
  return { severity: "error", summary, detail: words.split("\n").slice(-LAST_LINES).join("\n") };
}

const LAST_LINES = 20;
