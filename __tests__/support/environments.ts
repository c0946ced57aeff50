import type { Environment, Shared, System } from "../../envs/environment";

/** The least that the environments of a system share. */
export const shared: Shared = {
  project: "acme",
  accountId: "123456789012",
  region: "eu-west-3",
  images: { api: {} },
  cloudflareAccountId: "0123456789abcdef0123456789abcdef",
  repository: { owner: "acme", ownerId: 1001, repository: "platform", repositoryId: 2001 },
};

/** A small valid staging environment, with whatever a test changes about it. */
export function staging(overrides: Partial<Environment> = {}): Environment {
  return { name: "staging", tier: "staging", shared, network: { cidr: "10.10.0.0/16" }, ...overrides };
}

/** A small valid prod environment, with whatever a test changes about it. */
export function prod(overrides: Partial<Environment> = {}): Environment {
  return {
    name: "prod",
    tier: "prod",
    shared,
    state: { kind: "s3" },
    network: { cidr: "10.20.0.0/16" },
    ...overrides,
  };
}

/** A service that answers at one host. */
export const api = {
  kind: "fargate",
  image: { repository: "api", tag: "v1" },
  port: 3000,
  routing: { hosts: ["api.example.com"], priority: 10 },
} as const;

/** A domain at Route 53, so that no other cloud is involved. */
export const domain = {
  name: "example.com",
  dns: { kind: "route53", zoneId: "Z0123456789ABC", zoneName: "example.com" },
} as const;

/** Environments as a system. */
export function system(...environments: Environment[]): System {
  return { name: "test", environments };
}
