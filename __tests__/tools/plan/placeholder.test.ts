import { join } from "node:path";
import type { Value } from "../../../tools/plan/evaluate";
import { placeholder, type Producers } from "../../../tools/plan/placeholder";
import { SHAPES } from "../../../tools/plan/placeholder-shapes";
import { readStacks } from "../../../tools/plan/stack";
import { temporaryFolder } from "../support/folder";
import { outputOf, writeStacks } from "../support/stacks";

const folder = temporaryFolder();
const HEX = "[0-9a-f]";
const UUID = `${HEX}{8}-${HEX}{4}-4${HEX}{3}-8${HEX}{3}-${HEX}{12}`;
const arn = (rest: string) => new RegExp(`^arn:aws:${rest}$`);
const regional = (service: string, rest: string) => arn(`${service}:eu-west-3:123456789012:${rest}`);

const provider = {
  aws: [
    { region: "eu-west-3", allowed_account_ids: ["123456789012"] },
    { alias: "us", region: "us-east-1" },
  ],
};

/** The placeholder of one output expression of a stack with those resources. */
function placeholderOf(
  expression: unknown,
  resource: Record<string, unknown> = {},
  more: Record<string, unknown> = {},
): Value {
  const document = { provider, resource, output: { x: { value: expression } }, ...more };
  const producers: Producers = new Map([["network", { name: "network", document, remoteStates: [] }]]);
  return placeholder(producers, "network", "x");
}

