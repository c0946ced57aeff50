import { picture } from "../../../tools/picture/picture";
import { temporaryFolder } from "../support/folder";
import { awsStacks } from "../support/synthesized";

const folder = temporaryFolder();
const stacks = awsStacks(folder, {
  "prod-one": {
    aws_lb: { "balancer.lb": {} },
    aws_lb_listener: { "listener.l": { load_balancer_arn: "${aws_lb.balancer_lb.arn}" } },
    aws_iam_role: { "role.r": {} },
  },
});
const title = "The <shop> & its stacks";

describe("picture", () => {
  test("gives the same bytes each time", async () => {
    expect(await picture(stacks, { title })).toBe(await picture(stacks, { title }));
  });

  test("says in words what it shows", async () => {
    const svg = await picture(stacks, { title });
    expect(svg).toContain('<title id="picture-title">The &lt;shop&gt; &amp; its stacks</title>');
    expect(svg).toContain(
      '<desc id="picture-desc">prod-one: balancer Application Load Balancer, listener listener, role IAM role. Arrows: Browser to prod-one/balancer, prod-one/balancer to prod-one/listener.</desc>',
    );
  });

  test("knows the dark, and asks nobody for anything", async () => {
    const svg = await picture(stacks, { title });
    expect(svg).toContain("@media (prefers-color-scheme: dark)");
    expect(svg.match(/https?:\/\/[^"]*/g)).toEqual(["http://www.w3.org/2000/svg"]);
    expect(svg).not.toMatch(/<script|@import|url\((?!#)|href/);
  });

  test("puts a class on a construct, by its name or by one of its resources", async () => {
    const classes = new Map([
      ["prod-one/balancer", "update"],
      ["prod-one/aws_lb_listener.listener_l", "create"],
      ["prod-one/aws_iam_role.role_r", 'delete" onload="'],
    ]);
    const svg = await picture(stacks, { title, classes });
    expect(svg).toContain('<g class="node network update">');
    expect(svg).toContain('<g class="node network create">');
    expect(svg).toContain('<text class="row seam delete onload"');
  });
});
