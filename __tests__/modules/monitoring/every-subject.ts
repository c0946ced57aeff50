import type { Subject } from "../../../modules/monitoring/subjects";

/** A subject of every kind, with all that can be known of it. */
export const EVERY_SUBJECT: readonly Subject[] = [
  {
    kind: "service",
    name: "api",
    clusterName: "acme-test",
    serviceName: "acme-test-api",
    loadBalancerArnSuffix: "app/acme-test/1",
    targetGroupArnSuffixes: [1, 2, 3, 4, 5].map((id) => `targetgroup/api/${id}`),
  },
  { kind: "load-balancer", name: "web", loadBalancerArnSuffix: "app/acme-test/1" },
  {
    kind: "database-instance",
    name: "db",
    instanceIdentifier: "acme-test-db",
    instanceClass: "db.t4g.micro",
    maxConnections: 77,
    storageGiB: 20,
    replica: true,
  },
  {
    kind: "database-cluster",
    name: "db",
    clusterIdentifier: "acme-test-db",
    instanceClass: "db.serverless",
    maxConnections: 1000,
    readers: true,
  },
  {
    kind: "cache",
    name: "cache",
    nodeIds: Array.from({ length: 10 }, (_, index) => `acme-test-cache-0001-${index}`),
    nodeType: "cache.t4g.micro",
  },
  { kind: "serverless-cache", name: "cache", cacheName: "acme-test-cache" },
  { kind: "host", name: "docker", instanceId: "i-0123", instanceType: "t4g.small" },
  { kind: "app-runner", name: "api", serviceName: "acme-test-api", serviceId: "0123" },
  { kind: "backup", name: "daily", vaultName: "acme-test" },
];
