/** Parts of AWS that an environment may use; a role reaches only the areas it is given. Roles and policies of IAM always belong. */
export const SERVICE_AREAS = [
  "network",
  "load-balancing",
  "containers",
  "images",
  "database",
  "cache",
  "secrets",
  "storage",
  "monitoring",
  "certificates",
  "dns",
  "encryption",
  "backup",
  "hosts",
  "schedules",
  "migrations",
  "app-runner",
  "pipelines",
  "cdn",
] as const;

/** One part of AWS, as the roles of delivery divide it. */
export type ServiceArea = (typeof SERVICE_AREAS)[number];

/** What the default system is made of. The other areas, from EC2 hosts to CloudFront, are asked for by name. */
export const DEFAULT_AREAS: readonly ServiceArea[] = [
  "network",
  "load-balancing",
  "containers",
  "images",
  "database",
  "cache",
  "secrets",
  "storage",
  "monitoring",
  "certificates",
  "dns",
  "encryption",
  "backup",
];
