import { graphOf } from "../../../tools/picture/graph";
import { temporaryFolder } from "../support/folder";
import { outputOf } from "../support/stacks";
import { awsStacks } from "../support/synthesized";

const folder = temporaryFolder();

/** The arrows of some stacks, as text: `->` for requests, `~>` for delivery. */
function arrows(
  stacks: Parameters<typeof awsStacks>[1],
  reads: Readonly<Record<string, readonly string[]>> = {},
): string[] {
  return graphOf(awsStacks(folder, stacks, { reads })).edges.map(
    ({ from, to, kind }) => `${from} ${kind === "request" ? "->" : "~>"} ${to}`,
  );
}

describe("arrowsOf", () => {
  test("follows a value to the construct of another stack", () => {
    const app = {
      aws_ecs_task_definition: {
        "api.task": { container_definitions: `x ${outputOf("p-data", "aws_db_instance-db_i")}` },
      },
    };
    expect(arrows({ "p-data": { aws_db_instance: { "db.i": {} } }, "p-app": app }, { "p-app": ["p-data"] })).toEqual([
      "p-app/api -> p-data/db",
    ]);
  });

  test("runs from the browser through the load balancer and its listener to the service, once", () => {
    const one = {
      aws_lb: { "balancer.lb": { internal: false } },
      aws_security_group: { "balancer.group": {}, "api.group": {} },
      aws_lb_listener: { "listener.l": { load_balancer_arn: "${aws_lb.balancer_lb.arn}" } },
      aws_lb_listener_rule: { "api.rule": { listener_arn: "${aws_lb_listener.listener_l.arn}" } },
      aws_ecs_service: { "api.service": {} },
      aws_vpc_security_group_ingress_rule: {
        "api.in": {
          security_group_id: "${aws_security_group.api_group.id}",
          referenced_security_group_id: "${aws_security_group.balancer_group.id}",
        },
      },
    };
    expect(arrows({ one })).toEqual([
      "Browser -> one/balancer",
      "one/balancer -> one/listener",
      "one/listener -> one/api",
    ]);
  });

  test("reads in a security group's rules who asks whom, from both sides", () => {
    const ends = {
      security_group_id: "${aws_security_group.a_group.id}",
      referenced_security_group_id: "${aws_security_group.b_group.id}",
    };
    const groups = { aws_security_group: { "a.group": {}, "b.group": {} } };
    expect(arrows({ one: { ...groups, aws_vpc_security_group_ingress_rule: { "x.rule": ends } } })).toEqual([
      "one/b -> one/a",
    ]);
    expect(arrows({ one: { ...groups, aws_vpc_security_group_egress_rule: { "x.rule": ends } } })).toEqual([
      "one/a -> one/b",
    ]);
  });

  test("says nothing of permissions, logs, keys and places", () => {
    const one = {
      aws_iam_role: { "role.r": { policy: "${aws_s3_bucket.bucket_b.arn}" } },
      aws_s3_bucket: { "bucket.b": { key: "${aws_kms_key.key_k.arn}" } },
      aws_kms_key: { "key.k": {} },
      aws_cloudwatch_log_group: { "logs.l": {} },
      aws_subnet: { "vpc.a": {} },
      aws_vpc: { "vpc.v": {} },
      aws_ecs_service: {
        "api.s": {
          role: "${aws_iam_role.role_r.arn}",
          logs: "${aws_cloudwatch_log_group.logs_l.name}",
          subnets: ["${aws_subnet.vpc_a.id}"],
        },
      },
    };
    expect(arrows({ one })).toEqual([]);
  });

  test("finds an image by its repository, and not by a longer name", () => {
    const image = (name: string) => ({
      container_definitions: JSON.stringify([{ image: `1.dkr.ecr.eu-west-3.amazonaws.com/${name}:v1` }]),
    });
    const repositories = { "image-api.r": { name: "acme/api" } };
    const tasks = { "api.t": image("acme/api"), "other.t": image("acme/api-2") };
    expect(arrows({ one: { aws_ecr_repository: repositories, aws_ecs_task_definition: tasks } })).toEqual([
      "one/image-api ~> one/api",
    ]);
  });

  test("shows what is stopped by schedule and backed up, by identifier too", () => {
    const one = {
      aws_db_instance: { "db.i": { identifier: "acme-db" } },
      aws_instance: { "host.i": {} },
      aws_scheduler_schedule: {
        "nights.db": { target: { input: JSON.stringify({ DbInstanceIdentifier: "acme-db" }) } },
        "nights.host": { target: { input: JSON.stringify({ InstanceIds: ["${aws_instance.host_i.id}"] }) } },
      },
      aws_backup_selection: { "backup.s": { resources: ["arn:aws:rds:us-east-1:1:db:acme-db"] } },
    };
    expect(arrows({ one })).toEqual(["one/backup ~> one/db", "one/nights ~> one/db", "one/nights ~> one/host"]);
  });

  test("leads the browser to the record of an address, and through the address to the host that has it", () => {
    const one = {
      aws_eip: { "address.a": {} },
      aws_instance: { "host.i": {} },
      aws_eip_association: {
        "host.x": { allocation_id: "${aws_eip.address_a.id}", instance_id: "${aws_instance.host_i.id}" },
      },
      cloudflare_dns_record: { "records.r": { content: "${aws_eip.address_a.public_ip}" } },
    };
    expect(arrows({ one })).toEqual([
      "Browser -> Cloudflare",
      "Cloudflare -> one/records",
      "one/address -> one/host",
      "one/records -> one/address",
    ]);
  });

  test("leads the browser to a host that lets everybody in", () => {
    const rule = (cidr_ipv4: string) => ({
      aws_instance: { "host.i": {} },
      aws_vpc_security_group_ingress_rule: { "host.in": { cidr_ipv4 } },
    });
    expect(arrows({ one: rule("0.0.0.0/0") })).toEqual(["Browser -> one/host"]);
    expect(arrows({ one: rule("10.0.0.0/8") })).toEqual([]);
  });

  test("shows who stands outside where a stack uses its provider", () => {
    const one = {
      vercel_project: { "site.p": {} },
      upstash_redis_database: { "cache.d": {} },
      github_repository_environment: { "environment.e": {} },
      github_actions_environment_variable: { "environment.v": { value: "${aws_iam_role.deploy_r.arn}" } },
      aws_iam_role: {
        "deploy.r": { assume_role_policy: "token.actions.githubusercontent.com" },
        "plan.r": { assume_role_policy: "token.actions.githubusercontent.com" },
      },
    };
    expect(arrows({ one })).toEqual([
      "Browser -> Vercel",
      "GitHub ~> one/environment",
      "GitHub ~> one/plan",
      "Vercel -> one/site",
      "one/cache -> Upstash",
      "one/environment ~> one/deploy",
    ]);
  });

  test("leads a distribution to the record of the host that it passes requests on to", () => {
    const one = {
      aws_cloudfront_distribution: { "site.d": { origin: [{ domain_name: "api.example.com" }] } },
      aws_route53_record: {
        "records.r": { name: "api.example.com", alias: { name: "${aws_lb.balancer_lb.dns_name}" } },
      },
      aws_lb: { "balancer.lb": { internal: true } },
    };
    expect(arrows({ one })).toEqual(["Browser -> one/site", "one/records -> one/balancer", "one/site -> one/records"]);
  });

  test("leads it to the load balancer where no record is made here", () => {
    const one = {
      aws_cloudfront_distribution: { "site.d": { origin: [{ domain_name: "api.example.com" }] } },
      aws_lb: { "balancer.lb": { internal: true } },
      aws_lb_listener: { "balancer.l": { load_balancer_arn: "${aws_lb.balancer_lb.arn}" } },
      aws_lb_listener_rule: {
        "balancer.r": {
          listener_arn: "${aws_lb_listener.balancer_l.arn}",
          condition: [{ host_header: { values: ["api.example.com"] } }],
        },
      },
    };
    expect(arrows({ one })).toEqual(["Browser -> one/site", "one/site -> one/balancer"]);
  });

  test("finds no request in a host that is a variable of a service", () => {
    const one = {
      aws_ecs_task_definition: {
        "api.t": {
          container_definitions: JSON.stringify([{ environment: [{ name: "O", value: "www.example.com" }] }]),
        },
      },
      aws_route53_record: { "records.r": { name: "www.example.com" } },
    };
    expect(arrows({ one })).toEqual([]);
  });

  test("runs from a bucket through its replication to the replica, which is known by name", () => {
    const one = {
      aws_s3_bucket: { "bucket.b": { bucket: "acme-files" }, "replica.b": { bucket: "acme-files-replica" } },
      aws_s3_bucket_replication_configuration: {
        "replication.r": {
          bucket: "${aws_s3_bucket.bucket_b.bucket}",
          rule: [{ destination: { bucket: "arn:aws:s3:::acme-files-replica" } }],
        },
      },
    };
    expect(arrows({ one })).toEqual(["one/bucket ~> one/replication", "one/replication ~> one/replica"]);
  });

  test("points from a database to its standby in another region, by the global cluster's name", () => {
    const one = {
      aws_rds_cluster: {
        "db.c": { cluster_identifier: "acme-db" },
        "standby.c": { cluster_identifier: "acme-db-standby", global_cluster_identifier: "acme-db" },
      },
      aws_rds_global_cluster: { "db.g": { global_cluster_identifier: "acme-db" } },
    };
    expect(arrows({ one })).toEqual(["one/db -> one/standby"]);
  });

  test("tells vaults of one name apart by the region of the ARN", () => {
    const vault = (region: string) => ({
      aws_backup_vault: { "vault.v": { name: "acme" } },
      aws_backup_plan: {
        "plan.p": {
          name: "acme",
          rule: [{ copy_action: [{ destination_vault_arn: `arn:aws:backup:${region}:1:backup-vault:acme` }] }],
        },
      },
    });
    expect(arrows({ one: vault("us-east-1") })).toEqual(["one/plan ~> one/vault"]);
    expect(arrows({ two: vault("us-west-2") })).toEqual([]);
  });

  test("reads * in an ARN as any name", () => {
    const one = {
      aws_rds_cluster: { "db.c": { cluster_identifier: "acme-db" } },
      aws_db_instance: { "other.i": { identifier: "acme-other" } },
      aws_backup_selection: { "plan.s": { resources: ["arn:aws:rds:us-east-1:1:cluster:*"] } },
    };
    expect(arrows({ one })).toEqual(["one/plan ~> one/db"]);
  });

  test("leads a pipeline to the services that it gives to CodeDeploy by name", () => {
    const one = {
      aws_codedeploy_app: { "api.a": { name: "acme-api" }, "web.a": { name: "acme-web" } },
      aws_codepipeline: {
        "pipeline.p": {
          name: "acme-web",
          stage: [{ action: [{ configuration: { ApplicationName: "acme-api", DeploymentGroupName: "acme-api" } }] }],
        },
      },
    };
    expect(arrows({ one })).toEqual(["one/pipeline ~> one/api"]);
  });

  test("runs from GitHub through the connection to the pipeline", () => {
    const one = {
      aws_codeconnections_connection: { "source.c": {} },
      aws_codepipeline: {
        "pipeline.p": { stage: [{ ConnectionArn: "${aws_codeconnections_connection.source_c.arn}" }] },
      },
    };
    expect(arrows({ one })).toEqual(["GitHub ~> one/source", "one/source ~> one/pipeline"]);
  });

  test("finds nothing that an alarm or a dashboard names", () => {
    const one = {
      aws_rds_cluster: { "db.c": { cluster_identifier: "acme-db" } },
      aws_cloudwatch_metric_alarm: { "alarms.a": { dimensions: { DBClusterIdentifier: "acme-db" } } },
    };
    expect(arrows({ one })).toEqual([]);
  });

  test("points from a primary database to its replica", () => {
    const one = {
      aws_db_instance: { "db.i": {}, "replica.i": { replicate_source_db: "${aws_db_instance.db_i.arn}" } },
    };
    expect(arrows({ one })).toEqual(["one/db -> one/replica"]);
  });
});
