import type { Environment, Shared } from "../../envs/environment";
import { prod, shared, staging, system } from "../support/environments";
import { values } from "../support/stacks";
import { resources } from "../support/synth";
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
const bastion = stacks["shared-bastion"] ?? {};

describe("SharedBastionStack", () => {
  test("is only there when the environments share one", () => {
    expect(synth({}, shared).stacks).not.toHaveProperty("shared-bastion");
  });

  test("has one host, in a network of its own without NAT", () => {
    expect(resources(bastion, "aws_instance")).toHaveLength(1);
    expect(values(bastion, "aws_vpc", "cidr_block")).toEqual([cidr]);
    expect(resources(bastion, "aws_nat_gateway")).toEqual([]);
    expect(resources(bastion, "aws_vpc_security_group_ingress_rule")).toEqual([]);
  });

  test("has a document for the migrations of each environment, also of one that is not chosen", () => {
    const names = (built: typeof stacks) => values(built["shared-bastion"] ?? {}, "aws_ssm_document", "name");
    expect(names(stacks)).toEqual(["acme-shared-migrate-prod", "acme-shared-migrate-staging"]);
    const environments = [staging({ shared: migrating }), prod({ shared: migrating })];
    const chosen = synthSystem({ system: system(...environments), environments: environments.slice(0, 1) });
    expect(names(chosen.stacks)).toEqual(names(stacks));
  });

  test("waits for no other stack and reads no state", () => {
    expect(dependencies["shared-bastion"]).toEqual([]);
    expect(bastion).not.toHaveProperty("data");
  });

  test("tells the environments what they need to be peered, and no more", () => {
    expect(Object.keys(bastion.output ?? {}).sort()).toEqual([
      "bastion_route_table_id",
      "bastion_security_group_id",
      "bastion_vpc_id",
    ]);
    for (const output of Object.values(bastion.output ?? {})) {
      expect(output["description"]).toBe("Read by the migrations stacks of the environments");
    }
  });
});
