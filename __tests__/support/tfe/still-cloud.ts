import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudClient } from "../../../tools/cloud/client";
import type { SendingOptions } from "../../../tools/cloud/sending";
import { cliConfig } from "./cli-config";
import { TfeEmulator } from "./emulator";
import type { Run, Workspace } from "./model";
import { StillRunner } from "./still-runner";

/** The emulator without Terraform: runs come and go as a test says, at once. */
export class StillCloud {
  readonly runner = new StillRunner();
  readonly emulator = new TfeEmulator(this.runner);
  /** Pauses that were asked for, in milliseconds; none is made. */
  readonly pauses: number[] = [];
  readonly home = mkdtempSync(join(tmpdir(), "groundplan-home-"));
  /** How requests are sent: without pauses, and without chance. */
  readonly sending: SendingOptions = {
    random: () => 0,
    wait: async (milliseconds, signal) => {
      this.pauses.push(milliseconds);
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
    },
  };

  async start(): Promise<void> {
    await this.emulator.start();
    this.emulator.behaviour.paceMilliseconds = 1;
    this.emulator.store.addOrganization("acme-org");
    this.configure(this.emulator.token);
  }

  async stop(): Promise<void> {
    rmSync(this.home, { recursive: true });
    await this.emulator.stop();
  }

  /** Writes the CLI configuration, with that token or none. */
  configure(token: string | undefined): void {
    const text = cliConfig({ services: this.emulator.services(), token });
    writeFileSync(join(this.home, "cli.tfrc"), text, { mode: 0o600 });
  }

  /** Environment of a Terraform that would talk to the emulator. */
  get environment(): NodeJS.ProcessEnv {
    return { HOME: this.home, PATH: process.env["PATH"], TF_CLI_CONFIG_FILE: join(this.home, "cli.tfrc") };
  }

  client(token = this.emulator.token): CloudClient {
    return new CloudClient({ host: "app.terraform.io", api: new URL(this.emulator.url), token }, this.sending);
  }

  workspace(name = "acme-net", settings: Partial<Workspace> = {}): Workspace {
    return this.emulator.store.addWorkspace("acme-org", name, settings);
  }

  /** A saved plan with changes, that waits to be confirmed. */
  savedPlan(workspace: Workspace): Run {
    const run = this.emulator.scripted(workspace, [], { "save-plan": true });
    run.plan.hasChanges = true;
    run.plan.status = "finished";
    for (const status of ["planning", "planned", "planned_and_saved"]) this.emulator.lifecycle.become(run, status);
    run.settled = true;
    return run;
  }

  /** A saved plan that is made as the service makes one, at its own pace. */
  async begin(
    workspace: Workspace,
    attributes: Readonly<Record<string, unknown>> = { "save-plan": true },
  ): Promise<Run> {
    const run = this.emulator.scripted(workspace, [], attributes);
    this.emulator.lifecycle.tick(workspace);
    await Promise.resolve();
    return run;
  }
}
