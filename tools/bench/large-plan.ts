/** What a generated plan holds besides its number of changes. */
interface LargePlanOptions {
  /** How many resources change. */
  readonly changes: number;
}

// Out of twenty resources: what happens to each. Most of a large plan is created or updated; some of it is destroyed.
const ACTIONS: ReadonlyArray<readonly string[]> = [
  ...Array<readonly string[]>(9).fill(["create"]),
  ...Array<readonly string[]>(8).fill(["update"]),
  ["delete", "create"],
  ["create", "delete"],
  ["delete"],
];

/**
 * The JSON of a plan with many changes, as `terraform show -json` writes it: roles with policies in strings, security group rules, databases,
 * containers in JSON, tags, unknown and sensitive values, outputs, drift and references. The same number gives the same bytes.
 */
export function largePlan({ changes }: LargePlanOptions): string {
  const numbers = Array.from({ length: changes }, (_, index) => index);
  return JSON.stringify({
    format_version: "1.2",
    terraform_version: "1.11.4",
    applyable: true,
    complete: true,
    errored: false,
    planned_values: {
      root_module: { resources: numbers.map((index) => ({ address: addressOf(index), values: bodyOf(index, "new") })) },
    },
    resource_drift: numbers.filter((index) => index % 50 === 0).map((index) => ({ ...changeOf(index, ["update"]) })),
    resource_changes: numbers.map((index) => changeOf(index, ACTIONS[index % ACTIONS.length] ?? ["no-op"])),
    output_changes: {
      url: {
        actions: ["update"],
        before: "a",
        after: "b",
        after_unknown: false,
        before_sensitive: false,
        after_sensitive: false,
      },
    },
    prior_state: {
      values: {
        root_module: {
          resources: numbers.map((index) => ({ address: addressOf(index), values: bodyOf(index, "old") })),
        },
      },
    },
    configuration: { root_module: { resources: numbers.map(configurationOf) } },
    relevant_attributes: [{ resource: addressOf(0), attribute: ["arn"] }],
  });
}

const TYPES = [
  "aws_iam_role",
  "aws_vpc_security_group_ingress_rule",
  "aws_db_instance",
  "aws_ecs_task_definition",
  "aws_s3_bucket",
] as const;

function typeOf(index: number): (typeof TYPES)[number] {
  return TYPES[index % TYPES.length] ?? "aws_s3_bucket";
}

function addressOf(index: number): string {
  return `module.part_${index % 40}.${typeOf(index)}.thing_${index}`;
}

function changeOf(index: number, actions: readonly string[]): object {
  const { 0: first } = actions;
  const [creates, deletes] = [first === "create" && actions.length === 1, first === "delete" && actions.length === 1];
  return {
    address: addressOf(index),
    module_address: `module.part_${index % 40}`,
    mode: "managed",
    type: typeOf(index),
    name: `thing_${index}`,
    provider_name: "registry.terraform.io/hashicorp/aws",
    change: {
      actions,
      before: creates ? null : bodyOf(index, "old"),
      after: deletes ? null : bodyOf(index, "new"),
      after_unknown: deletes ? false : { arn: true, id: creates, tags: {} },
      before_sensitive: creates ? false : { password: true, tags: {} },
      after_sensitive: deletes ? false : { password: true, tags: {} },
      ...(actions.length === 2 ? { replace_paths: [["name"]] } : {}),
    },
    ...(actions.length === 2 ? { action_reason: "replace_because_cannot_update" } : {}),
  };
}

function bodyOf(index: number, age: "old" | "new"): object {
  const common = {
    name: `thing-${index}-${age}`,
    description: `Thing number ${index}, for the measurement of a large plan`,
    tags: { Project: "acme", Environment: "prod", Number: String(index), Age: age },
    password: `secret of ${index} ${age}`,
  };
  switch (typeOf(index)) {
    case "aws_iam_role":
      return {
        ...common,
        assume_role_policy: policy("sts:AssumeRole", "*"),
        inline_policy: [
          { name: "own", policy: policy(age === "old" ? "s3:GetObject" : "s3:Get*", `arn:aws:s3:::bucket-${index}/*`) },
        ],
      };
    case "aws_vpc_security_group_ingress_rule":
      return {
        ...common,
        ip_protocol: "tcp",
        from_port: 443,
        to_port: 443,
        cidr_ipv4: `10.${index % 256}.0.0/${age === "old" ? 24 : 16}`,
      };
    case "aws_db_instance":
      return {
        ...common,
        engine: "postgres",
        engine_version: age === "old" ? "16.3" : "16.4",
        allocated_storage: 100,
        storage_encrypted: true,
        deletion_protection: true,
      };
    case "aws_ecs_task_definition":
      return {
        ...common,
        container_definitions: JSON.stringify([
          {
            name: "main",
            image: `app:${age}`,
            environment: [
              { name: "A", value: age },
              { name: "B", value: "same" },
            ],
          },
        ]),
      };
    default:
      return {
        ...common,
        bucket: `bucket-${index}`,
        force_destroy: false,
        versioning: [{ enabled: true, mfa_delete: false }],
      };
  }
}

function policy(action: string, resource: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: [action], Resource: [resource] }],
  });
}

function configurationOf(index: number): object {
  const references = index === 0 ? [] : [`${addressOf(index - 1)}.arn`, addressOf(index - 1)];
  return {
    address: addressOf(index),
    mode: "managed",
    type: typeOf(index),
    name: `thing_${index}`,
    expressions: { name: { references } },
  };
}
