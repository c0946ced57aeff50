import type { FargateServiceProps } from "../../../modules/compute/fargate-service";
import { resources } from "../../support/synth";
import { service, web, worker } from "./example-service";

const own = expect.stringMatching(/^\$\{aws_security_group\.api_network_group_\w+\.id\}$/) as string;
const tcp = (port: number) => ({ ip_protocol: "tcp", from_port: port, to_port: port });
const rules = (direction: "ingress" | "egress", props: Partial<FargateServiceProps> = {}, base = web) =>
  resources(service(props, base), `aws_vpc_security_group_${direction}_rule`).map(
    ({ "//": _metadata, ...rule }) => rule,
  );

const https = {
  security_group_id: own,
  description: "HTTPS to anywhere: registry and APIs",
  cidr_ipv4: "0.0.0.0/0",
  ...tcp(443),
};

describe("TaskNetwork", () => {
  test("is a security group without rules of its own", () => {
    const [group, ...others] = resources(service(), "aws_security_group");
    expect(others).toEqual([]);
    expect(group).toMatchObject({
      name: "acme-test-api-tasks",
      vpc_id: "vpc-1",
      tags: { Name: "acme-test-api-tasks" },
    });
    expect(group).not.toHaveProperty("ingress");
    expect(group).not.toHaveProperty("egress");
  });

  test("lets in the load balancer on the one port", () => {
    expect(rules("ingress")).toEqual([
      {
        security_group_id: own,
        description: "Load balancer to acme-test-api",
        referenced_security_group_id: "sg-lb",
        ...tcp(3000),
      },
    ]);
  });

  test("lets nobody into a worker", () => {
    expect(rules("ingress", {}, worker)).toEqual([]);
  });

  test("lets out HTTPS and nothing else", () => {
    expect(rules("egress")).toEqual([https]);
  });

  test("opens both sides of a connection, to each other only", () => {
    const connections = [{ id: "database", port: 5432, securityGroupId: "sg-db" }];
    const rule = { description: "acme-test-api to database", ...tcp(5432) };
    expect(rules("egress", { connections })).toEqual([
      { ...rule, security_group_id: own, referenced_security_group_id: "sg-db" },
      https,
    ]);
    expect(rules("ingress", { connections }, worker)).toEqual([
      { ...rule, security_group_id: "sg-db", referenced_security_group_id: own },
    ]);
  });

  test("opens only outward what is on the internet", () => {
    const connections = [{ id: "cache", port: 6379, anywhere: true as const }];
    expect(rules("egress", { connections })).toEqual([
      { security_group_id: own, description: "acme-test-api to cache", cidr_ipv4: "0.0.0.0/0", ...tcp(6379) },
      https,
    ]);
    expect(rules("ingress", { connections }, worker)).toEqual([]);
  });

  test("lets nothing in from an address range, whatever is connected", () => {
    const connections = [
      { id: "database", port: 5432, securityGroupId: "sg-db" },
      { id: "cache", port: 6379, anywhere: true as const },
    ];
    for (const rule of rules("ingress", { connections, assignPublicIp: true })) {
      expect(rule).toHaveProperty("referenced_security_group_id");
      expect(rule).not.toHaveProperty("cidr_ipv4");
    }
  });
});
