// What the providers of vendors accept that cannot be run here: their accounts cost money, and no plan works without one. Each table is written
// from the provider's own documentation of the pinned version, whole for what is required, as far as we use it for what is optional.

/** Arguments of a resource or of something nested in it. */
interface Arguments {
  readonly required?: readonly string[];
  readonly optional?: readonly string[];

  /** What the provider accepts for an argument, where it says so. */
  readonly values?: Readonly<Record<string, RegExp>>;

  /** Nested arguments by the name of the argument that holds them. */
  readonly nested?: Readonly<Record<string, Nested>>;
}

/** Something nested, and how often: once, in a list, or by keys of the user's. */
interface Nested extends Arguments {
  readonly as: "object" | "list" | "map";
}

/** One resource of a provider. */
interface ResourceSchema extends Arguments {
  readonly source: string;
}

const VERCEL = "vercel/terraform-provider-vercel, docs/resources at v5.10.0 of 2026-08-07";
const RENDER = "render-oss/terraform-provider-render, docs/resources at v1.9.1 of 2026-07-22";
const TFE = "hashicorp/terraform-provider-tfe, website/docs/r and internal/provider at v0.71.0 of 2025-11-14";
const NEON = "kislerdm/terraform-provider-neon, docs/resources at v0.15.0 of 2026-08-02";

/** By Terraform type. */
export const VENDOR_SCHEMAS: Readonly<Record<string, ResourceSchema>> = {
  vercel_project: {
    source: VERCEL,
    required: ["name"],
    optional: [
      "automatically_expose_system_environment_variables",
      "build_command",
      "framework",
      "git_fork_protection",
      "git_repository",
      "ignore_command",
      "install_command",
      "node_version",
      "preview_deployments_disabled",
      "resource_config",
      "root_directory",
      "team_id",
      "vercel_authentication",
    ],
    nested: {
      git_repository: { as: "object", required: ["repo", "type"], optional: ["production_branch"] },
      resource_config: { as: "object", optional: ["fluid", "function_default_regions"] },
      vercel_authentication: { as: "object", required: ["deployment_type"] },
    },
  },
  vercel_project_environment_variable: {
    source: VERCEL,
    required: ["key", "project_id", "sensitive"],
    optional: ["comment", "target", "team_id", "value", "value_wo", "value_wo_version"],
  },
  vercel_project_domain: {
    source: VERCEL,
    required: ["domain", "project_id"],
    optional: ["git_branch", "team_id"],
  },
  render_web_service: {
    source: RENDER,
    required: ["name", "plan", "region", "runtime_source"],
    optional: [
      "autoscaling",
      "custom_domains",
      "env_vars",
      "environment_id",
      "health_check_path",
      "max_shutdown_delay_seconds",
      "num_instances",
      "pre_deploy_command",
      "previews",
      "start_command",
    ],
    nested: {
      autoscaling: {
        as: "object",
        required: ["criteria", "enabled", "max", "min"],
        nested: {
          criteria: {
            as: "object",
            optional: ["cpu", "memory"],
            nested: {
              cpu: { as: "object", required: ["enabled", "percentage"] },
              memory: { as: "object", required: ["enabled", "percentage"] },
            },
          },
        },
      },
      custom_domains: { as: "list", required: ["name"] },
      env_vars: { as: "map", optional: ["generate_value", "value"] },
      previews: { as: "object", optional: ["generation"] },
      runtime_source: {
        as: "object",
        optional: ["docker", "image"],
        nested: {
          docker: {
            as: "object",
            required: ["branch", "repo_url"],
            optional: ["auto_deploy_trigger", "build_filter", "context", "dockerfile_path"],
            nested: { build_filter: { as: "object", optional: ["ignored_paths", "paths"] } },
          },
          image: { as: "object", required: ["image_url"], optional: ["digest", "registry_credential_id", "tag"] },
        },
      },
    },
  },
  neon_project: {
    source: NEON,
    optional: [
      "allowed_ips",
      "branch",
      "default_branch_protected",
      "default_endpoint_settings",
      "history_retention_seconds",
      "name",
      "org_id",
      "pg_version",
      "region_id",
    ],
    nested: {
      branch: { as: "list", optional: ["database_name", "name", "role_name"] },
      default_endpoint_settings: {
        as: "list",
        optional: ["autoscaling_limit_max_cu", "autoscaling_limit_min_cu", "suspend_timeout_seconds"],
      },
    },
  },
  tfe_project: {
    source: TFE,
    required: ["name"],
    optional: ["auto_destroy_activity_duration", "description", "ignore_additional_tags", "organization", "tags"],
    values: { name: /^(?=.{3,40}$)[\w-][\w -]+[\w-]$/ },
  },
  tfe_workspace: {
    source: TFE,
    required: ["name"],
    // without agent_pool_id, execution_mode, global_remote_state, operations and remote_state_consumer_ids, which are deprecated here
    optional: [
      "allow_destroy_plan",
      "auto_apply_run_trigger",
      "description",
      "file_triggers_enabled",
      "force_delete",
      "organization",
      "project_id",
      "queue_all_runs",
      "speculative_enabled",
      "structured_run_output_enabled",
      "tags",
      "terraform_version",
    ],
    values: { name: /^[\w-]{1,90}$/ },
  },
  tfe_workspace_settings: {
    source: TFE,
    required: ["workspace_id"],
    // without description and tags, which the workspace has: each argument belongs to one of the two
    optional: [
      "agent_pool_id",
      "assessments_enabled",
      "auto_apply",
      "execution_mode",
      "global_remote_state",
      "remote_state_consumer_ids",
    ],
    values: { execution_mode: /^(agent|local|remote)$/ },
  },
  tfe_variable_set: {
    source: TFE,
    required: ["name"],
    optional: ["description", "global", "organization", "parent_project_id", "priority"], // workspace_ids is deprecated
  },
  tfe_project_variable_set: { source: TFE, required: ["project_id", "variable_set_id"] },
  tfe_variable: {
    source: TFE,
    required: ["category", "key"],
    optional: ["description", "hcl", "sensitive", "value", "value_wo", "variable_set_id", "workspace_id"],
    values: { category: /^(env|terraform)$/ },
  },
  "data.tfe_variable_set": { source: TFE, required: ["name"], optional: ["organization"] },
  neon_branch: { source: NEON, required: ["project_id"], optional: ["name", "parent_id"] },
  neon_endpoint: {
    source: NEON,
    required: ["branch_id", "project_id"],
    optional: ["autoscaling_limit_max_cu", "autoscaling_limit_min_cu", "suspend_timeout_seconds", "type"],
  },
};

