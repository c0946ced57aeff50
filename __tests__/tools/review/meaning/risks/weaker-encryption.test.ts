import { weakerEncryption as rule } from "../../../../../tools/review/meaning/risks/weaker-encryption";
import { created, destroyed, findingsOf, kept, planOf, reviewOf, updated } from "../../../../support/plan-json";

type Body = Readonly<Record<string, unknown>>;

const KEY = "arn:aws:kms:eu-west-3:123456789012:key/1";
const parameters = (value: string | undefined, name = "rds.force_ssl") => ({
  parameter: value === undefined ? [] : [{ name, value, apply_method: "immediate" }],
});

describe(rule.id, () => {
  test("says what is weaker, by what it is seen, and what would make it safe", () => {
    const change = updated("upstash_redis_database.r", { tls: true }, { tls: false });
    expect(reviewOf(planOf([change])).risks).toEqual([
      {
        rule: "weaker-encryption",
        severity: "high",
        title: "Traffic to Redis is not encrypted",
        stack: "stack",
        address: "upstash_redis_database.r",
        construct: "",
        evidence: "tls: true → false",
        why: "Whoever copies the storage, listens to the traffic, or asks the host can read what they could not.",
        fix: "Keep the encryption; to change a key, make a copy with the new one and switch over.",
      },
    ]);
  });

  test.each<[string, Body, Body, string]>([
    [
      "aws_db_instance",
      { storage_encrypted: true },
      { storage_encrypted: false },
      "critical: Storage is no longer encrypted (storage_encrypted: true → false)",
    ],
    [
      "aws_ebs_volume",
      { encrypted: true },
      { encrypted: null },
      "high: Storage is not encrypted (encrypted: true → null)",
    ],
    [
      "aws_elasticache_replication_group",
      { at_rest_encryption_enabled: "true" },
      { at_rest_encryption_enabled: "false" },
      'high: The cache is no longer encrypted (at_rest_encryption_enabled: "true" → "false")',
    ],
    [
      "aws_elasticache_replication_group",
      { transit_encryption_enabled: true },
      { transit_encryption_enabled: false },
      "high: Traffic to the cache is no longer encrypted (transit_encryption_enabled: true → false)",
    ],
    [
      "aws_elasticache_replication_group",
      { transit_encryption_mode: "required" },
      { transit_encryption_mode: "preferred" },
      'medium: Traffic to the cache may be in clear (transit_encryption_mode: "required" → "preferred")',
    ],
    [
      "aws_cloudwatch_log_group",
      { kms_key_id: KEY },
      { kms_key_id: null },
      `medium: Your own key is replaced by the default one (kms_key_id: "${KEY}" → null)`,
    ],
    [
      "aws_db_instance",
      { kms_key_id: KEY },
      { kms_key_id: "arn:aws:kms:eu-west-3:123456789012:alias/aws/rds" },
      `medium: Your own key is replaced by the default one (kms_key_id: "${KEY}" → "arn:aws:kms:eu-west-3:123456789012:alias/aws/rds")`,
    ],
    [
      "aws_sns_topic",
      { kms_master_key_id: KEY },
      { kms_master_key_id: "" },
      `medium: Your own key is replaced by the default one, or by none (kms_master_key_id: "${KEY}" → "")`,
    ],
    [
      "aws_s3_bucket_server_side_encryption_configuration",
      { rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: "aws:kms", kms_master_key_id: KEY }] }] },
      { rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: "AES256", kms_master_key_id: "" }] }] },
      `medium: Your own key is replaced by the default one (rule.apply_server_side_encryption_by_default.kms_master_key_id: "${KEY}" → "")`,
    ],
    [
      "aws_dynamodb_table",
      { server_side_encryption: [{ enabled: true, kms_key_arn: KEY }] },
      { server_side_encryption: [] },
      `medium: Your own key is replaced by the default one (server_side_encryption.kms_key_arn: "${KEY}" → null)`,
    ],
    [
      "aws_backup_vault",
      { kms_key_arn: KEY },
      { kms_key_arn: "alias/aws/backup" },
      `medium: Your own key is replaced by the default one (kms_key_arn: "${KEY}" → "alias/aws/backup")`,
    ],
    [
      "aws_kms_key",
      { enable_key_rotation: true },
      { enable_key_rotation: false },
      "medium: The key is no longer rotated (enable_key_rotation: true → false)",
    ],
    [
      "aws_lb_listener",
      { ssl_policy: "ELBSecurityPolicy-TLS13-1-2-2021-06" },
      { ssl_policy: "ELBSecurityPolicy-FS-2018-06" },
      'high: Older versions of TLS are accepted (ssl_policy: "ELBSecurityPolicy-TLS13-1-2-2021-06" → "ELBSecurityPolicy-FS-2018-06")',
    ],
    [
      "aws_lb_listener",
      { protocol: "HTTPS" },
      { protocol: "HTTP" },
      'high: Traffic is no longer encrypted (protocol: "HTTPS" → "HTTP")',
    ],
    [
      "aws_cloudfront_distribution",
      { viewer_certificate: [{ minimum_protocol_version: "TLSv1.2_2021" }] },
      { viewer_certificate: [{ minimum_protocol_version: "TLSv1.1_2016" }] },
      'high: Older versions of TLS are accepted (viewer_certificate.minimum_protocol_version: "TLSv1.2_2021" → "TLSv1.1_2016")',
    ],
    [
      "aws_cloudfront_distribution",
      { default_cache_behavior: [{ viewer_protocol_policy: "redirect-to-https" }] },
      { default_cache_behavior: [{ viewer_protocol_policy: "allow-all" }] },
      'high: Traffic may be in clear (default_cache_behavior.viewer_protocol_policy: "redirect-to-https" → "allow-all")',
    ],
    [
      "cloudflare_zone_setting",
      { setting_id: "min_tls_version", value: "1.3" },
      { setting_id: "min_tls_version", value: "1.2" },
      'high: Older versions of TLS are accepted (value: "1.3" → "1.2")',
    ],
    [
      "aws_launch_template",
      { metadata_options: [{ http_tokens: "required" }] },
      { metadata_options: [{ http_tokens: "optional" }] },
      'high: A host gives its credentials to whoever can make it ask (metadata_options.http_tokens: "required" → "optional")',
    ],
    [
      "aws_sqs_queue",
      { sqs_managed_sse_enabled: true },
      { sqs_managed_sse_enabled: false },
      "medium: The queue is no longer encrypted (sqs_managed_sse_enabled: true → false)",
    ],
    [
      "aws_db_parameter_group",
      parameters("1"),
      parameters("0"),
      'high: The database accepts connections in clear (parameter rds.force_ssl: "1" → "0")',
    ],
    [
      "aws_rds_cluster_parameter_group",
      parameters("ON", "require_secure_transport"),
      parameters("OFF", "require_secure_transport"),
      'high: The database accepts connections in clear (parameter require_secure_transport: "ON" → "OFF")',
    ],
  ])("finds in %s %j → %j, and nothing in the way back", (type, before, after, expected) => {
    expect(findingsOf(rule, [updated(`${type}.a`, before, after)])).toEqual([expected]);
    expect(findingsOf(rule, [updated(`${type}.a`, after, before)])).toEqual([]);
  });

  test.each<[string, Body, Body, string]>([
    [
      "a parameter that is left out, whatever the default of the engine",
      parameters("1"),
      parameters(undefined),
      'high: The database accepts connections in clear (parameter rds.force_ssl: "1" → null)',
    ],
    [
      "a parameter that turns the default off",
      parameters(undefined),
      parameters("0"),
      'high: The database accepts connections in clear (parameter rds.force_ssl: null → "0")',
    ],
  ])("finds %s", (_, before, after, expected) => {
    expect(findingsOf(rule, [updated("aws_db_parameter_group.p", before, after)])).toEqual([expected]);
  });

  test.each<[string, Body, Body, string]>([
    [
      "a value",
      { parameter: [{ name: "rds.force_ssl" }] },
      { parameter: [{ value: true }] },
      'low: Whether the database accepts connections in clear is known only after apply (parameter rds.force_ssl: "1" → (known after apply))',
    ],
    [
      "all of them",
      {},
      { parameter: true },
      'low: Whether the database accepts connections in clear is known only after apply (parameter rds.force_ssl: "1" → (known after apply))',
    ],
  ])("says so where %s of the parameters is known only after apply", (_, after, unknown, expected) => {
    const change = updated("aws_db_parameter_group.p", parameters("1"), after, { after_unknown: unknown });
    expect(findingsOf(rule, [change])).toEqual([expected]);
  });

  test.each<[string, string, Body, Body, Body?]>([
    [
      "a newer version of TLS by another name",
      "aws_lb_listener",
      { ssl_policy: "ELBSecurityPolicy-TLS-1-2-2017-01" },
      { ssl_policy: "ELBSecurityPolicy-TLS13-1-2-Res-2021-06" },
    ],
    [
      "a policy of TLS that is not known",
      "aws_lb_listener",
      { ssl_policy: "ELBSecurityPolicy-TLS13-1-2-2021-06" },
      { ssl_policy: "ELBSecurityPolicy-Next" },
    ],
    ["one key for another", "aws_db_instance", { kms_key_id: KEY }, { kms_key_id: `${KEY}2` }],
    ["one default key for another", "aws_db_instance", { kms_key_id: "" }, { kms_key_id: "alias/aws/rds" }],
    ["a key known only after apply", "aws_db_instance", { kms_key_id: KEY }, {}, { kms_key_id: true }],
    [
      "a key of its own for a queue",
      "aws_sqs_queue",
      { sqs_managed_sse_enabled: true },
      { sqs_managed_sse_enabled: false, kms_master_key_id: KEY },
    ],
    ["TLS of Redis that is left to the default", "upstash_redis_database", { tls: true }, { tls: null }],
    [
      "parameters that say nothing of TLS",
      "aws_db_parameter_group",
      parameters("1", "log_statement"),
      parameters("0", "log_statement"),
    ],
    [
      "TLS that the database did not ask for before either",
      "aws_db_parameter_group",
      parameters("0"),
      parameters(undefined),
    ],
    ["something that is no parameter group", "aws_db_option_group", parameters("1"), parameters("0")],
  ])("finds nothing in %s", (_, type, before, after, unknown = {}) => {
    expect(findingsOf(rule, [updated(`${type}.a`, before, after, { after_unknown: unknown })])).toEqual([]);
  });

  test.each<[string, Body, readonly string[]]>([
    ["aws_db_instance", { storage_encrypted: false }, ["high: Storage is not encrypted (storage_encrypted: false)"]],
    ["aws_db_instance", { storage_encrypted: true }, []],
    ["aws_db_instance", { storage_encrypted: null, replicate_source_db: "db-1" }, []],
    [
      "aws_db_instance",
      { storage_encrypted: null, replicate_source_db: "" },
      ["high: Storage is not encrypted (storage_encrypted: null)"],
    ],
    ["aws_db_instance", { storage_encrypted: null, snapshot_identifier: "s" }, []],
    [
      "aws_db_instance",
      { storage_encrypted: null, restore_to_point_in_time: [] },
      ["high: Storage is not encrypted (storage_encrypted: null)"],
    ],
    ["aws_redshift_cluster", { encrypted: true }, []],
    ["aws_redshift_cluster", { encrypted: "false" }, ['high: Storage is not encrypted (encrypted: "false")']],
    ["aws_efs_file_system", { encrypted: false }, ["high: Storage is not encrypted (encrypted: false)"]],
    [
      "aws_lb_listener",
      { ssl_policy: "ELBSecurityPolicy-2016-08" },
      ['high: Older versions of TLS are accepted (ssl_policy: "ELBSecurityPolicy-2016-08")'],
    ],
    [
      "aws_lb_listener",
      { ssl_policy: "ELBSecurityPolicy-TLS-1-1-2017-01" },
      ['high: Older versions of TLS are accepted (ssl_policy: "ELBSecurityPolicy-TLS-1-1-2017-01")'],
    ],
    ["aws_lb_listener", { ssl_policy: "ELBSecurityPolicy-TLS-1-2-2017-01" }, []],
    ["aws_lb_listener", { protocol: "HTTP" }, []],
    [
      "aws_instance",
      { metadata_options: [{ http_tokens: "optional" }] },
      ['high: A host gives its credentials to whoever can make it ask (metadata_options.http_tokens: "optional")'],
    ],
    ["upstash_redis_database", { tls: false }, ["high: Traffic to Redis is not encrypted (tls: false)"]],
    ["upstash_redis_database", {}, []],
    [
      "aws_db_parameter_group",
      parameters("0"),
      ['high: The database accepts connections in clear (parameter rds.force_ssl: "0")'],
    ],
    ["aws_db_parameter_group", parameters("1"), []],
    ["aws_db_parameter_group", parameters(undefined), []],
  ])("judges a new %s with %j", (type, after, expected) => {
    expect(findingsOf(rule, [created(`${type}.a`, after)])).toEqual(expected);
  });

  test("finds nothing in parameters that stay or go", () => {
    expect(
      findingsOf(rule, [
        destroyed("aws_db_parameter_group.gone", parameters("1")),
        kept("aws_db_parameter_group.stays", parameters("0")),
        created("aws_db_instance.unknown", {}, { after_unknown: { storage_encrypted: true } }),
      ]),
    ).toEqual([]);
  });
});