describe("placeholder", () => {
  test.each<[string, RegExp]>([
    ["aws_vpc.main.id", /^vpc-[0-9a-f]{17}$/],
    ["aws_vpc.main.arn", regional("ec2", `vpc/vpc-${HEX}{17}`)],
    ["aws_vpc.main.default_security_group_id", /^sg-[0-9a-f]{17}$/],
    ["aws_subnet.main.id", /^subnet-[0-9a-f]{17}$/],
    ["aws_security_group.main.id", /^sg-[0-9a-f]{17}$/],
    ["aws_route_table.main.id", /^rtb-[0-9a-f]{17}$/],
    ["aws_eip.main.public_ip", /^192\.0\.2\.10$/],
    ["aws_lb.main.arn", regional("elasticloadbalancing", `loadbalancer/app/main/${HEX}{16}`)],
    ["aws_lb.main.id", regional("elasticloadbalancing", `loadbalancer/app/main/${HEX}{16}`)],
    ["aws_lb.main.arn_suffix", new RegExp(`^app/main/${HEX}{16}$`)],
    ["aws_lb.main.dns_name", /^main-\d+\.eu-west-3\.elb\.amazonaws\.com$/],
    ["aws_lb_listener.main.arn", regional("elasticloadbalancing", `listener/app/main/${HEX}{16}/${HEX}{16}`)],
    ["aws_lb_target_group.main.arn", regional("elasticloadbalancing", `targetgroup/main/${HEX}{16}`)],
    ["aws_acm_certificate.main.arn", regional("acm", `certificate/${UUID}`)],
    ["aws_acm_certificate_validation.main.certificate_arn", regional("acm", `certificate/${UUID}`)],
    ["aws_iam_role.main.arn", arn("iam::123456789012:role/main")],
    ["aws_iam_role.main.id", /^main$/],
    ["aws_iam_policy.main.arn", arn("iam::123456789012:policy/main")],
    ["aws_iam_instance_profile.main.name", /^main$/],
    ["aws_s3_bucket.main.arn", arn("s3:::main")],
    ["aws_s3_bucket.main.bucket_regional_domain_name", /^main\.s3\.eu-west-3\.amazonaws\.com$/],
    ["aws_kms_key.main.arn", regional("kms", `key/${UUID}`)],
    ["aws_secretsmanager_secret.main.arn", regional("secretsmanager", `secret:main-${HEX}{6}`)],
    ["aws_db_instance.main.address", /^main\.c[0-9a-f]{10}\.eu-west-3\.rds\.amazonaws\.com$/],
    ["aws_db_instance.main.endpoint", /^main\.c[0-9a-f]{10}\.eu-west-3\.rds\.amazonaws\.com:443$/],
    ["aws_db_instance.main.master_user_secret[0].secret_arn", regional("secretsmanager", `secret:main-${HEX}{6}`)],
    ["aws_rds_cluster.main.reader_endpoint", /^main\.cluster-ro-c[0-9a-f]{10}\.eu-west-3\.rds\.amazonaws\.com$/],
    ["aws_elasticache_replication_group.main.primary_endpoint_address", /^master\.main\..*\.cache\.amazonaws\.com$/],
    ["aws_ecr_repository.main.repository_url", /^123456789012\.dkr\.ecr\.eu-west-3\.amazonaws\.com\/main$/],
    ["aws_ecs_cluster.main.id", regional("ecs", "cluster/main")],
    ["aws_ecs_task_definition.main.arn", regional("ecs", "task-definition/main:1")],
    ["aws_cloudwatch_log_group.main.arn", regional("logs", "log-group:main")],
    ["aws_sns_topic.main.arn", regional("sns", "main")],
    ["aws_sqs_queue.main.url", /^https:\/\/sqs\.eu-west-3\.amazonaws\.com\/123456789012\/main$/],
    ["aws_cloudfront_distribution.main.domain_name", /^d[0-9a-f]{13}\.cloudfront\.net$/],
    ["aws_route53_zone.main.zone_id", /^Z[0-9A-F]{20}$/],
    ["aws_instance.main.id", /^i-[0-9a-f]{17}$/],
    ["aws_not_in_the_table.main.id", /^main$/],
    ["aws_glue_job.main.arn", regional("glue", "main")],
    ["aws_glue_job.main.vpc_id", /^vpc-[0-9a-f]{17}$/],
    ["aws_glue_job.main.kms_key_arn", regional("kms", `key/${UUID}`)],
    ["aws_glue_job.main.role_arn", arn("iam::123456789012:role/main")],
    ["aws_glue_job.main.endpoint", /^main\.example\.com$/],
    ["aws_glue_job.main.unheard_of", /^main-unheard-of$/],
    ["data.aws_vpc.main.id", /^vpc-[0-9a-f]{17}$/],
  ])("of %s has the shape AWS gives it", (reference, expected) => {
    expect(placeholderOf(`\${${reference}}`)).toMatch(expected);
  });

  test.each<[string, string, Value]>([
    ["aws_db_instance.main.port", "postgres", 5432],
    ["aws_rds_cluster.main.port", "aurora-mysql", 3306],
    ["aws_elasticache_replication_group.main.port", "valkey", 6379],
    ["aws_lb_listener.main.port", "", 443],
    ["aws_ecs_task_definition.main.revision", "", 1],
    ["aws_glue_job.main.encrypted", "", false],
  ])("of %s with engine %j is %j, not text", (reference, engine, expected) => {
    const [type = ""] = reference.split(".");
    expect(placeholderOf(`\${${reference}}`, { [type]: { main: { engine } } })).toBe(expected);
  });

  test("takes what the resource is given, through other resources and locals", () => {
    const resource = {
      aws_s3_bucket: { uploads: { bucket: "acme-${local.env}-uploads" } },
      aws_s3_bucket_policy: { uploads: { bucket: "${aws_s3_bucket.uploads.bucket}" } },
      aws_lb_listener: { https: { port: 8443 } },
    };
    const more = { locals: { env: "staging" } };
    expect(placeholderOf("${aws_s3_bucket_policy.uploads.bucket}", resource, more)).toBe("acme-staging-uploads");
    expect(placeholderOf("${aws_s3_bucket.uploads.arn}", resource, more)).toBe("arn:aws:s3:::acme-staging-uploads");
    expect(placeholderOf("${aws_lb_listener.https.port}", resource)).toBe(8443);
  });

  test("takes a variable's default", () => {
    expect(placeholderOf("${var.tag}", {}, { variable: { tag: { default: "v1" } } })).toBe("v1");
    expect(placeholderOf("${var.tag}")).toBe("placeholder");
  });

  test("takes the region of the resource's own provider", () => {
    const resource = { aws_acm_certificate: { cdn: { provider: "aws.us", domain_name: "example.com" } } };
    expect(placeholderOf("${aws_acm_certificate.cdn.arn}", resource)).toMatch(/^arn:aws:acm:us-east-1:/);
  });

  test("takes the account from the stack's own ARNs where the provider names none, else zeros", () => {
    const aws = { provider: { aws: [{ region: "eu-west-3" }] } };
    const own = { aws_iam_policy: { own: { policy: "arn:aws:ecs:eu-west-3:210987654321:cluster/a" } } };
    expect(placeholderOf("${aws_iam_role.a.arn}", own, aws)).toBe("arn:aws:iam::210987654321:role/a");
    expect(placeholderOf("${aws_iam_role.a.arn}", {}, aws)).toBe("arn:aws:iam::000000000000:role/a");
  });

  test("keeps lists lists, and objects objects", () => {
    const subnets = { aws_subnet: { a: {}, b: {} } };
    const two = ["${aws_subnet.a.id}", "${aws_subnet.b.id}"];
    const ids = [expect.stringMatching(/^subnet-/), expect.stringMatching(/^subnet-/)];
    expect(placeholderOf(two, subnets)).toEqual(ids);
    expect(placeholderOf("${aws_lb.main.subnets}", { ...subnets, aws_lb: { main: { subnets: two } } })).toEqual(ids);
    expect(placeholderOf({ a: two[0], n: 1 }, subnets)).toEqual({ a: expect.stringMatching(/^subnet-/), n: 1 });
    expect(placeholderOf("${aws_vpc_endpoint.main.subnet_ids}")).toEqual([expect.stringMatching(/^subnet-/)]);
    expect(placeholderOf("${tolist(aws_vpc_endpoint.main.subnet_ids)[0]}")).toMatch(/^subnet-/);
    expect(placeholderOf("${one(aws_vpc_endpoint.main.subnet_ids)}")).toMatch(/^subnet-/);
  });

  test("gives every instance of a counted resource its own id", () => {
    const resource = { aws_subnet: { all: { count: 3 } } };
    const ids = placeholderOf("${aws_subnet.all[*].id}", resource) as string[];
    expect(new Set(ids).size).toBe(3);
    expect(placeholderOf("${aws_subnet.all[1].id}", resource)).toBe(ids[1]);
    expect(placeholderOf("${[for s in aws_subnet.all : s.id]}", resource)).toEqual(ids);
    expect(placeholderOf('${aws_subnet.each["a"].id}', { aws_subnet: { each: { for_each: {} } } })).toMatch(/^subnet-/);
  });

  test("gives a certificate one validation record for each of its names", () => {
    const resource = {
      aws_acm_certificate: {
        main: { domain_name: "example.com", subject_alternative_names: ["*.example.com", "example.com"] },
      },
    };
    const options = placeholderOf("${aws_acm_certificate.main.domain_validation_options}", resource);
    expect(options).toEqual([
      expect.objectContaining({ domain_name: "example.com", resource_record_type: "CNAME" }),
      expect.objectContaining({ domain_name: "*.example.com" }),
    ]);
    const first = "${tolist(aws_acm_certificate.main.domain_validation_options)[0].resource_record_name}";
    expect(placeholderOf(first, resource)).toMatch(/^_[0-9a-f]{32}\.example\.com\.$/);
  });

  test("follows a value through the stacks between", () => {
    const outdir = join(folder, "chain", "cdktf.out");
    writeStacks(outdir, {
      network: { document: { provider, output: { vpc: { value: "${aws_vpc.main.id}" } } } },
      data: { reads: ["network"], document: { provider, output: { vpc: { value: outputOf("network", "vpc") } } } },
    });
    const producers = new Map(readStacks(outdir).map((stack) => [stack.name, stack]));
    expect(placeholder(producers, "data", "vpc")).toBe(placeholder(producers, "network", "vpc"));
    expect(placeholder(producers, "data", "vpc")).toMatch(/^vpc-/);
  });

  test("is the same every time, and differs between resources", () => {
    expect(placeholderOf("${aws_vpc.a.id}")).toBe(placeholderOf("${aws_vpc.a.id}"));
    expect(placeholderOf("${aws_vpc.a.id}")).not.toBe(placeholderOf("${aws_vpc.b.id}"));
  });

  test("is some text for what it does not understand, a circle and an output that does not exist", () => {
    expect(placeholderOf("${a b}")).toBe("placeholder");
    expect(placeholderOf("${aws_x.y.name}", { aws_x: { y: { name: "${aws_x.y.name}" } } })).toBe("placeholder");
    expect(placeholder(new Map(), "network", "vpc_id")).toMatch(/^vpc-/);
  });
});

describe("SHAPES", () => {
  test.each(Object.keys(SHAPES))("of %s leave nothing unfilled", (type) => {
    const attributes = ["id", "arn", ...Object.keys(SHAPES[type]?.attributes ?? {})];
    for (const attribute of attributes) {
      expect(JSON.stringify(placeholderOf(`\${${type}.main.${attribute}}`))).not.toMatch(/[{}]|undefined|NaN/);
    }
  });
});
