import { graphOf } from "../../../tools/picture/graph";
import { temporaryFolder } from "../support/folder";
import { awsStacks } from "../support/synthesized";

const folder = temporaryFolder();

/** What a construct of one stack is shown as. */
function parts(resources: Parameters<typeof awsStacks>[1][string]): readonly string[] {
  return graphOf(awsStacks(folder, { "prod-one": resources })).clusters[0]?.nodes[0]?.parts ?? [];
}

describe("graphOf", () => {
  test("has a cluster per stack, upstreams first, with its place and its constructs", () => {
    const stacks = awsStacks(
      folder,
      {
        "prod-app": { aws_ecs_cluster: { "cluster.c": {} } },
        "prod-network": { aws_vpc: { "vpc.v": {} }, aws_subnet: { "vpc.a": {} } },
      },
      { reads: { "prod-app": ["prod-network"] } },
    );
    expect(graphOf(stacks).clusters.map(({ name, where, nodes }) => [name, where, nodes.map(({ id }) => id)])).toEqual([
      ["prod-network", "AWS us-east-1", ["prod-network/vpc"]],
      ["prod-app", "AWS us-east-1", ["prod-app/cluster"]],
    ]);
  });

  test("says of rules that stand by themselves to what they are the way", () => {
    const group = { security_group_id: "${aws_security_group.database_g.id}" };
    const one = {
      aws_iam_role_policy: { "target.p": {} },
      aws_vpc_security_group_ingress_rule: { "target.in": group },
      aws_security_group: { "database.g": {} },
      aws_db_instance: { "database.i": { engine: "mysql" } },
    };
    const [cluster] = graphOf(awsStacks(folder, { one })).clusters;
    expect(cluster?.nodes.find(({ name }) => name === "target")?.parts).toEqual(["way to the database"]);
  });

  test("marks what stands in the VPC", () => {
    const one = {
      aws_vpc: { "vpc.v": {} },
      aws_subnet: { "vpc.a": { vpc_id: "${aws_vpc.vpc_v.id}" } },
      aws_lb: { "balancer.l": { subnets: ["${aws_subnet.vpc_a.id}"] } },
      aws_s3_bucket: { "bucket.b": {} },
    };
    const [cluster] = graphOf(awsStacks(folder, { one })).clusters;
    expect(cluster?.nodes.map(({ name, inVpc }) => [name, inVpc])).toEqual([
      ["vpc", false],
      ["balancer", true],
      ["bucket", false],
    ]);
  });

  test.each([
    [
      {
        aws_ecs_service: { "api.s": { desired_count: 1 } },
        aws_ecs_task_definition: { "api.t": { cpu: "256", memory: "512" } },
        aws_appautoscaling_target: { "api.a": { min_capacity: 1, max_capacity: 3 } },
      },
      ["Fargate", "256 CPU", "512 MiB", "1–3 tasks"],
    ],
    [
      {
        aws_ecs_service: {
          "api.s": { desired_count: 1, capacity_provider_strategy: [{ capacity_provider: "FARGATE_SPOT" }] },
        },
      },
      ["Fargate Spot", "1 task"],
    ],
    [
      {
        aws_db_instance: {
          "db.i": { engine: "postgres", engine_version: "16.4", instance_class: "db.t4g.micro", multi_az: true },
        },
      },
      ["RDS PostgreSQL 16", "db.t4g.micro", "Multi-AZ"],
    ],
    [
      {
        aws_rds_cluster: { "db.c": { engine: "aurora-postgresql", engine_version: "16.6" } },
        aws_rds_cluster_instance: { "db.w": { instance_class: "db.r6g.large" }, "db.r": {} },
        aws_appautoscaling_target: { "db.t": { min_capacity: 1, max_capacity: 3 } },
      },
      ["Aurora PostgreSQL 16", "db.r6g.large", "1–3 readers"],
    ],
    [
      {
        aws_elasticache_replication_group: {
          "cache.c": { engine: "redis", engine_version: "7.1", node_type: "cache.t4g.micro", num_cache_clusters: 2 },
        },
      },
      ["ElastiCache Redis 7.1", "cache.t4g.micro", "2 nodes"],
    ],
    [
      {
        aws_vpc: { "vpc.v": { cidr_block: "10.0.0.0/16" } },
        aws_subnet: { "vpc.a": { availability_zone: "a" }, "vpc.b": { availability_zone: "b" } },
        aws_nat_gateway: { "vpc.n": {} },
      },
      ["VPC", "10.0.0.0/16", "2 zones", "1 NAT gateway"],
    ],
    [{ aws_instance: { "host.i": { instance_type: "t3.micro" } } }, ["EC2", "t3.micro"]],
    [
      { aws_apprunner_service: { "api.s": { instance_configuration: { cpu: "1024", memory: "2048" } } } },
      ["App Runner", "1024 CPU", "2048 MiB"],
    ],
    [{ aws_cloudwatch_metric_alarm: { "alarms.a": {}, "alarms.b": {} } }, ["2 alarms"]],
    [{ aws_cloudfront_distribution: { "site.d": {} }, aws_s3_bucket: { "site.b": {} } }, ["CloudFront"]],
    [{ aws_eip: { "address.a": {} } }, ["Elastic IP"]],
    [{ aws_route: { "peering.r": {} }, aws_vpc_peering_connection: { "peering.c": {} } }, ["VPC peering"]],
    [
      { aws_iam_role: { "replication.i": {} }, aws_s3_bucket_replication_configuration: { "replication.r": {} } },
      ["S3 replication"],
    ],
    [{ aws_redshift_cluster: { "warehouse.r": {} } }, ["redshift cluster"]],
  ])("says what a construct is: %j", (resources, words) => {
    expect(parts(resources as Parameters<typeof parts>[0])).toEqual(words);
  });
});
