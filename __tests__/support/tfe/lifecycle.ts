import { setTimeout as sleep } from "node:timers/promises";
import type { Behaviour } from "./behaviour";
import { NO_COUNTS, type Run, type Runner, type Workspace } from "./model";
import { addState } from "./states";
import { FINAL } from "./statuses";
import type { Store } from "./store";

const STX = "\u0002";
const ETX = "\u0003";

/** Moves runs from status to status, as HCP does: one current run to a workspace, plans that only look and saved plans beside it. */
export class Lifecycle {
  private readonly started = new Set<string>();
  private readonly working = new Map<string, AbortController>();
  private readonly listeners = new Set<(run: Run) => void>();
  private readonly gates = new Set<() => void>();
  private readonly ended = new AbortController();

  constructor(
    private readonly store: Store,
    private readonly behaviour: Behaviour,
    private readonly runner: Runner,
  ) {}

  /** Starts what may start in a workspace. */
  tick(workspace: Workspace): void {
    for (const run of this.store.runsOf(workspace.id)) {
      if (run.status !== "pending" || this.started.has(run.id) || run.script.length > 0) continue;
      const beside = run.planOnly || run.savePlan;
      if (!beside) {
        if (workspace.currentRun !== undefined || workspace.lock !== undefined) continue;
        occupy(workspace, run);
      }
      this.started.add(run.id);
      void this.guard(run, () => this.planPhase(run, workspace));
    }
  }

  /** Lets runs go on that were held. */
  release(): void {
    this.behaviour.holdPending = false;
    this.behaviour.holdConfirmed = false;
    for (const open of this.gates) open();
    this.gates.clear();
  }

  /** Sets a run's status. */
  become(run: Run, status: string): void {
    run.status = status;
    run.history.push({ status, at: new Date().toISOString() });
    run.events.push({ id: this.store.id("re"), action: status, at: new Date().toISOString() });
    if (FINAL.has(status)) this.finish(run);
    for (const listener of this.listeners) listener(run);
  }

  /** Confirms a run that waits for it. */
  confirm(run: Run): void {
    run.settled = false;
    this.become(run, "confirmed");
    const workspace = this.workspaceOf(run);
    void this.guard(run, () => this.applyPhase(run, workspace));
  }

  discard(run: Run): void {
    this.become(run, "discarded");
  }

  /** Interrupts a run, which ends when what it does has ended in good order. */
  cancel(run: Run): void {
    run.cancelAskedAt = Date.now();
    const work = this.working.get(run.id);
    if (work !== undefined) return work.abort();
    this.become(run, "canceled");
  }

  forceCancel(run: Run): void {
    this.working.get(run.id)?.abort();
    this.become(run, "force_canceled");
  }

  /** Takes the next step of a scripted run. */
  step(run: Run): void {
    const next = run.script.shift();
    if (next === undefined) return;
    if (next.settled !== undefined) run.settled = next.settled;
    next.then?.(run);
    if (next.status !== run.status) this.become(run, next.status);
  }

  /** Decides what is pending after checks: the way of a person who overrides them. */
  override(run: Run): void {
    if (run.policy?.status === "soft_failed") run.policy.status = "overridden";
    if (run.tasks?.status === "awaiting_override") run.tasks.status = "passed";
    this.become(run, run.policy === undefined ? "post_plan_completed" : "policy_checked");
    this.settle(run);
  }

  /** Resolves once a run is as wanted. */
  reached(wanted: (run: Run) => boolean): Promise<Run> {
    const there = [...this.store.runs.values()].find(wanted);
    if (there !== undefined) return Promise.resolve(there);
    return new Promise((resolve) => {
      const listener = (run: Run) => {
        if (!wanted(run)) return;
        this.listeners.delete(listener);
        resolve(run);
      };
      this.listeners.add(listener);
    });
  }

  /** Ends everything that goes on. */
  stop(): void {
    this.ended.abort();
    for (const work of this.working.values()) work.abort();
    this.release();
  }

  private async planPhase(run: Run, workspace: Workspace): Promise<void> {
    await this.gate(() => this.behaviour.holdPending);
    if (run.status !== "pending") return;
    for (const status of ["fetching", "fetching_completed", "queuing", "plan_queued", "planning"]) {
      await this.pace();
      if (this.isOver(run)) return;
      this.become(run, status);
    }
    run.plan.status = "running";
    const archive = this.store.configurationVersions.get(run.configurationVersion)?.archive ?? Buffer.alloc(0);
    const { canceled, result } = await this.work(run, run.plan.log, (signal, write) =>
      this.runner.plan({ run, workspace, archive, state: workspace.states.at(-1)?.text, signal, write }),
    );
    if (this.isOver(run)) return;
    if (canceled || result === undefined || !result.ok) {
      run.plan.status = canceled ? "canceled" : "errored";
      return this.become(run, canceled ? "canceled" : "errored");
    }
    Object.assign(run.plan, {
      status: "finished",
      hasChanges: result.hasChanges,
      counts: result.counts,
      json: result.json,
      redacted: result.redacted,
    });
    this.become(run, "planned");
    if (await this.checked(run)) this.settle(run);
  }

