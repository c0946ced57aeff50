import { objectOf, numberOf, stringOf } from "../json";
import { CloudError, unauthorized } from "./cloud-error";
import { errorIn, resourceIn, resourcesIn, type Resource } from "./json-api";
import { runOf, type Run } from "./run";
import { jsonOf, send, type Incoming, type SendingOptions } from "./sending";
import { workspaceOf, type Workspace } from "./workspace";

/** Where the API is, and who calls. */
export interface Connection {
  /** Host name for people. */
  readonly host: string;
  /** Base of the API, with a slash at its end. */
  readonly api: URL;
  readonly token: string;
}

/** What was found when a policy was checked. */
export interface PolicyCheck {
  readonly id: string;
  /** `passed`, `soft_failed`, `hard_failed`, `overridden` and others. */
  readonly status: string;
}

/** Tasks or policies between a plan and its confirmation. */
export interface TaskStage {
  readonly id: string;
  /** `passed`, `failed`, `awaiting_override` and others. */
  readonly status: string;
  /** Whether a policy is among what failed in it. */
  readonly policyFailed: boolean;
}

/** A state, by what tells it from others. */
export interface StateVersion {
  readonly id: string;
  readonly serial: number;
  /** As ISO 8601. */
  readonly createdAt: string;
  /** @default - no run made it */
  readonly runId?: string;
}

const MEDIA_TYPE = "application/vnd.api+json";

/**
 * Terraform Cloud's API, as far as this project calls it. It reads; and it discards a run, or cancels one that plans. It confirms nothing, which the Terraform CLI
 * does with a saved plan, and it never overrides what a policy or a task denied.
 */
export class CloudClient {
  constructor(
    readonly connection: Connection,
    private readonly options: SendingOptions = {},
  ) {}

  /** What an organization is entitled to, by name such as `operations`; undefined if there is none that the token may see. */
  async entitlements(organization: string): Promise<ReadonlySet<string> | undefined> {
    const resource = await this.read(`organizations/${encodeURIComponent(organization)}/entitlement-set`);
    if (resource === undefined) return undefined;
    return new Set(Object.entries(resource.attributes).flatMap(([name, has]) => (has === true ? [name] : [])));
  }

  /** A workspace with its current run and whoever locked it; undefined if there is none that the token may see. */
  async workspace(organization: string, name: string): Promise<Workspace | undefined> {
    const path = `organizations/${encodeURIComponent(organization)}/workspaces/${encodeURIComponent(name)}`;
    const resource = await this.read(`${path}?include=current_run,locked_by`);
    return resource && workspaceOf(resource);
  }

  /** Saved plans of a workspace that wait to be confirmed. Lists of runs may be asked for only thirty times a minute. */
  async savedPlans(workspaceId: string): Promise<Run[]> {
    const filter = "filter%5Boperation%5D=save_plan&filter%5Bstatus%5D=planned_and_saved";
    const answer = await this.get(`workspaces/${workspaceId}/runs?${filter}`);
    const runs = answer.status === 404 ? [] : resourcesIn(this.documentOf(answer)).map(runOf);
    return runs.filter(({ status, savePlan }) => savePlan && status === "planned_and_saved");
  }

  /** A run with its plan, its apply and its workspace; undefined if there is none that the token may see. */
  async run(id: string, signal?: AbortSignal): Promise<Run | undefined> {
    const resource = await this.read(`runs/${id}?include=plan,apply,workspace`, signal);
    return resource && runOf(resource);
  }

  async policyChecks(runId: string): Promise<PolicyCheck[]> {
    const answer = await this.get(`runs/${runId}/policy-checks`);
    const resources = answer.status === 404 ? [] : resourcesIn(this.documentOf(answer));
    return resources.map(({ id, attributes }) => ({ id, status: stringOf(attributes["status"]) ?? "" }));
  }

  async taskStages(runId: string): Promise<TaskStage[]> {
    const answer = await this.get(`runs/${runId}/task-stages`);
    if (answer.status === 404) return [];
    const stages = resourcesIn(this.documentOf(answer));
    return Promise.all(
      stages.map(async ({ id, attributes }) => {
        const status = stringOf(attributes["status"]) ?? "";
        const isOpen = status === "failed" || status === "awaiting_override";
        return { id, status, policyFailed: isOpen && (await this.hasFailedPolicy(id)) };
      }),
    );
  }

