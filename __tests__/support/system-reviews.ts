import { buildReview } from "../../tools/review/meaning/build-review";
import { NO_ALLOW_LIST } from "../../tools/review/meaning/allow-list";
import type { StackInput } from "../../tools/review/meaning/review-input";
import { pictureOf } from "../../tools/review/picture/picture-of";
import type { Review } from "../../tools/review/review";
import { planOf, reviewOf, type ChangeSketch } from "./plan-json";
import { HOSTILE, RISKY } from "./reviews";

/** A resource as a test writes it: its address, its construct path, its configuration, and what happens to it. */
interface ResourceSketch {
  readonly type: string;
  readonly path: string;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly change?: Omit<ChangeSketch, "address">;
}

const PARTS = ["network", "data", "identity", "edge", "jobs", "search", "billing", "mail", "reports", "admin"] as const;

const nameOf = (path: string) => path.replaceAll("/", "_");

/** The resources of one service: it asks a database, logs, and is watched. */
function serviceOf(index: number, stack: number): ResourceSketch[] {
  const service = `service-${index}`;
  const moved = { actions: ["update"], before: { desired_count: 2 }, after: { desired_count: 3 } };
  return [
    {
      type: "aws_ecs_service",
      path: `${service}/service`,
      config: {
        task_definition: `\${aws_ecs_task_definition.${service}_task.arn}`,
        uses: "${aws_db_instance.database_instance.address}",
      },
      ...(index % 3 === 0 ? { change: moved } : {}),
    },
    {
      type: "aws_ecs_task_definition",
      path: `${service}/task`,
      config: { cpu: "256", memory: "512" },
      ...(index % 5 === 0
        ? { change: { actions: ["create"], after: { family: `${service}-${stack}`, cpu: "256", memory: "512" } } }
        : {}),
    },
    { type: "aws_iam_role", path: `${service}/role`, config: {} },
    {
      type: "aws_cloudwatch_log_group",
      path: `${service}/logs`,
      config: {},
      ...(index % 2 === 0
        ? { change: { actions: ["update"], before: { retention_in_days: 7 }, after: { retention_in_days: 14 } } }
        : {}),
    },
    { type: "aws_cloudwatch_metric_alarm", path: `${service}-alarms/cpu`, config: {} },
  ];
}

function resourcesOf(stack: number, resources: number): ResourceSketch[] {
  const first: ResourceSketch[] = [
    { type: "aws_lb", path: "load-balancer/lb", config: {} },
    {
      type: "aws_db_instance",
      path: "database/instance",
      config: { engine: "postgres", engine_version: "16.4", instance_class: "db.t4g.micro" },
      ...(stack === 1
        ? {
            change: {
              actions: ["delete", "create"],
              before: { identifier: "acme-prod", engine_version: "16.4", storage_encrypted: true, kms_key_id: "key/1" },
              after: { identifier: "acme-prod", engine_version: "16.4", storage_encrypted: true, kms_key_id: "key/2" },
              replace_paths: [["kms_key_id"]],
            },
          }
        : {}),
    },
    { type: "aws_s3_bucket", path: "uploads/bucket", config: {} },
  ];
  const services = Math.ceil((resources - first.length) / 5);
  return [...first, ...Array.from({ length: services }, (_, index) => serviceOf(index, stack)).flat()].slice(
    0,
    resources,
  );
}

function stackInput(index: number, resources: number): StackInput {
  const name = `prod-${PARTS[index % PARTS.length]}${index >= PARTS.length ? `-${index}` : ""}`;
  const all = resourcesOf(index, resources);
  const byType: Record<string, Record<string, unknown>> = {};
  for (const { type, path, config } of all) {
    (byType[type] ??= {})[nameOf(path)] = { ...config, "//": { metadata: { path: `${name}/${path}` } } };
  }
  const changes = all.flatMap(({ type, path, change }): ChangeSketch[] =>
    change === undefined ? [] : [{ address: `${type}.${nameOf(path)}`, ...change }],
  );
  return {
    name,
    wave: Math.floor(index / 3) + 1,
    status: changes.length > 0 ? "changes" : "no-changes",
    dependencies: index < 3 ? [] : [`prod-${PARTS[index % 3]}`],
    placeholders: [],
    problems: [],
    warnings: [],
    plan: planOf(changes),
    document: { provider: { aws: [{ region: "eu-west-3" }] }, resource: byType },
  };
}

