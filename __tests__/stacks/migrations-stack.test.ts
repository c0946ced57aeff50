import type { Environment, Shared, StateSettings } from "../../envs/environment";
import { api, prod, shared, staging, system } from "../support/environments";
import { policyOf, resources } from "../support/synth";
import { synthSystem } from "../support/system";

const cidr = "10.250.0.0/24";
const migrating: Shared = { ...shared, envFiles: {}, migrations: { repository: "api", cidr } };
const database = { engine: "mysql" } as const;

/** A staging and a prod with one bastion for both. */
function synth(overrides: Partial<Environment> = {}, common: Shared = migrating) {
  const environments = [
    staging({ shared: common, database, ...overrides }),
    prod({ shared: common, database, ...overrides, state: { kind: "s3" } }),
  ];
  return synthSystem({ system: system(...environments), environments });
}

const { stacks, dependencies } = synth();
const migrations = stacks["staging-migrations"] ?? {};

describe("MigrationsStack", () => {
  const read = (output: string) => `\${data.terraform_remote_state.state-shared-bastion.outputs.${output}}`;

  test("is there for an environment with a database of RDS, and waits for it and its network only", () => {
    expect(dependencies["staging-migrations"]).toEqual(["staging-network", "staging-data"]);
    expect(synth({ database: undefined }).stacks).not.toHaveProperty("staging-migrations");
    expect(synth({ database: { engine: "neon", neonRegion: "aws-us-east-1" } }).stacks).not.toHaveProperty(
      "staging-migrations",
    );
  });

  test("peers the two networks: the isolated subnets here, the bastion's there", () => {
    expect(resources(migrations, "aws_vpc_peering_connection")).toEqual([
      expect.objectContaining({ peer_vpc_id: read("bastion_vpc_id"), auto_accept: true }),
    ]);
    const routes = resources(migrations, "aws_route").map((route) => [
      route["destination_cidr_block"],
      route["route_table_id"],
    ]);
    expect(routes).toEqual([
      ["10.10.0.0/16", read("bastion_route_table_id")],
      [cidr, expect.stringMatching(/-staging-network\.outputs\.[\w-]*isolated-routes/)],
    ]);
  });

  test("lets the bastion reach the database at its port, and read its password, and nothing else", () => {
    expect(resources(migrations, "aws_vpc_security_group_ingress_rule")).toEqual([
      expect.objectContaining({
        security_group_id: expect.stringMatching(/-staging-data\.outputs\.[\w-]*database_access/),
        referenced_security_group_id: read("bastion_security_group_id"),
        from_port: 3306,
        to_port: 3306,
      }),
    ]);
    const statements = resources(migrations, "aws_iam_role_policy").flatMap((policy) => policyOf(policy).Statement);
    expect(statements.map(({ Action }) => [Action].flat())).toEqual([["secretsmanager:GetSecretValue"]]);
  });
});

describe("outputs of a stack that is deployed before", () => {
  const source = (state: StateSettings) =>
    synth({}, { ...migrating, state }).stacks["staging-migrations"]?.data?.["terraform_remote_state"]?.[
      "state-shared-bastion"
    ];

  test("come from its file", () => {
    expect(source({ kind: "local" })).toMatchObject({
      backend: "local",
      config: { path: "../../../.groundplan/state/shared-bastion.tfstate" },
    });
  });

  test("come from its object in S3", () => {
    expect(source({ kind: "s3" })).toMatchObject({
      backend: "s3",
      config: {
        bucket: "acme-123456789012-terraform-state",
        key: "shared/shared-bastion.tfstate",
        region: "eu-west-3",
      },
    });
  });

  test("come from its workspace in Terraform Cloud", () => {
    expect(source({ kind: "cloud", organization: "acme-org", hostname: "tfe.example.com" })).toMatchObject({
      backend: "remote",
      config: {
        organization: "acme-org",
        hostname: "tfe.example.com",
        workspaces: { name: "acme-shared-bastion" },
      },
    });
  });

  test("come from where that stack keeps its state, wherever the one that reads keeps its own", () => {
    const { stacks: both } = synth();
    expect(both["prod-migrations"]?.data?.["terraform_remote_state"]?.["state-shared-bastion"]).toMatchObject({
      backend: "local",
    });
    expect(both["prod-migrations"]?.terraform?.["backend"]).toMatchObject({ s3: {} });
  });

  test("are read by the environments' services not at all", () => {
    const built = synth({ services: { worker: { kind: "fargate", image: api.image } } });
    expect(Object.keys(built.stacks["staging-app"]?.data?.["terraform_remote_state"] ?? {}).sort()).toEqual([
      "cross-stack-reference-input-staging-data",
      "cross-stack-reference-input-staging-network",
    ]);
  });
});
