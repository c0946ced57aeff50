import { NO_COUNTS, type ApplyResult, type Job, type PlanResult, type Runner } from "./model";

/** Plans and applies nothing: it says what a test wants it to say. */
export class StillRunner implements Runner {
  /** What the log of a plan says. */
  planLog = "Terraform v1.11.4\n";
  /** What the log of an apply says. */
  applyLog = "Terraform v1.11.4\n";
  planned: PlanResult = {
    ok: true,
    hasChanges: true,
    counts: { ...NO_COUNTS, additions: 1 },
    json: '{"format_version":"1.2"}',
    redacted: undefined,
  };
  /** Whether an apply succeeds. */
  applies = true;
  private serial = 0;

  async plan({ write }: Job): Promise<PlanResult> {
    write(this.planLog);
    await Promise.resolve();
    return this.planned;
  }

  async apply({ write }: Job): Promise<ApplyResult> {
    write(this.applyLog);
    await Promise.resolve();
    this.serial += 1;
    const state = JSON.stringify({ version: 4, serial: this.serial, lineage: "one", outputs: {}, resources: [] });
    return { ok: this.applies, counts: this.planned.counts, state };
  }

  forget(): void {
    // It keeps nothing of a run.
  }
}
