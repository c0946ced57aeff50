import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readBookmark } from "../../../tools/cloud/bookmark";
import { classifyApply, classifyRun, type RunOutcome } from "../../../tools/cloud/classify";
import type { CloudClient } from "../../../tools/cloud/client";
import { runIdIn, type CloudPlace } from "../../../tools/cloud/place";
import { surveyCloud, type CloudSurvey, type SurveyOptions } from "../../../tools/cloud/preflight";
import { watchRun } from "../../../tools/cloud/watch-run";
import { Children } from "../../../tools/terraform/children";
import { Terraform, type CommandResult } from "../../../tools/terraform/terraform";
import { writeStack, type RealCloud } from "./real-cloud";

/** A stack that is planned and applied as this project does it: its tools, and Terraform under them. */
export class ReviewedRun {
  readonly children = new Children();
  readonly terraform: Terraform;
  readonly place: CloudPlace;
  readonly folder: string;
  private readonly plan_: string;
  private readonly log: string;

  constructor(
    private readonly cloud: RealCloud,
    private readonly name: string,
    private readonly content: Readonly<Record<string, unknown>>,
  ) {
    this.folder = writeStack(join(cloud.folder, "ours"), name, content);
    this.place = { hostname: "app.terraform.io", organization: "acme-org", workspace: name };
    const binary = { path: cloud.terraform, version: "1.11.4" };
    this.terraform = new Terraform(binary, this.children, cloud.environment, join(cloud.folder, "cache"));
    this.plan_ = join(cloud.folder, `${name}.tfplan`);
    this.log = join(cloud.folder, `${name}.log`);
  }

  /** Looks at what stands in the way. */
  survey(purpose: SurveyOptions["purpose"] = "plan"): Promise<CloudSurvey> {
    const cloud = { organization: "acme-org", workspaces: { name: this.name } };
    const stack = { name: this.name, document: { ...this.content, terraform: { cloud } } };
    const { environment } = this.cloud;
    return surveyCloud([stack], { environment, children: new Children(), terraformVersion: "1.11.4", purpose });
  }

  /** Saves a plan, and says how its run came out. */
  async plan(options: { readonly limitSeconds?: number } = {}): Promise<{ cli: CommandResult; outcome: RunOutcome }> {
    await this.terraform.init(this.folder, []);
    const { log } = this;
    const cli = await this.terraform.plan(this.folder, { out: this.plan_, refresh: true, remote: true, log });
    const runId = readBookmark(this.plan_)?.runId ?? runIdIn(readFileSync(log, "utf8"));
    if (runId === undefined) throw new Error(`no run was made: ${JSON.stringify(cli.diagnostics)}`);
    const client = await this.client();
    const watched = await watchRun(client, runId, { until: "planned", limitSeconds: 30, ...options });
    return { cli, outcome: await classifyRun(client, runId, watched, { place: this.place, goal: "planned" }) };
  }

  /** Applies the saved plan, and says how its run came out. */
  async apply(): Promise<{ cli: CommandResult; outcome: RunOutcome }> {
    const cli = await this.terraform.applyPlan(this.folder, this.plan_, { remote: true });
    return { cli, outcome: await this.outcome() };
  }

  /** How the run of the saved plan has come out by now, or will have within that time. */
  async outcome(patienceSeconds = 0): Promise<RunOutcome> {
    const runId = readBookmark(this.plan_)?.runId;
    if (runId === undefined) throw new Error("no plan was saved");
    return classifyApply(await this.client(), runId, this.place, { patienceSeconds });
  }

  private async client(): Promise<CloudClient> {
    const client = (await this.survey()).clients.get("app.terraform.io");
    if (client === undefined) throw new Error("there is no client");
    return client;
  }
}
