import type { Value } from "../../value";
import type { RiskRule } from "../risk-rule";
import { isFalse, turnsIn, type Turn } from "../turns";

/** TLS policies of load balancers by their oldest version; the newer the higher. */
function tlsOf(value: Value | undefined): number | undefined {
  if (typeof value !== "string") return undefined;
  if (/TLS13-1-3|TLSv1\.3/.test(value)) return 13;
  if (/TLS13-1-2|TLS-1-2|FS-1-2|TLSv1\.2|^1\.2$|TLS_1_2/.test(value)) return 12;
  if (/TLS13-1-1|TLS-1-1|FS-1-1|TLSv1\.1|^1\.1$/.test(value)) return 11;
  if (/TLS13-1-0|2016-08|2015-05|TLSv1|^1\.0$|SSLv3/.test(value)) return 10;
  return undefined;
}
const olderTls = (after: Value | undefined, before: Value | undefined) => {
  const [now, old] = [tlsOf(after), tlsOf(before)];
  return now !== undefined && (old === undefined ? now < 12 : now < old);
};
const gone = (value: Value | undefined) =>
  value === null || value === undefined || value === "" || value === "alias/aws/rds";

const TURNS: readonly Turn[] = [
  {
    types: /./,
    path: ["storage_encrypted"],
    bad: isFalse,
    severity: "critical",
    title: "Storage is no longer encrypted",
  },
  {
    types: /^aws_(db_instance|rds_cluster|docdb_cluster|redshift_cluster)$/,
    path: ["storage_encrypted"],
    bad: (after, before) => before === undefined && isFalse(after),
    severity: "high",
    title: "Storage is not encrypted",
    onCreate: true,
  },
  {
    types: /^aws_(ebs_volume|efs_file_system|redshift_cluster)$/,
    path: ["encrypted"],
    bad: isFalse,
    severity: "high",
    title: "Storage is not encrypted",
    onCreate: true,
  },
  {
    types: /^aws_elasticache_/,
    path: ["at_rest_encryption_enabled"],
    bad: isFalse,
    severity: "high",
    title: "The cache is no longer encrypted",
  },
  {
    types: /^aws_elasticache_/,
    path: ["transit_encryption_enabled"],
    bad: isFalse,
    severity: "high",
    title: "Traffic to the cache is no longer encrypted",
  },
  {
    types: /^aws_elasticache_/,
    path: ["transit_encryption_mode"],
    bad: (after, before) => before === "required" && after === "preferred",
    severity: "medium",
    title: "Traffic to the cache may be in clear",
  },
  {
    types: /./,
    path: ["kms_key_id"],
    bad: (after, before) => gone(after) && !gone(before),
    severity: "medium",
    title: "Your own key is replaced by the default one",
  },
  {
    types: /./,
    path: ["kms_key_arn"],
    bad: (after, before) => gone(after) && !gone(before),
    severity: "medium",
    title: "Your own key is replaced by the default one",
  },
  {
    types: /^aws_kms_key$/,
    path: ["enable_key_rotation"],
    bad: isFalse,
    severity: "medium",
    title: "The key is no longer rotated",
  },
  {
    types: /^aws_(lb|alb)_listener$/,
    path: ["ssl_policy"],
    bad: olderTls,
    severity: "high",
    title: "Older versions of TLS are accepted",
    onCreate: true,
  },
  {
    types: /^aws_(lb|alb)_listener$/,
    path: ["protocol"],
    bad: (after, before) => (before === "HTTPS" || before === "TLS") && (after === "HTTP" || after === "TCP"),
    severity: "high",
    title: "Traffic is no longer encrypted",
  },
  {
    types: /^aws_cloudfront_distribution$/,
    path: ["viewer_certificate", "minimum_protocol_version"],
    bad: olderTls,
    severity: "high",
    title: "Older versions of TLS are accepted",
  },
  {
    types: /^aws_cloudfront_distribution$/,
    path: ["default_cache_behavior", "viewer_protocol_policy"],
    bad: (after) => after === "allow-all",
    severity: "high",
    title: "Traffic may be in clear",
    onCreate: true,
  },
  {
    types: /^cloudflare_zone_setting$/,
    path: ["value"],
    bad: olderTls,
    severity: "high",
    title: "Older versions of TLS are accepted",
  },
  {
    types: /^aws_(instance|launch_template)$/,
    path: ["metadata_options", "http_tokens"],
    bad: (after) => after === "optional",
    severity: "high",
    title: "A host gives its credentials to whoever can make it ask",
    onCreate: true,
  },
  {
    types: /^upstash_redis_database$/,
    path: ["tls"],
    bad: isFalse,
    severity: "high",
    title: "Traffic to Redis is not encrypted",
    onCreate: true,
  },
  {
    types: /^aws_sqs_queue$/,
    path: ["sqs_managed_sse_enabled"],
    bad: isFalse,
    severity: "medium",
    title: "The queue is no longer encrypted",
  },
];

/** Parameters of databases that ask for TLS. */
const TLS_PARAMETERS: ReadonlySet<string> = new Set(["rds.force_ssl", "require_secure_transport", "ssl"]);

export const weakerEncryption: RiskRule = {
  id: "weaker-encryption",
  title: "Something is encrypted less than before",
  why: "Whoever copies the storage, listens to the traffic, or asks the host can read what they could not.",
  fix: "Keep the encryption; to change a key, make a copy with the new one and switch over.",
  check: (stack) => [
    ...turnsIn(stack, TURNS),
    ...stack.plan.changes.flatMap((change) => {
      if (!/parameter_group$/.test(change.type) || change.before === undefined || change.after === undefined) return [];
      const [old, now] = [parameters(change.before), parameters(change.after)];
      return [...TLS_PARAMETERS].flatMap((name) => {
        const [from, to] = [old.get(name), now.get(name)];
        if (!isOn(from) || isOn(to)) return [];
        return [
          {
            change,
            severity: "high" as const,
            title: "The database accepts connections in clear",
            evidence: `parameter ${name}: ${from} → ${to ?? "not set"}`,
          },
        ];
      });
    }),
  ],
};

function parameters(side: Value): ReadonlyMap<string, string> {
  const list =
    typeof side === "object" && side !== null && "parameter" in side
      ? (side as { readonly parameter: Value }).parameter
      : null;
  const items = Array.isArray(list) ? (list as readonly Value[]) : [];
  return new Map(
    items.flatMap((item) => {
      if (typeof item !== "object" || item === null || !("name" in item) || !("value" in item)) return [];
      const { name, value } = item as { readonly name: Value; readonly value: Value };
      return typeof name === "string" && typeof value === "string" ? [[name, value] as const] : [];
    }),
  );
}

function isOn(value: string | undefined): boolean {
  return value !== undefined && ["1", "on", "true", "require", "required"].includes(value.toLowerCase());
}
