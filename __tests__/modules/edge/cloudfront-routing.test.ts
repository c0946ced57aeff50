import { runInNewContext } from "node:vm";
import { ROUTING_FUNCTIONS, type SiteRouting } from "../../../modules/edge/cloudfront-routing";

interface ViewerRequest {
  readonly uri: string;
  readonly querystring: Readonly<Record<string, unknown>>;
}

/** Runs the function as CloudFront does: its source, and then `handler` with the event of a viewer's request. */
function rewritten(routing: SiteRouting, uri: string): ViewerRequest {
  const request = { method: "GET", uri, querystring: { page: { value: "2" } }, headers: {} };
  const event = { version: "1.0", context: { eventType: "viewer-request" }, request };
  return runInNewContext(`${ROUTING_FUNCTIONS[routing]}; handler(event)`, { event }) as ViewerRequest;
}

const PAGES = ["/", "/orders", "/orders/", "/orders/17/edit", "/v1.2/orders"];
const FILES = [
  "/index.html",
  "/favicon.ico",
  "/assets/app.3f2a.js",
  "/.well-known/security.txt",
  "/robots.txt",
  "/.env",
];

describe("ROUTING_FUNCTIONS", () => {
  test.each(PAGES)("spa answers %s with /index.html", (uri) => {
    expect(rewritten("spa", uri).uri).toBe("/index.html");
  });

  test.each([
    ["/", "/index.html"],
    ["/orders", "/orders/index.html"],
    ["/orders/", "/orders/index.html"],
    ["/v1.2/orders", "/v1.2/orders/index.html"],
  ])("folders answers %s with %s", (uri, file) => {
    expect(rewritten("folders", uri).uri).toBe(file);
  });

  test.each(["spa", "folders"] as const)(
    "%s leaves files as they are, and what has no dot below .well-known",
    (routing) => {
      for (const uri of [...FILES, "/.well-known/apple-app-site-association"]) {
        expect(rewritten(routing, uri).uri).toBe(uri);
      }
    },
  );

  test.each(["spa", "folders"] as const)("%s never asks the bucket for its list", (routing) => {
    for (const uri of ["/", "//", "/a//", "/?"]) expect(rewritten(routing, uri).uri).toMatch(/[^/]$/);
  });

  test.each(["spa", "folders"] as const)("%s keeps the query", (routing) => {
    expect(rewritten(routing, "/orders").querystring).toEqual({ page: { value: "2" } });
  });

  test.each(["spa", "folders"] as const)("%s is within the 10 KB of a CloudFront Function", (routing) => {
    expect(Buffer.byteLength(ROUTING_FUNCTIONS[routing])).toBeLessThan(10_240);
  });
});
