import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A comment as GitHub keeps it. */
interface Comment {
  readonly id: number;
  readonly user: string;
  body: string;
}

/** What GitHub's API answers instead, once: a status, headers, and the message. */
interface Fault {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly message?: string;
}

/** As much of GitHub's API as a comment on a pull request takes. */
export class GitHub {
  readonly comments: Comment[] = [];
  /** Method and path of each request, in order. */
  readonly requests: string[] = [];
  /** Answers to the next requests whose method they name. */
  readonly faults: Array<readonly [method: string, fault: Fault]> = [];
  /** Whom the token is of; a workflow's may not ask. */
  login: string | undefined;
  pageSize = 100;
  /** Where the next page is said to be. */
  nextBase: string | undefined;
  private server: Server | undefined;

  get url(): string {
    return `http://127.0.0.1:${(this.server?.address() as AddressInfo).port}`;
  }

  async start(): Promise<void> {
    this.server = createServer((request, response) => {
      void bodyOf(request).then((body) => {
        const { status, headers = {}, value } = this.answer(request, body);
        response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(value));
      });
    });
    await new Promise<void>((resolve) => this.server?.listen(0, "127.0.0.1", resolve));
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => this.server?.close(resolve));
  }

  private answer(request: IncomingMessage, body: string) {
    const { method = "", url = "", headers } = request;
    this.requests.push(`${method} ${url}`);
    const fault = this.faults[0];
    if (fault?.[0] === method) {
      this.faults.shift();
      const { status, headers: own, message = "no" } = fault[1];
      return { status, headers: own, value: { message } };
    }
    if (headers.authorization !== "Bearer secret-token") return { status: 401, value: { message: "Bad credentials" } };
    if (url === "/user") {
      return this.login === undefined
        ? { status: 403, value: { message: "Resource not accessible by integration" } }
        : { status: 200, value: { login: this.login } };
    }
    const [path = "", query] = url.split("?");
    if (method === "GET" && path === "/repos/acme/infra/issues/7/comments") return this.page(path, query);
    if (method === "POST" && path === "/repos/acme/infra/issues/7/comments") {
      const comment = { id: this.comments.length + 1, user: this.login ?? "github-actions[bot]", body: textIn(body) };
      this.comments.push(comment);
      return { status: 201, value: shown(comment) };
    }
    const found = this.comments.find(({ id }) => path === `/repos/acme/infra/issues/comments/${id}`);
    if (method === "PATCH" && found !== undefined) {
      found.body = textIn(body);
      return { status: 200, value: shown(found) };
    }
    return { status: 404, value: { message: "Not Found" } };
  }

  private page(path: string, query: string | undefined) {
    const page = Number(new URLSearchParams(query).get("page") ?? 1);
    const start = (page - 1) * this.pageSize;
    const more = this.comments.length > start + this.pageSize;
    const next = `<${this.nextBase ?? this.url}${path}?page=${page + 1}>; rel="next"`;
    return {
      status: 200,
      headers: more ? { link: next } : {},
      value: this.comments.slice(start, start + this.pageSize).map(shown),
    };
  }
}

function shown({ id, user, body }: Comment) {
  return { id, user: { login: user }, body, html_url: `https://github.com/acme/infra/pull/7#issuecomment-${id}` };
}

function textIn(body: string): string {
  return (JSON.parse(body) as { readonly body: string }).body;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}