/** The review of a whole system: so many stacks of so many resources, a database replaced in one of them, with the picture. */
export function systemReview(stacks = 10, resources = 30): Review {
  const inputs = Array.from({ length: stacks }, (_, index) => stackInput(index, resources));
  return buildReview({
    kind: "plan",
    title: "prod of shop",
    subject: {
      system: "shop",
      environment: "prod",
      tier: "prod",
      revision: "0123456789abcdef0123456789abcdef01234567",
      dirty: false,
      plannedAt: "2026-11-26T10:00:00Z",
      terraformVersion: "1.11.4",
    },
    stacks: inputs,
    allowList: NO_ALLOW_LIST,
    today: "2026-11-26",
    picture: (reviews) =>
      pictureOf(
        inputs.map(({ name, dependencies, document = {} }) => ({ name, dependencies, document })),
        reviews,
      ),
  });
}

/** A review of one harmless change. */
export const oneChange = (): Review =>
  reviewOf(
    planOf([{ address: "aws_ssm_parameter.flag", actions: ["update"], before: { value: "a" }, after: { value: "b" } }]),
  );

/** A review of nothing. */
export const noChange = (): Review => reviewOf(planOf([]));

/** A review of a system of which one stack could not be planned, and those after it were not. */
export function erroredReview(): Review {
  const [network, data, identity] = [stackInput(0, 10), stackInput(1, 10), stackInput(2, 10)];
  return buildReview({
    kind: "plan",
    title: "prod of shop",
    subject: { system: "shop", environment: "prod", tier: "prod" },
    stacks: [
      network,
      {
        ...{ ...data, plan: undefined },
        status: "failed",
        problems: [
          {
            summary: "Invalid provider configuration",
            detail:
              "Error: no valid credential sources found\n\n  on cdk.tf.json line 12, in provider.aws[0]:\n  12:       {",
            address: "provider.aws",
            hint: "log in, then plan again",
          },
        ],
      },
      { ...identity, wave: 2, status: "preview", placeholders: [data.name], warnings: ["a value is a placeholder"] },
    ],
    allowList: NO_ALLOW_LIST,
    today: "2026-11-26",
  });
}

/** A review in which everything is as long as it can get. */
export function longReview(): Review {
  const name = "a_name_without_any_end_".repeat(9);
  const statement = (index: number, action: string) => ({
    Sid: `Statement${index}`,
    Effect: "Allow",
    Action: [action, `dynamodb:Query${index}`],
    Resource: `arn:aws:s3:::${"very-long-bucket-name-".repeat(3)}${index}/*`,
  });
  const policy = (action: string) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: Array.from({ length: 190 }, (_, index) => statement(index, action)),
    });
  return reviewOf(
    planOf([
      {
        address: `module.${name}.module.${name}.aws_iam_role_policy.${name}`,
        actions: ["update"],
        before: { name, policy: policy("s3:GetObject") },
        after: { name: `${name}2`, policy: policy("s3:*") },
      },
      {
        address: `module.${name}.aws_instance.${name}["${name}"]`,
        actions: ["update"],
        before: { user_data: "x".repeat(40_000), token: "y".repeat(2_000) },
        after: { user_data: `${"x".repeat(39_000)}z`, token: "z".repeat(2_000) },
      },
      {
        address: `aws_db_instance.${name}`,
        actions: ["delete"],
        before: { identifier: name, [name]: { [name]: name } },
      },
      ...RISKY.slice(3),
    ]),
    { tier: "prod" },
  );
}

/** Members that hold one of a few words, which no plan can put a text into. */
const CLOSED: ReadonlySet<string> = new Set([
  ...["kind", "action", "status", "op", "severity", "outcome", "level", "mode", "version"],
]);

/** The same review with hostile text in place of every text that comes from outside, names that lead from one part to another alike. */
export function withHostileText(review: Review, text = HOSTILE): Review {
  const spoilt = (value: unknown, key: string): unknown => {
    if (typeof value === "string") return CLOSED.has(key) ? value : `${text} ${value}`;
    if (Array.isArray(value)) return value.map((one: unknown) => spoilt(one, key));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, spoilt(one, name)]));
  };
  return spoilt(review, "") as Review;
}
