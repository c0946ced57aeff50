import { graphOf } from "../../../tools/picture/graph";
import { layout, SIZE, type Box } from "../../../tools/picture/layout";
import { textWidth } from "../../../tools/picture/text-width";
import { temporaryFolder } from "../support/folder";
import { awsStacks } from "../support/synthesized";

const folder = temporaryFolder();

/** A system of so many services, each with a database of its own and one that it shares. */
function system(services: number) {
  const numbers = Array.from({ length: services }, (_, index) => index);
  const named = <T>(name: (index: number) => string, config: (index: number) => T) =>
    Object.fromEntries(numbers.map((index) => [name(index), config(index)]));
  return graphOf(
    awsStacks(folder, {
      "prod-one": {
        aws_lb: { "load-balancer.lb": {} },
        aws_lb_listener: { "listener.l": { load_balancer_arn: "${aws_lb.load-balancer_lb.arn}" } },
        aws_lb_listener_rule: named(
          (index) => `service-${index}.rule`,
          () => ({ listener_arn: "${aws_lb_listener.listener_l.arn}" }),
        ),
        aws_ecs_service: named(
          (index) => `service-${index}.service`,
          (index) => ({
            uses: [`\${aws_db_instance.database-${index}_i.address}`, "${aws_db_instance.database-0_i.address}"],
          }),
        ),
        aws_db_instance: named(
          (index) => `database-${index}.i`,
          () => ({ engine: "postgres", engine_version: "16", instance_class: "db.t4g.micro", multi_az: true }),
        ),
        aws_cloudwatch_metric_alarm: named(
          (index) => `alarms-${index}.a`,
          () => ({}),
        ),
      },
      "prod-a-stack-of-a-long-name-with-nothing-but-a-role": { aws_iam_role: { "role.r": {} } },
    }),
  );
}

const inside = (inner: Box, outer: Box) =>
  inner.x >= outer.x - 1 &&
  inner.y >= outer.y - 1 &&
  inner.x + inner.width <= outer.x + outer.width + 1 &&
  inner.y + inner.height <= outer.y + outer.height + 1;
const apart = (a: Box, b: Box) =>
  a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;

describe("layout", () => {
  test.each([3, 20])("places everything apart and inside its stack, for %d services", async (services) => {
    const graph = system(services);
    const placed = await layout(graph);
    const page = { x: 0, y: 0, width: placed.width, height: placed.height };
    const boxes = placed.nodes.filter(({ node }) => node.kind !== "outside");
    const holder = (id: string) => placed.clusters.find(({ name }) => id.startsWith(`${name}/`)) ?? page;

    expect(placed.width).toBeLessThanOrEqual(1300);
    expect([...placed.clusters, ...placed.nodes].filter((box) => !inside(box, page))).toEqual([]);
    expect(boxes.filter((box) => !inside(box, holder(box.node.id)))).toEqual([]);
    const overlapping = placed.nodes.flatMap((a, index) => placed.nodes.slice(index + 1).filter((b) => !apart(a, b)));
    expect(overlapping).toEqual([]);
    expect(placed.edges).toHaveLength(graph.edges.length);
  });

  test("leaves no construct out: a box for what has arrows, a row for the rest", async () => {
    const graph = system(2);
    const placed = await layout(graph);
    const shown = [...placed.nodes, ...placed.lists.flatMap(({ rows }) => rows)].map(({ node }) => node.id);
    expect(shown.sort()).toEqual(
      [...graph.outside, ...graph.clusters.flatMap(({ nodes }) => nodes)].map(({ id }) => id).sort(),
    );
    expect(placed.lists.flatMap(({ rows }) => rows.map(({ node }) => node.name))).toEqual(
      expect.arrayContaining(["alarms-0", "alarms-1", "role"]),
    );
  });

  test("is wide enough for every text", async () => {
    const placed = await layout(system(2));
    for (const { node, lines, width } of placed.nodes) {
      const widest = Math.max(
        textWidth(node.name, SIZE.nameFont, "bold"),
        ...lines.map((line) => textWidth(line, SIZE.textFont)),
      );
      expect(widest).toBeLessThan(width - SIZE.padding);
    }
    for (const { name, where, width } of placed.clusters) {
      expect(textWidth(name, SIZE.titleFont, "bold") + textWidth(where, SIZE.textFont)).toBeLessThan(width);
    }
  });

  test("is empty for nothing", async () => {
    expect(await layout({ clusters: [], outside: [], edges: [] })).toMatchObject({ width: 0, height: 0 });
  });
});