  /** A plan's JSON, as `terraform show -json` writes it; undefined while it is not ready. Needs the rights of the workspace's admin. */
  async planJson(planId: string, signal?: AbortSignal): Promise<string | undefined> {
    const answer = await this.get(`plans/${planId}/json-output`, signal);
    if (answer.status === 204) return undefined;
    if (answer.status === 404) {
      throw new CloudError(`the plan's JSON is not for this token`, 404, {
        tryThis: "use a token with admin rights on the workspace; an organization's token will not do",
      });
    }
    const location = answer.headers.get("location");
    const isElsewhere = answer.status >= 300 && answer.status < 400 && location !== null;
    // Whoever knows that address may read it for a minute; the token has no business there.
    const body = isElsewhere ? await this.getOpen(new URL(location, this.connection.api), signal) : answer;
    return this.checked(body, "the plan's JSON").bytes.toString("utf8");
  }

  /** Bytes of a log from an offset on; empty while there are no more. */
  async logChunk(url: string, offset: number, limit: number, signal?: AbortSignal): Promise<Buffer> {
    const address = new URL(url);
    address.searchParams.set("limit", String(limit));
    address.searchParams.set("offset", String(offset));
    const answer = await this.getOpen(address, signal);
    return answer.status === 404 ? Buffer.alloc(0) : this.checked(answer, "the log").bytes;
  }

  /** The present state of a workspace; undefined if there is none. */
  async currentState(workspaceId: string): Promise<StateVersion | undefined> {
    const resource = await this.read(`workspaces/${workspaceId}/current-state-version`);
    if (resource === undefined) return undefined;
    const { id, attributes } = resource;
    return {
      id,
      serial: numberOf(attributes["serial"]) ?? 0,
      createdAt: stringOf(attributes["created-at"]) ?? "",
      runId: resource.related("run")?.id,
    };
  }

  /** Discards a run, whatever it waits for. False if it is past that. */
  discard(runId: string): Promise<boolean> {
    return this.act(runId, "discard");
  }

  /** Cancels a run that plans. False if it is past that. Never to be called for one that applies: half an apply is worse than a whole one. */
  async cancelPlan(run: Run): Promise<boolean> {
    if (run.at["confirmed"] !== undefined || !run.can.cancel) return false;
    return this.act(run.id, "cancel");
  }

  private async hasFailedPolicy(stageId: string): Promise<boolean> {
    const answer = await this.get(`task-stages/${stageId}/policy-evaluations`);
    const evaluations = answer.status === 404 ? [] : resourcesIn(this.documentOf(answer));
    return evaluations.some(({ attributes }) => attributes["status"] === "failed");
  }

  private async act(runId: string, action: "discard" | "cancel"): Promise<boolean> {
    const answer = await this.send("POST", `runs/${runId}/actions/${action}`);
    return answer.status === 409 ? false : this.checked(answer, `to ${action} ${runId}`) !== undefined;
  }

  private async read(path: string, signal?: AbortSignal): Promise<Resource | undefined> {
    const answer = await this.get(path, signal);
    return answer.status === 404 ? undefined : resourceIn(this.documentOf(answer));
  }

  private get(path: string, signal?: AbortSignal): Promise<Incoming> {
    return this.send("GET", path, signal);
  }

  private async send(method: "GET" | "POST", path: string, signal?: AbortSignal): Promise<Incoming> {
    const { api, token, host } = this.connection;
    const headers = { authorization: `Bearer ${token}`, accept: MEDIA_TYPE, "content-type": MEDIA_TYPE };
    const answer = await send({ method, url: new URL(path, api), headers, signal }, this.options);
    if (answer.status === 401) throw unauthorized(host);
    return answer;
  }

  /** Without the token: what is at such an address is open to whoever knows it. */
  private getOpen(url: URL, signal?: AbortSignal): Promise<Incoming> {
    return send({ method: "GET", url, headers: {}, signal }, this.options);
  }

  private documentOf(answer: Incoming): unknown {
    return objectOf(jsonOf(this.checked(answer, "that"), this.connection.host));
  }

  private checked(answer: Incoming, what: string): Incoming {
    if (answer.status >= 200 && answer.status < 300) return answer;
    const { host } = this.connection;
    throw new CloudError(`${host} refuses ${what}: HTTP ${answer.status}${because(answer)}`, answer.status);
  }
}

function because({ bytes }: Incoming): string {
  try {
    const reason = errorIn(JSON.parse(bytes.toString("utf8")));
    return reason === undefined ? "" : `, ${reason}`;
  } catch {
    return ""; // no JSON, so nothing for people
  }
}
