import type { Context } from "../../../modules/context";
import { SessionHost, type SessionHostProps } from "../../../modules/compute/session-host";
import { sessionHostUserData } from "../../../modules/compute/session-host-user-data";
import { context, policyOf, resources, synth } from "../../support/synth";

const host = (props: Partial<SessionHostProps> = {}, overrides: Partial<Context> = {}) =>
  synth(
    (scope) =>
      new SessionHost(scope, "host", {
        context: context(overrides),
        name: "api",
        vpcId: "vpc-1",
        subnetId: "subnet-1",
        ...props,
      }),
  );
const all = (type: string, props: Partial<SessionHostProps> = {}) => resources(host(props), type);

describe(SessionHost, () => {
  test("is one small arm64 instance of Amazon Linux 2023 that stops when it is shut down", () => {
    expect(all("aws_instance")).toEqual([
      expect.objectContaining({
        instance_type: "t4g.micro",
        instance_initiated_shutdown_behavior: "stop",
        user_data: sessionHostUserData(),
        user_data_replace_on_change: true,
        tags: { Name: "acme-test-api" },
      }),
    ]);
    expect(all("aws_launch_template")).toEqual([
      expect.objectContaining({
        image_id: "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
      }),
    ]);
    expect(host().data).toBeUndefined();
  });

  test.each([
    ["t4g.small", "arm64"],
    ["c7gn.large", "arm64"],
    ["g5g.xlarge", "arm64"],
    ["t3.micro", "x86_64"],
    ["g5.xlarge", "x86_64"],
    ["m7i-flex.large", "x86_64"],
  ])("runs the image of its type: %s is %s", (instanceType, architecture) => {
    for (const { image_id } of all("aws_launch_template", { instanceType })) {
      expect(image_id).toMatch(new RegExp(`-${architecture}$`));
    }
  });

  test("requires IMDSv2, and keeps containers from its credentials unless one needs them", () => {
    for (const [containerCredentials, hops] of [
      [false, 1],
      [true, 2],
    ] as const) {
      const synthesized = host({ containerCredentials });
      for (const type of ["aws_instance", "aws_launch_template"]) {
        for (const { metadata_options } of resources(synthesized, type)) {
          expect(metadata_options).toEqual({
            http_endpoint: "enabled",
            http_tokens: "required",
            http_put_response_hop_limit: hops,
          });
        }
      }
    }
  });

  test("takes more tags, none of which changes its name, and tells whose its disk is", () => {
    for (const instance of all("aws_instance", { tags: { Schedule: "on-demand", Name: "other" } })) {
      expect(instance["tags"]).toEqual({ Schedule: "on-demand", Name: "acme-test-api" });
    }
    expect(all("aws_launch_template")[0]?.["tag_specifications"]).toEqual([
      { resource_type: "volume", tags: { Project: "acme", Environment: "test", Name: "acme-test-api" } },
    ]);
  });

  test("encrypts its disk", () => {
    for (const template of all("aws_launch_template", { diskGiB: 30 })) {
      expect(template["block_device_mappings"]).toEqual([
        { device_name: "/dev/xvda", ebs: { encrypted: "true", volume_size: 30, volume_type: "gp3" } },
      ]);
    }
  });

  test("has no key and lets nothing in", () => {
    const synthesized = host();
    for (const type of ["aws_instance", "aws_launch_template"]) {
      for (const resource of resources(synthesized, type)) expect(resource).not.toHaveProperty("key_name");
    }
    expect(resources(synthesized, "aws_vpc_security_group_ingress_rule")).toEqual([]);
    for (const group of resources(synthesized, "aws_security_group")) {
      expect(group).not.toHaveProperty("ingress");
      expect(group).not.toHaveProperty("egress");
    }
  });

  test("reaches HTTPS and what it is connected to, and opens the other side to itself only", () => {
    const synthesized = host({
      connections: [
        { id: "database", port: 3306, securityGroupId: "sg-database" },
        { id: "cache", port: 6379, anywhere: true },
      ],
    });
    expect(
      Object.fromEntries(
        resources(synthesized, "aws_vpc_security_group_egress_rule").map((rule) => [
          rule["from_port"],
          rule["cidr_ipv4"] ?? rule["referenced_security_group_id"],
        ]),
      ),
    ).toEqual({ 443: "0.0.0.0/0", 3306: "sg-database", 6379: "0.0.0.0/0" });
    expect(resources(synthesized, "aws_vpc_security_group_ingress_rule")).toEqual([
      expect.objectContaining({
        security_group_id: "sg-database",
        referenced_security_group_id: expect.stringContaining("aws_security_group"),
        from_port: 3306,
        to_port: 3306,
      }),
    ]);
  });

  test("may open the channels of Systems Manager, write its logs, and what it is for", () => {
    const statement = { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::bucket/*"] };
    expect(all("aws_iam_role_policy_attachment")).toEqual([]);
    expect(all("aws_iam_role_policy", { statements: [statement] }).map((policy) => policyOf(policy).Statement)).toEqual(
      [
        [
          {
            Effect: "Allow",
            Action: ["ssm:UpdateInstanceInformation"],
            Resource: ["arn:aws:ec2:eu-west-3:123456789012:instance/*"],
          },
          {
            Effect: "Allow",
            Action: ["Control", "Data"]
              .map((channel) => `ssmmessages:Create${channel}Channel`)
              .concat(["ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel"]),
            Resource: ["*"],
          },
          {
            Effect: "Allow",
            Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
            Resource: ["arn:aws:logs:eu-west-3:123456789012:log-group:/ec2/acme-test-api:log-stream:*"],
          },
          { Effect: "Allow", Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::bucket/*"] },
        ],
      ],
    );
  });

  test("has a role that EC2 alone assumes, within the boundary", () => {
    const permissionsBoundaryArn = "arn:aws:iam::123456789012:policy/boundary";
    const [role = {}] = resources(host({}, { permissionsBoundaryArn }), "aws_iam_role");
    expect(role).toMatchObject({ name: "acme-test-api-host", permissions_boundary: permissionsBoundaryArn });
    expect(policyOf(role, "assume_role_policy").Statement).toEqual([
      { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
    ]);
  });

  test("stands behind an interface of its own, which keeps its addresses", () => {
    const synthesized = host({ addressAllocationId: "eipalloc-1" });
    expect(resources(synthesized, "aws_network_interface")).toEqual([
      expect.objectContaining({ subnet_id: "subnet-1" }),
    ]);
    expect(resources(synthesized, "aws_eip_association")).toEqual([
      expect.objectContaining({
        allocation_id: "eipalloc-1",
        network_interface_id: expect.stringContaining("aws_network_interface"),
      }),
    ]);
    for (const instance of resources(synthesized, "aws_instance")) {
      expect(instance["depends_on"]).toContainEqual(expect.stringMatching(/^aws_eip_association\./));
      expect(instance).not.toHaveProperty("associate_public_ip_address");
    }
  });

  test("takes a public address of its own from its template, so that a stopped one is no other one", () => {
    const synthesized = host({ assignPublicIp: true });
    expect(resources(synthesized, "aws_network_interface")).toEqual([]);
    expect(resources(synthesized, "aws_launch_template")).toEqual([
      expect.objectContaining({
        network_interfaces: [
          expect.objectContaining({ associate_public_ip_address: "true", device_index: 0, subnet_id: "subnet-1" }),
        ],
      }),
    ]);
    for (const instance of resources(synthesized, "aws_instance")) {
      expect(instance).not.toHaveProperty("associate_public_ip_address");
    }
  });

  test("is replaced when its template or its first boot changes", () => {
    for (const instance of all("aws_instance")) {
      expect(instance["launch_template"]).toMatchObject({ version: expect.stringContaining("latest_version") });
    }
    expect(all("aws_instance", { firstBoot: ["echo ${HOME}"] })).toEqual([
      expect.objectContaining({ user_data: sessionHostUserData(["echo $${HOME}"]) }),
    ]);
  });

  test("keeps its logs as long as told, and beyond its end in prod", () => {
    expect(all("aws_cloudwatch_log_group", { logRetentionDays: 30 })).toEqual([
      expect.objectContaining({ name: "/ec2/acme-test-api", retention_in_days: 30, skip_destroy: true }),
    ]);
    expect(resources(host({}, { destroyable: true }), "aws_cloudwatch_log_group")).toEqual([
      expect.objectContaining({ skip_destroy: false }),
    ]);
  });

  test.each<[Partial<SessionHostProps>, string]>([
    [{ diskGiB: 7 }, "diskGiB must be a whole number from 8 to 16384, got 7"],
    [{ diskGiB: 16_385 }, "diskGiB must be a whole number from 8 to 16384, got 16385"],
    [{ instanceType: "large" }, 'instanceType must be an EC2 type such as t4g.micro, got "large"'],
    [
      { assignPublicIp: true, addressAllocationId: "eipalloc-1" },
      "assignPublicIp must be left out with addressAllocationId, got true",
    ],
    [
      { logRetentionDays: 2 },
      "logRetentionDays must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, got 2",
    ],
  ])("fails on %j", (props, message) => {
    expect(() => host(props)).toThrow(`test/host: ${message}`);
  });

  test.each([8, 16_384])("accepts a disk of %d GiB", (diskGiB) => {
    expect(() => host({ diskGiB })).not.toThrow();
  });
});
