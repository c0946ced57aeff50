import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { calm, Faults, type Behaviour } from "./behaviour";
import { Calls } from "./calls";
import { errors } from "./json-api";
import { Lifecycle } from "./lifecycle";
import type { Caller, Run, Runner, Step, Workspace } from "./model";
import { Router, type Answer } from "./router";
import { checkRoutes } from "./routes/checks";
import { organizationRoutes } from "./routes/organizations";
import { planRoutes } from "./routes/plans";
import { makeRun, runRoutes } from "./routes/runs";
import { stateRoutes } from "./routes/states";
import { uploadRoutes } from "./routes/uploads";
import { workspaceRoutes } from "./routes/workspaces";
import { Store } from "./store";

const API = "/api/v2";
const BLOBS = "/blobs";
const TOKEN = "user-token";
const NOBODY: Caller = { token: "", kind: "user", name: "", denied: [] };

/**
 * Terraform Cloud's API on loopback, plain HTTP: enough of it for an unmodified Terraform CLI and for this project. What it answers is taken from the
 * public documentation and from what the CLI asks; it proves what clients do with such answers, and nothing about the real service.
 */
export class TfeEmulator {
  readonly store = new Store();
  readonly behaviour: Behaviour = calm();
  readonly faults = new Faults();
  readonly calls = new Calls();
  readonly lifecycle: Lifecycle;
  /** Token of a person who may do everything. */
  readonly token = TOKEN;
  private readonly api = new Router();
  private readonly blobs = new Router();
  private server: Server | undefined;

  constructor(runner: Runner) {
    const { store, behaviour, api, blobs } = this;
    this.lifecycle = new Lifecycle(store, behaviour, runner);
    store.addCaller({ token: TOKEN, kind: "user", name: "ann", denied: [] });
    organizationRoutes(api, store);
    workspaceRoutes(api, store, this.lifecycle);
    uploadRoutes(api, blobs, store, behaviour);
    runRoutes(api, store, this.lifecycle, behaviour);
    planRoutes(api, blobs, store, behaviour);
    stateRoutes(api, blobs, store);
    checkRoutes(api, store, this.lifecycle);
  }

  /** Begins to listen. */
  async start(): Promise<void> {
    const server = createServer((request, response) => void this.serve(request, response));
    this.server = server;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    // Another host than the API's, so that whoever follows a redirect crosses an origin as they do at HCP.
    this.store.blobUrl = `http://localhost:${this.port}${BLOBS}`;
  }

  /** Stops; throws if a token was sent to an address that is open to whoever knows it. */
  async stop(): Promise<void> {
    this.lifecycle.stop();
    this.server?.closeAllConnections();
    await new Promise<void>((resolve) => (this.server === undefined ? resolve() : this.server.close(() => resolve())));
    if (this.calls.leaks.length > 0)
      throw new Error(`an Authorization header was sent to ${this.calls.leaks.join(", ")}`);
  }

  get port(): number {
    return (this.server?.address() as AddressInfo).port;
  }

  /** Base of the API, with a slash at its end. */
  get url(): string {
    return `http://127.0.0.1:${this.port}${API}/`;
  }

  /** Makes a run without running anything; it takes a step of its script whenever it is read. */
  scripted(workspace: Workspace, script: readonly Step[], attributes: Readonly<Record<string, unknown>> = {}): Run {
    const run = makeRun(this.store, workspace, attributes, "", "ann");
    run.script.push(...script);
    return run;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://emulator");
    const method = request.method ?? "GET";
    const body = await bytesOf(request);
    const token = request.headers.authorization?.replace(/^Bearer /, "");
    const caller = token === undefined ? undefined : this.store.callers.get(token);
    const record = (status: number) =>
      this.calls.all.push({ method, path: `${url.pathname}${url.search}`, status, caller: caller?.name });

    const mishap = this.faults.take(method, `${url.pathname}${url.search}`);
    if (mishap?.kind === "delay") await new Promise((resolve) => setTimeout(resolve, mishap.milliseconds));
    if (mishap?.kind === "drop" || mishap?.kind === "hang") {
      record(0);
      if (mishap.kind === "drop") request.socket.destroy();
      return;
    }
    const answer: Answer =
      mishap?.kind === "answer"
        ? { status: mishap.status, headers: mishap.headers, body: mishap.body as Answer["body"] }
        : this.answer(method, url, body, caller, token !== undefined);
    record(answer.status);
    this.send(response, answer);
  }

  private answer(method: string, url: URL, body: Buffer, caller: Caller | undefined, hasToken: boolean): Answer {
    const { pathname, searchParams: query } = url;
    if (pathname === "/.well-known/terraform.json") {
      return { status: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(this.services()) };
    }
    const isBlob = pathname.startsWith(`${BLOBS}/`);
    const path = pathname.slice((isBlob ? BLOBS : API).length);
    // Terraform itself sends its token where it downloads a state.
    if (isBlob && hasToken && !path.startsWith("/states/")) this.calls.leaks.push(`${method} ${pathname}`);
    if (!isBlob && caller === undefined && path !== "/ping") return { status: 401, body: errors(401, "unauthorized") };
    const route = (isBlob ? this.blobs : this.api).find(method, path);
    if (route === undefined) return { status: 404, body: errors(404, "not found") };
    return route.handler({ method, path, query, params: route.params, body, caller: caller ?? NOBODY });
  }

  /** What the host offers, as its discovery document says it. */
  services(): Readonly<Record<string, string>> {
    return { "tfe.v2": this.url, "tfe.v2.1": this.url, "tfe.v2.2": this.url, "state.v2": this.url };
  }

  private send(response: ServerResponse, { status, headers = {}, body }: Answer): void {
    const { apiVersion, appName } = this.behaviour;
    const isText = typeof body === "string" || Buffer.isBuffer(body);
    response.writeHead(status, {
      "content-type": isText ? "text/plain" : "application/vnd.api+json",
      "tfp-api-version": apiVersion,
      "tfp-appname": appName,
      "x-ratelimit-limit": "30",
      "x-ratelimit-remaining": "29",
      "x-ratelimit-reset": "0.0",
      ...headers,
    });
    response.end(body === undefined ? undefined : isText ? body : JSON.stringify(body));
  }
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
