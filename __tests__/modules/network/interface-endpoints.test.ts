import { InterfaceEndpoints } from "../../../modules/network/interface-endpoints";
import { INTERFACE_ENDPOINT_SERVICES } from "../../../modules/network/vpc-settings";
import { context, resourcesOf } from "../../support/synth";

const all = (type: string) =>
  resourcesOf(type, (scope) => {
    new InterfaceEndpoints(scope, "endpoints", {
      context: context(),
      services: INTERFACE_ENDPOINT_SERVICES,
      vpcId: "vpc-1",
      vpcCidr: "10.0.0.0/16",
      subnetIds: ["subnet-a", "subnet-b"],
    });
  });

describe("InterfaceEndpoints", () => {
  test("answers under the usual host names in every private subnet", () => {
    const endpoints = all("aws_vpc_endpoint");
    expect(endpoints.map((endpoint) => endpoint["service_name"]).sort()).toEqual(
      INTERFACE_ENDPOINT_SERVICES.map((service) => `com.amazonaws.eu-west-3.${service}`).sort(),
    );
    for (const endpoint of endpoints) {
      expect(endpoint).toMatchObject({
        vpc_id: "vpc-1",
        vpc_endpoint_type: "Interface",
        private_dns_enabled: true,
        subnet_ids: ["subnet-a", "subnet-b"],
        security_group_ids: [expect.stringContaining("aws_security_group")],
      });
    }
  });

  test("lets in HTTPS from the VPC only, and nothing out", () => {
    expect(all("aws_vpc_security_group_ingress_rule")).toEqual([
      expect.objectContaining({ ip_protocol: "tcp", from_port: 443, to_port: 443, cidr_ipv4: "10.0.0.0/16" }),
    ]);
    expect(all("aws_vpc_security_group_egress_rule")).toEqual([]);
    for (const group of all("aws_security_group")) {
      expect(group).not.toHaveProperty("ingress");
      expect(group).not.toHaveProperty("egress");
    }
  });
});
