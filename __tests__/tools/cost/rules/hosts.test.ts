import { costs, lines } from "../../support/cost";
import { temporaryFolder } from "../../support/folder";

const folder = temporaryFolder();
const host = { instance_type: "t3.micro", root_block_device: { volume_size: 20, volume_type: "gp3" } };
const template = { block_device_mappings: [{ device_name: "/dev/xvda", ebs: { volume_size: 8, volume_type: "gp3" } }] };

describe("instance", () => {
  test("pays for hours, disk and public address", () => {
    expect(costs(folder, { aws_instance: { h: { ...host, associate_public_ip_address: true } } })).toEqual([
      "t3.micro: 730 h × $0.0104 = $7.59",
      "gp3 disk: 20 GB × $0.08 = $1.60",
      "public IPv4 address: 730 h × $0.005 = $3.65",
    ]);
  });

  test("takes its disk from its launch template", () => {
    expect(
      costs(folder, {
        aws_instance: { h: { instance_type: "t4g.micro", launch_template: { id: "${aws_launch_template.t.id}" } } },
        aws_launch_template: { t: template },
      }),
    ).toEqual(["t4g.micro: 730 h × $0.0084 = $6.13", "gp3 disk: 8 GB × $0.08 = $0.64"]);
  });

  test("pays for its Elastic IP once", () => {
    const address = { instance: "${aws_instance.h.id}" };
    expect(
      costs(folder, {
        aws_instance: { h: { ...host, associate_public_ip_address: true } },
        aws_eip: { a: address },
      }).filter((line) => line.startsWith("public")),
    ).toEqual(["public IPv4 address: 730 h × $0.005 = $3.65"]);
  });

  test("runs a few hours if it is stopped until needed, with its disk all month", () => {
    const found = lines(folder, { aws_instance: { h: { ...host, tags: { Schedule: "on-demand" } } } });
    expect(found.map(({ quantity, note }) => [quantity, note])).toEqual([
      [10, "stopped until it is needed, assumed to run 10 h a month"],
      [20, "the disk is billed while the instance is stopped too"],
    ]);
  });

  test("does not know a disk that nothing gives a size", () => {
    const found = lines(folder, { aws_instance: { h: { instance_type: "t3.micro" } } });
    expect(found.at(-1)).toMatchObject({
      what: "root disk, as large as the image asks for",
      usdPerMonth: "depends on usage",
    });
  });
});

describe("autoScalingGroup", () => {
  test("pays for the least it keeps, and shows the most", () => {
    const [hours, disk] = lines(folder, {
      aws_autoscaling_group: {
        g: { min_size: 1, max_size: 2, launch_template: { id: "${aws_launch_template.t.id}" } },
      },
      aws_launch_template: { t: { ...template, instance_type: "t3.micro" } },
    });
    expect(hours?.usdPerMonth).toBeCloseTo(730 * 0.0104, 10);
    expect(hours?.usdPerMonthAtMost).toBeCloseTo(2 * 730 * 0.0104, 10);
    expect(disk?.usdPerMonthAtMost).toBeCloseTo(2 * 8 * 0.08, 10);
  });
});

describe("volume and elasticIp", () => {
  test("pay by themselves", () => {
    expect(costs(folder, { aws_ebs_volume: { v: { size: 10, type: "gp3" } }, aws_eip: { a: {} } })).toEqual([
      "gp3 disk: 10 GB × $0.08 = $0.80",
      "public IPv4 address: 730 h × $0.005 = $3.65",
    ]);
  });
});
