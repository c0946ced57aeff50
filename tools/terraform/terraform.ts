import { rmSync } from "node:fs";
import { join } from "node:path";
import { objectOf, listOf } from "../json";
import type { ProviderNeed } from "../plan/stack";
import type { Binary } from "./binary";
import type { Children, Outcome } from "./children";
import { diagnosticOf, parseEvent, type Counts, type Diagnostic, type UiEvent } from "./events";
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
  /** When it began and how long it ran. */
  readonly startedAt: number;
  readonly seconds: number;
}

interface Options {
  /** Called with each event as it comes. */
  readonly onEvent?: (event: UiEvent) => void;
  /** The whole environment, instead of the common one. */
  readonly environment?: NodeJS.ProcessEnv;
}

interface PlanOptions extends Options {
  /** File to save the plan in, relative to the stack's folder. */
  readonly out: string;
  /** Whether to read every resource anew first. */
  readonly refresh: boolean;
}

/** The Terraform CLI, for any number of stacks at once. */
export class Terraform {
  private initializing: Promise<unknown> = Promise.resolve();
  private readonly locks: LockFiles;

  /** `environment` is the whole environment of a command that is given no other; `cacheFolder` keeps what stacks share. */
  constructor(
    readonly binary: Binary,
    private readonly children: Children,
    private readonly environment: NodeJS.ProcessEnv,
    cacheFolder: string,
  ) {
    this.locks = new LockFiles(join(cacheFolder, "locks"));
  }

  /** Whether the commands were told to stop. */
  get interrupted(): boolean {
    return this.children.interrupted;
  }

  /** `terraform init`. One at a time, because Terraform's plugin cache does not bear two. */
  init(folder: string, needs: readonly ProviderNeed[], options: Options = {}): Promise<CommandResult> {
    const turn = this.initializing.then(async () => {
      const offered = this.locks.offer(folder, needs);
      const args = ["init", "-input=false", "-json"];
      let result = await this.run(folder, args, options);
      if (!result.ok && !result.canceled && offered) {
        // The remembered entries may be of another build of the provider than the one at hand.
        rmSync(join(folder, ".terraform.lock.hcl"), { force: true });
        result = await this.run(folder, args, options);
      }
      if (result.ok) this.locks.remember(folder, needs);
      return result;
    });
    this.initializing = turn.catch(() => undefined);
    return turn;
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

  /** `terraform plan`, saved. Its counts say whether it has changes. */
  plan(folder: string, { out, refresh, ...options }: PlanOptions): Promise<CommandResult> {
    return this.run(
      folder,
      ["plan", "-input=false", "-json", `-out=${out}`, `-refresh=${refresh}`, "-lock-timeout=10s"],
      options,
    );
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

  private async run(folder: string, args: readonly string[], options: Options): Promise<CommandResult> {
    const startedAt = Date.now();
    const diagnostics: Diagnostic[] = [];
    let counts: Counts | undefined;
    const outcome = await this.execute(folder, args, options, (line) => {
      const event = parseEvent(line);
      if (event?.kind === "diagnostic") diagnostics.push(event.diagnostic);
      if (event?.kind === "summary") counts = event.counts;
      if (event !== undefined) options.onEvent?.(event);
    });
    return this.result(outcome, outcome.exitCode === 0, diagnostics, startedAt, counts);
  }

  private execute(
    folder: string,
    args: readonly string[],
    { environment = this.environment }: Options,
    onLine?: (line: string) => void,
  ): Promise<Outcome> {
    return this.children.run(this.binary.path, args, { cwd: folder, environment, onLine });
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

/** A failure of which Terraform wrote no diagnostic: its own last words. */
function unexplained({ exitCode, stdout, stderr }: Outcome): Diagnostic {
  const words = stderr.trim() || stdout.trim();
  const summary = exitCode === null ? "Terraform was ended by a signal" : `Terraform failed with exit code ${exitCode}`;
  return { severity: "error", summary, detail: words.split("\n").slice(-LAST_LINES).join("\n") };
}

const LAST_LINES = 20;
