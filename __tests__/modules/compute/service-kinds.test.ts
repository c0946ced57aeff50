import {
  type AnyService,
  isBlueGreen,
  isRouted,
  serviceHosts,
  servicesByHost,
} from "../../../modules/compute/service-kinds";

const worker: AnyService = { kind: "fargate" };
const api: AnyService = { kind: "fargate", routing: { hosts: ["api.example.com", "*.example.com"], priority: 1 } };
const swapped: AnyService = { ...api, deployment: { kind: "blue-green" } };
const host: AnyService = { kind: "docker-host", hosts: ["a.example.com", "b.example.com"] };
const hosted: AnyService = { kind: "render", hosts: ["c.example.com"] };

test("isRouted tells whether a service answers through the load balancer", () => {
  expect(isRouted({ worker, api })).toBe(true);
  expect(isRouted({ worker, host, hosted })).toBe(false);
  expect(isRouted({})).toBe(false);
});

test("isBlueGreen tells whether CodeDeploy releases a service", () => {
  expect(isBlueGreen({ worker, swapped })).toBe(true);
  expect(isBlueGreen({ worker, api: { ...api, deployment: { kind: "rolling" } } })).toBe(false);
});

test("servicesByHost names the service behind each public name of a host, and no other", () => {
  expect(servicesByHost({ api, web: host, hosted })).toEqual({ "a.example.com": "web", "b.example.com": "web" });
});

test("serviceHosts lists every name once, without wildcards", () => {
  expect(serviceHosts({ worker, api, again: api, host, hosted })).toEqual([
    "api.example.com",
    "a.example.com",
    "b.example.com",
    "c.example.com",
  ]);
});