  /** Tasks, cost and policies. False if the run ended or has to wait for a person. */
  private async checked(run: Run): Promise<boolean> {
    const { tasks, cost, policy } = run;
    const { checks } = this.workspaceOf(run);
    if (tasks !== undefined) {
      this.become(run, "post_plan_running");
      await this.pace();
      tasks.status = checks.tasks ?? "passed";
      if (tasks.status === "awaiting_override") return this.halt(run, "post_plan_awaiting_decision");
      if (tasks.status === "failed") return this.halt(run, "errored");
      this.become(run, "post_plan_completed");
    }
    if (cost !== undefined) {
      this.become(run, "cost_estimating");
      await this.pace();
      cost.status = "finished";
      this.become(run, "cost_estimated");
    }
    if (policy !== undefined) {
      this.become(run, "policy_checking");
      await this.pace();
      policy.status = checks.policy ?? "passed";
      if (policy.status === "hard_failed") return this.halt(run, "errored");
      if (policy.status === "soft_failed")
        return this.halt(run, run.planOnly ? "policy_soft_failed" : "policy_override");
      this.become(run, "policy_checked");
    }
    return !this.isOver(run);
  }

  private halt(run: Run, status: string): boolean {
    if (!this.isOver(run)) this.become(run, status);
    return false;
  }

  private settle(run: Run): void {
    if (run.planOnly || !run.plan.hasChanges) return this.become(run, "planned_and_finished");
    if (run.autoApply) return this.confirm(run);
    run.settled = true;
    if (run.savePlan) this.become(run, "planned_and_saved");
    else for (const listener of this.listeners) listener(run);
  }

  private async applyPhase(run: Run, workspace: Workspace): Promise<void> {
    await this.gate(() => this.behaviour.holdConfirmed);
    while (workspace.currentRun !== undefined && workspace.currentRun !== run.id) await this.pace();
    if (this.isOver(run)) return;
    occupy(workspace, run);
    for (const status of ["queuing_apply", "apply_queued", "applying"]) {
      await this.pace();
      if (this.isOver(run)) return;
      this.become(run, status);
    }
    run.apply.status = "running";
    const archive = this.store.configurationVersions.get(run.configurationVersion)?.archive ?? Buffer.alloc(0);
    const { canceled, result } = await this.work(run, run.apply.log, (signal, write) =>
      this.runner.apply({ run, workspace, archive, state: workspace.states.at(-1)?.text, signal, write }),
    );
    if (result?.state !== undefined && result.state !== workspace.states.at(-1)?.text) {
      addState(this.store, workspace, result.state, run.id);
      this.discardSavedPlans(workspace, run);
    }
    if (this.isOver(run)) return;
    const ok = result?.ok === true && !canceled;
    run.apply.counts = result?.counts ?? NO_COUNTS;
    run.apply.status = ok ? "finished" : canceled ? "canceled" : "errored";
    this.become(run, ok ? "applied" : canceled ? "canceled" : "errored");
  }

  /** A saved plan is of a state that is gone once another run has changed it. */
  private discardSavedPlans(workspace: Workspace, by: Run): void {
    const others = this.store.runsOf(workspace.id).filter((run) => run !== by && run.status === "planned_and_saved");
    for (const run of others) this.discard(run);
  }

  private async work<T>(
    run: Run,
    log: { bytes: Buffer },
    job: (signal: AbortSignal, write: (text: string) => void) => Promise<T>,
  ): Promise<{ canceled: boolean; result: T | undefined }> {
    const controller = new AbortController();
    this.working.set(run.id, controller);
    const write = (text: string) => void (log.bytes = Buffer.concat([log.bytes, Buffer.from(text)]));
    write(STX);
    try {
      const result = await job(controller.signal, write);
      return { canceled: controller.signal.aborted, result };
    } finally {
      if (this.behaviour.endOfText) write(ETX);
      this.working.delete(run.id);
    }
  }

  private finish(run: Run): void {
    run.settled = false;
    if (run.plan.status === "pending") run.plan.status = "unreachable";
    if (run.apply.status === "pending") run.apply.status = "unreachable";
    const workspace = this.workspaceOf(run);
    this.runner.forget(run);
    if (workspace.currentRun === run.id) workspace.currentRun = undefined;
    queueMicrotask(() => this.tick(workspace));
  }

  private isOver(run: Run): boolean {
    return FINAL.has(run.status) || this.ended.signal.aborted;
  }

  private workspaceOf(run: Run): Workspace {
    const workspace = this.store.workspaces.get(run.workspace);
    if (workspace === undefined) throw new Error(`${run.id} is in no workspace`);
    return workspace;
  }

  private async gate(isClosed: () => boolean): Promise<void> {
    while (isClosed() && !this.ended.signal.aborted) await new Promise<void>((resolve) => this.gates.add(resolve));
  }

  private pace(): Promise<void> {
    return sleep(this.behaviour.paceMilliseconds);
  }

  private async guard(run: Run, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      run.plan.log.bytes = Buffer.concat([run.plan.log.bytes, Buffer.from(`${String(error)}\n${ETX}`)]);
      if (!FINAL.has(run.status)) this.become(run, "errored");
    }
  }
}

function occupy(workspace: Workspace, run: Run): void {
  workspace.currentRun = run.id;
  workspace.latestRun = run.id;
}
