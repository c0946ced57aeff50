import fc from "fast-check";
import type { Environment } from "../../envs/environment";
import { systemProblems } from "../../envs/validate";
import { NAME_RULES } from "../../modules/naming";
import { anyEnvironment } from "../support/any-environment";
import { inCloud } from "../support/in-cloud";
import { system } from "../support/environments";
import { resources, type Synthesized } from "../support/synth";
import { synthSystem } from "../support/system";

const synth = (environment: Environment) => synthSystem({ system: system(environment), environments: [environment] });

/** Where each AWS type with a short limit keeps its name. */
const NAMED = [
  ["aws_lb", "name", NAME_RULES.loadBalancer.max],
  ["aws_lb_target_group", "name", NAME_RULES.targetGroup.max],
  ["aws_iam_role", "name", NAME_RULES.iamRole.max],
  ["aws_db_instance", "identifier", NAME_RULES.dbInstance.max],
  ["aws_elasticache_replication_group", "replication_group_id", NAME_RULES.replicationGroup.max],
  ["aws_elasticache_serverless_cache", "name", NAME_RULES.serverlessCache.max],
  ["aws_s3_bucket", "bucket", NAME_RULES.bucket.max],
  ["aws_rds_cluster", "cluster_identifier", NAME_RULES.dbCluster.max],
  ["aws_apprunner_service", "service_name", NAME_RULES.appRunnerService.max],
  ["aws_cloudwatch_metric_alarm", "alarm_name", NAME_RULES.alarm.max],
  ["cloudflare_pages_project", "name", NAME_RULES.pagesProject.max],
  ["upstash_redis_database", "database_name", NAME_RULES.upstashDatabase.max],
] as const;

const all = (stacks: Readonly<Record<string, Synthesized>>, type: string) =>
  Object.values(stacks).flatMap((stack) => resources(stack, type));

describe("any valid environment", () => {
  test("is found valid, synthesizes, twice to the same bytes, with names within their limits", () => {
    fc.assert(
      fc.property(anyEnvironment(), (environment) => {
        expect(systemProblems(system(environment))).toEqual([]);
        const first = synth(environment);
        expect(synth(environment).bytes).toEqual(first.bytes);
        for (const [type, attribute, max] of NAMED) {
          for (const resource of all(first.stacks, type)) {
            expect(String(resource[attribute])).toMatch(new RegExp(`^.{1,${max}}$`));
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  test("opens nothing to the internet but ports 80 and 443, and no database", () => {
    fc.assert(
      fc.property(anyEnvironment(), (environment) => {
        const { stacks } = synth(environment);
        const open = all(stacks, "aws_vpc_security_group_ingress_rule").filter(
          (rule) => rule["cidr_ipv4"] === "0.0.0.0/0" || rule["cidr_ipv6"] !== undefined,
        );
        for (const rule of open) expect([80, 443]).toContain(rule["from_port"]);
        for (const group of all(stacks, "aws_security_group")) expect(group).not.toHaveProperty("ingress");
        for (const database of all(stacks, "aws_db_instance")) {
          expect(database).toMatchObject({ publicly_accessible: false });
          if (database["replicate_source_db"] === undefined)
            expect(database).toMatchObject({ storage_encrypted: true });
        }
        for (const cluster of all(stacks, "aws_rds_cluster"))
          expect(cluster).toMatchObject({ storage_encrypted: true });
        for (const one of all(stacks, "aws_rds_cluster_instance")) {
          expect(one["publicly_accessible"] ?? false).toBe(false);
        }
      }),
      { numRuns: 20 },
    );
  });

  test("in Terraform Cloud has a workspace for each stack, which shows its state to those that read it and to no other", () => {
    fc.assert(
      fc.property(anyEnvironment(), (environment) => {
        const one = inCloud(system(environment));
        expect(systemProblems(one)).toEqual([]);
        const { stacks } = synthSystem({ system: one, environments: one.environments });
        const { platform = {}, ...others } = stacks;
        const names = Object.fromEntries(
          Object.entries(platform.resource?.["tfe_workspace"] ?? {}).map(([address, { name }]) => [
            `\${tfe_workspace.${address}.id}`,
            String(name),
          ]),
        );
        const shown = resources(platform, "tfe_workspace_settings").flatMap((settings) =>
          (settings["remote_state_consumer_ids"] as string[]).map(
            (reader) => `${names[reader]} reads ${names[String(settings["workspace_id"])]}`,
          ),
        );
        const read = Object.entries(others).flatMap(([stack, { data = {} }]) =>
          Object.values(data["terraform_remote_state"] ?? {}).map(
            ({ config }) => `acme-${stack} reads ${(config as { workspaces: { name: string } }).workspaces.name}`,
          ),
        );
        expect(Object.values(names).sort()).toEqual(
          Object.keys(others)
            .map((stack) => `acme-${stack}`)
            .sort(),
        );
        expect(shown.sort()).toEqual(read.sort());
      }),
      { numRuns: 10 },
    );
  });

  test("adding a service changes no address of the others", () => {
    fc.assert(
      fc.property(anyEnvironment(), (environment) => {
        const more = {
          ...environment.services,
          zzz: { kind: "fargate", image: { repository: "api", tag: "v1" } } as const,
        };
        const before = synth({ ...environment, services: environment.services ?? {} });
        const after = synth({ ...environment, services: more });
        const addresses = ({ stacks }: typeof before) =>
          Object.entries(stacks).flatMap(([stack, { resource = {} }]) =>
            Object.entries(resource).flatMap(([type, named]) =>
              Object.keys(named).map((id) => `${stack} ${type}.${id}`),
            ),
          );
        expect(addresses(after)).toEqual(expect.arrayContaining(addresses(before)));
      }),
      { numRuns: 15 },
    );
  });
});
