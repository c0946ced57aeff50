import type { JsonObject } from "../../../tools/json";
import { objectOf, stringOf } from "../../../tools/json";
import type { Body, Caller } from "./model";

/** A request as a route gets it. */
export interface Request {
  readonly method: string;
  /** Without the base of the API. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly params: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly caller: Caller;
}

/** What a route answers. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON:API, text and bytes as they are. */
  readonly body?: JsonObject | string | Buffer;
}

export type Handler = (request: Request) => Answer;

interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly handler: Handler;
}

/** Finds the handler of a request. */
export class Router {
  private readonly routes: Route[] = [];

  /** A route; `:name` stands for one part of the path. */
  on(method: string, path: string, handler: Handler): void {
    const names = [...path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? "");
    const pattern = new RegExp(`^${path.replaceAll(/:\w+/g, "([^/]+)")}$`);
    this.routes.push({ method, pattern, names, handler });
  }

  find(method: string, path: string): { handler: Handler; params: Record<string, string> } | undefined {
    for (const route of this.routes) {
      const match = route.method === method ? route.pattern.exec(path) : null;
      if (match === null) continue;
      const params = Object.fromEntries(
        route.names.map((name, index) => [name, decodeURIComponent(match[index + 1] ?? "")]),
      );
      return { handler: route.handler, params };
    }
    return undefined;
  }
}

/** The body of a request to make or change something. */
export function bodyOf({ body }: Request): Body {
  const data = body.length === 0 ? {} : objectOf(objectOf(JSON.parse(body.toString("utf8")))["data"]);
  const relationships = objectOf(data["relationships"]);
  return {
    attributes: objectOf(data["attributes"]),
    related: (name) => stringOf(objectOf(objectOf(relationships[name])["data"])["id"]),
  };
}