/** What Terraform takes with every resource. */
const META = ["//", "count", "depends_on", "for_each", "lifecycle", "provider"];

/** What a provider would refuse in a synthesized resource, one line each. */
export function schemaProblems(type: string, resource: Readonly<Record<string, unknown>>): string[] {
  const schema = VENDOR_SCHEMAS[type];
  if (schema === undefined) return [`${type}: no schema`];
  const own = Object.fromEntries(Object.entries(resource).filter(([name]) => !META.includes(name)));
  return argumentProblems(type, schema, own);
}

function argumentProblems(path: string, schema: Arguments, value: Readonly<Record<string, unknown>>): string[] {
  const { required = [], optional = [], nested = {}, values = {} } = schema;
  return [
    ...required.filter((name) => !(name in value)).map((name) => `${path}.${name}: missing`),
    ...Object.entries(value).flatMap(([name, inner]) => {
      if (![...required, ...optional].includes(name)) return [`${path}.${name}: unknown`];
      const accepted = values[name];
      if (accepted && typeof inner === "string" && !inner.includes("${") && !accepted.test(inner)) {
        return [`${path}.${name}: not ${accepted.source}`];
      }
      const below = nested[name];
      return below === undefined ? [] : nestedProblems(`${path}.${name}`, below, inner);
    }),
  ];
}

function nestedProblems(path: string, schema: Nested, value: unknown): string[] {
  if (Array.isArray(value) !== (schema.as === "list") || typeof value !== "object" || value === null) {
    return [`${path}: not a ${schema.as}`];
  }
  const all = schema.as === "object" ? [[path, value] as const] : Object.entries(value);
  return all.flatMap(([key, one]) =>
    argumentProblems(key === path ? path : `${path}.${key}`, schema, one as Readonly<Record<string, unknown>>),
  );
}
