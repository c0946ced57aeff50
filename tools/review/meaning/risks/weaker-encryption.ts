import type { ResourceChange } from "../../plan-document";
import { isRecord, isValueList, Masked, Unknown, type Value } from "../../value";
import { turn } from "../evidence";
import { attribute, type Finding, type RiskRule } from "../risk-rule";
import { own } from "../same";
import { isFalse, isOff, turnsIn, type Turn } from "../turns";

/** TLS policies of load balancers by their oldest version; the newer the higher. */
function tlsOf(value: Value | undefined): number | undefined {
  if (typeof value !== "string") return undefined;
  if (/TLS13-1-3|TLSv1\.3|^1\.3$/.test(value)) return 13;
  if (/TLS13-1-2|TLS-1-2|FS-1-2|TLSv1\.2|^1\.2$|TLS_1_2/.test(value)) return 12;
  if (/TLS13-1-1|TLS-1-1|FS-1-1|TLSv1\.1|^1\.1$/.test(value)) return 11;
  if (/TLS13-1-0|TLS-1-0|FS-2018-06|2016-08|2015-05|TLSv1|^1\.0$|SSLv3/.test(value)) return 10;
  return undefined;
}
const olderTls = (after: Value | undefined, before: Value | undefined) => {
  const [now, old] = [tlsOf(after), tlsOf(before)];
  return now !== undefined && (old === undefined ? now < 12 : now < old);
};
const gone = (value: Value | undefined) =>
  value === null || value === undefined || value === "" || (typeof value === "string" && AWS_KEY.test(value));
/** A key that AWS keeps for a service: nobody can take it away from somebody who may use the service. */
const AWS_KEY = /(^|:)alias\/aws\//;
/** What a copy is made of decides whether the copy is encrypted. */
const COPY_OF = [
  "replicate_source_db",
  "replication_source_identifier",
  "snapshot_identifier",
  "restore_to_point_in_time",
];
const isCopy = ({ after }: ResourceChange) =>
  COPY_OF.some((key) => {
    const source = attribute(after, key) ?? null;
    return source !== null && source !== "" && !(isValueList(source) && source.length === 0);
  });

const TURNS: readonly Turn[] = [
  {
    types: /./,
    path: ["storage_encrypted"],
    bad: isFalse,
    severity: "critical",
    title: "Storage is no longer encrypted",
  },
  {
    types: /^aws_(db_instance|rds_cluster|docdb_cluster|neptune_cluster)$/,
    path: ["storage_encrypted"],
    bad: (after, before, change) => before === undefined && isFalse(after) && !isCopy(change),
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
    path: ["kms_master_key_id"],
    bad: (after, before) => gone(after) && !gone(before),
    severity: "medium",
    title: "Your own key is replaced by the default one, or by none",
  },
  {
    types: /^aws_s3_bucket_server_side_encryption_configuration$/,
    path: ["rule", "apply_server_side_encryption_by_default", "kms_master_key_id"],
    bad: (after, before) => gone(after) && !gone(before),
    severity: "medium",
    title: "Your own key is replaced by the default one",
  },
  {
    types: /^aws_dynamodb_table$/,
    path: ["server_side_encryption", "kms_key_arn"],
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
    bad: isOff,
    severity: "high",
    title: "Traffic to Redis is not encrypted",
    onCreate: true,
    onByDefault: true,
  },
  {
    types: /^aws_sqs_queue$/,
    path: ["sqs_managed_sse_enabled"],
    // With a key of its own a queue has it off.
    bad: (after, _, change) => isOff(after) && gone(attribute(change.after, "kms_master_key_id")),
    severity: "medium",
    title: "The queue is no longer encrypted",
    onByDefault: true,
  },
];

/** Parameters of databases that ask for TLS. */
const TLS_PARAMETERS: ReadonlySet<string> = new Set(["rds.force_ssl", "require_secure_transport", "ssl"]);

export const weakerEncryption: RiskRule = {
  id: "weaker-encryption",
  title: "Something is encrypted less than before",
  why: "Whoever copies the storage, listens to the traffic, or asks the host can read what they could not.",
  fix: "Keep the encryption; to change a key, make a copy with the new one and switch over.",
  check: (stack) => [...turnsIn(stack, TURNS), ...stack.plan.changes.flatMap(parametersOff)],
};

/** Parameters of a database that no longer ask for TLS, or never did. */
function parametersOff(change: ResourceChange): Finding[] {
  const { type, before, after, action, mode } = change;
  if (!/parameter_group$/.test(type) || mode !== "managed" || after === undefined || action === "forget") return [];
  const [old, now] = [parameters(before), parameters(after)];
  return [...TLS_PARAMETERS].flatMap((name): Finding[] => {
    const [from, to] = [old.get(name), now.get(name)];
    const evidence = `parameter ${turn(name, from ?? (before === undefined ? undefined : null), to ?? null)}`;
    if (isHidden(to) || (to === undefined && isHidden(attribute(after, "parameter")))) {
      return isOn(from)
        ? [
            {
              change,
              severity: "low",
              title: "Whether the database accepts connections in clear is known only after apply",
              evidence: `parameter ${turn(name, from, to ?? attribute(after, "parameter"))}`,
            },
          ]
        : [];
    }
    const worse = isOn(from) ? !isOn(to) : from === undefined && to !== undefined && !isOn(to);
    return worse ? [{ change, severity: "high", title: "The database accepts connections in clear", evidence }] : [];
  });
}

function parameters(side: Value | undefined): ReadonlyMap<string, Value> {
  const list = isRecord(side) ? own(side, "parameter") : undefined;
  const items = isValueList(list) ? list.filter(isRecord) : [];
  return new Map(
    items.flatMap((item) => {
      const [name, value] = [own(item, "name"), own(item, "value")];
      return typeof name === "string" && value !== undefined && value !== null ? [[name, value] as const] : [];
    }),
  );
}

/** Whether a value, or an element of a list, is known only after apply or masked. */
function isHidden(value: Value | undefined): boolean {
  return value instanceof Unknown || value instanceof Masked || (isValueList(value) && value.some(isHidden));
}

function isOn(value: Value | undefined): boolean {
  return value === true || value === 1 || (typeof value === "string" && ON.has(value.toLowerCase()));
}

const ON: ReadonlySet<string> = new Set(["1", "on", "true", "require", "required"]);
