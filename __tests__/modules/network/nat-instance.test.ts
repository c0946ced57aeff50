import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import type { Context } from "../../../modules/context";
import { NatInstance } from "../../../modules/network/nat-instance";
import { natUserData } from "../../../modules/network/nat-user-data";
import { context, policyOf, resources, synth } from "../../support/synth";

const synthOf = (overrides: Partial<Context> = {}) =>
  synth((scope) => {
    new NatInstance(scope, "nat", {
      context: context(overrides),
      instanceType: "t4g.micro",
      vpcId: "vpc-1",
      vpcCidr: "10.0.0.0/16",
      subnetId: "subnet-public-a",
      clients: [
        { name: "private-a", cidr: "10.0.0.0/19" },
        { name: "private-b", cidr: "10.0.32.0/19" },
      ],
      internetRoute: new InternetGateway(scope, "internet"),
    });
  });
const all = (type: string) => resources(synthOf(), type);

describe("NatInstance", () => {
  test("is an instance of the chosen type that forwards through its own interface", () => {
    expect(all("aws_instance")).toEqual([
      expect.objectContaining({
        instance_type: "t4g.micro",
        launch_template: { id: expect.stringContaining("aws_launch_template") },
        network_interface: [
          { device_index: 0, network_interface_id: expect.stringContaining("aws_network_interface") },
        ],
        user_data: natUserData("10.0.0.0/16"),
        user_data_replace_on_change: true,
        tags: { Name: "acme-test-nat" },
      }),
    ]);
    expect(all("aws_network_interface")).toEqual([
      expect.objectContaining({ subnet_id: "subnet-public-a", source_dest_check: false }),
    ]);
  });

  test("takes the image by name, which no plan has to look up", () => {
    expect(all("aws_launch_template")).toEqual([
      expect.objectContaining({
        image_id: "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
      }),
    ]);
    expect(synthOf().data).toBeUndefined();
    for (const instance of all("aws_instance")) {
      expect(instance).not.toHaveProperty("ami");
      expect(instance).not.toHaveProperty("root_block_device"); // for it the provider would look the image up, by a name that EC2 refuses
    }
  });

  test("keeps address and interface when it is replaced", () => {
    expect(all("aws_eip")).toEqual([
      expect.objectContaining({
        domain: "vpc",
        network_interface: expect.stringContaining("aws_network_interface"),
      }),
    ]);
    for (const address of all("aws_eip")) expect(address).not.toHaveProperty("instance");
  });

  test("requires IMDSv2 within one hop", () => {
    for (const resource of [...all("aws_instance"), ...all("aws_launch_template")]) {
      expect(resource["metadata_options"]).toEqual({
        http_endpoint: "enabled",
        http_tokens: "required",
        http_put_response_hop_limit: 1,
      });
    }
  });

  test("encrypts its disk", () => {
    for (const template of all("aws_launch_template")) {
      expect(template["block_device_mappings"]).toEqual([
        { device_name: "/dev/xvda", ebs: { encrypted: "true", volume_size: 8, volume_type: "gp3" } },
      ]);
    }
  });

  test("lets in private subnets only, and has no key", () => {
    expect(
      all("aws_vpc_security_group_ingress_rule").map(({ cidr_ipv4, ip_protocol }) => [cidr_ipv4, ip_protocol]),
    ).toEqual([
      ["10.0.0.0/19", "-1"],
      ["10.0.32.0/19", "-1"],
    ]);
    for (const group of all("aws_security_group")) {
      expect(group).not.toHaveProperty("ingress");
      expect(group).not.toHaveProperty("egress");
    }
    for (const resource of [...all("aws_instance"), ...all("aws_launch_template")]) {
      expect(resource).not.toHaveProperty("key_name");
    }
  });

  test("may open Session Manager channels and nothing else", () => {
    expect(all("aws_iam_role_policy_attachment")).toEqual([]);
    expect(all("aws_iam_role_policy").map((policy) => policyOf(policy).Statement)).toEqual([
      [
        {
          Effect: "Allow",
          Action: "ssm:UpdateInstanceInformation",
          Resource: "arn:aws:ec2:eu-west-3:123456789012:instance/*",
        },
        {
          Effect: "Allow",
          Action: [
            "ssmmessages:CreateControlChannel",
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:OpenDataChannel",
          ],
          Resource: "*",
        },
      ],
    ]);
  });

  test("has a role that EC2 alone assumes, within the boundary", () => {
    const permissionsBoundaryArn = "arn:aws:iam::123456789012:policy/boundary";
    const [role = {}] = resources(synthOf({ permissionsBoundaryArn }), "aws_iam_role");
    expect(role).toMatchObject({ name: "acme-test-nat", permissions_boundary: permissionsBoundaryArn });
    expect(policyOf(role, "assume_role_policy").Statement).toEqual([
      { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
    ]);
  });
});

describe("natUserData", () => {
  test("forwards and hides the VPC, and does so again after a reboot", () => {
    const script = natUserData("10.0.0.0/16");
    expect(script.split("\n")).toEqual(
      expect.arrayContaining([
        "#!/bin/bash",
        "set -euo pipefail",
        "cat > /etc/sysctl.d/90-nat.conf <<'END'",
        "net.ipv4.ip_forward = 1",
        "cat > /etc/sysconfig/nftables.conf <<'END'",
        "    ip saddr 10.0.0.0/16 ip daddr != 10.0.0.0/16 masquerade",
        "    type filter hook forward priority filter; policy drop;",
        "systemctl enable --now nftables",
      ]),
    );
  });
});
