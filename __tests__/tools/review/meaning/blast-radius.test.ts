import { blastRadius, type Reference } from "../../../../tools/review/meaning/blast-radius";
import type { Change } from "../../../../tools/review/review";
import { planOf, reviewOf, type ChangeSketch } from "../../../support/plan-json";

/** What happens to some objects, as a review has it. */
function changesOf(sketches: readonly ChangeSketch[]): readonly Change[] {
  return reviewOf(planOf(sketches)).stacks.flatMap(({ changes }) => changes);
}

const gone = (address: string, more: Partial<ChangeSketch> = {}): ChangeSketch => ({
  address,
  actions: ["delete", "create"],
  before: {},
  after: {},
  ...more,
});
const reads = (from: string, to: string): Reference => ({ from: `stack/${from}`, to: `stack/${to}` });
const path = (stack: string, address: string) => `${stack}:${address}`;

/** What is reached, as `address <distance> <action>`, by what goes. */
function reached(sketches: readonly ChangeSketch[], references: readonly Reference[]) {
  return blastRadius(changesOf(sketches), references, path).map(({ address, affected }) => [
    address,
    affected.map((one) => `${one.address} ${one.distance} ${one.action}`),
  ]);
}

describe("blastRadius", () => {
  test("says who reads what is replaced, what happens to them, and where they are", () => {
    const changes = changesOf([
      gone("aws_db_instance.db"),
      { address: "aws_ecs_service.api", actions: ["update"], before: { a: 1 }, after: { a: 2 } },
    ]);
    expect(blastRadius(changes, [reads("aws_ecs_service.api", "aws_db_instance.db")], path)).toEqual([
      {
        stack: "stack",
        address: "aws_db_instance.db",
        construct: "",
        action: "replace",
        affected: [
          {
            stack: "stack",
            address: "aws_ecs_service.api",
            construct: "stack:aws_ecs_service.api",
            action: "update",
            distance: 1,
          },
        ],
      },
    ]);
  });

  test("follows references through others, the nearest first, each once", () => {
    expect(
      reached(
        [gone("aws_a.a", { actions: ["delete"] })],
        [
          reads("aws_d.d", "aws_b.b"),
          reads("aws_b.b", "aws_a.a"),
          reads("aws_c.c", "aws_a.a"),
          reads("aws_d.d", "aws_a.a"),
          reads("aws_e.e", "aws_d.d"),
        ],
      ),
    ).toEqual([["aws_a.a", ["aws_b.b 1 no-op", "aws_c.c 1 no-op", "aws_d.d 1 no-op", "aws_e.e 2 no-op"]]]);
  });

  test("comes to an end where references go in a circle", () => {
    expect(reached([gone("aws_a.a")], [reads("aws_b.b", "aws_a.a"), reads("aws_a.a", "aws_b.b")])).toEqual([
      ["aws_a.a", ["aws_b.b 1 no-op"]],
    ]);
  });

  test("goes on into other stacks", () => {
    const [change] = changesOf([gone("aws_a.a")]);
    if (change === undefined) throw new Error("no change was made");
    expect(
      blastRadius([{ ...change, stack: "network" }], [{ from: "app/aws_b.b", to: "network/aws_a.a" }], path)[0]
        ?.affected,
    ).toEqual([{ stack: "app", address: "aws_b.b", construct: "app:aws_b.b", action: "no-op", distance: 1 }]);
  });

  test("takes one of several for the resource that others name", () => {
    expect(reached([gone('aws_a.a["x/y"]')], [reads("aws_b.b", "aws_a.a")])).toEqual([
      ['aws_a.a["x/y"]', ["aws_b.b 1 no-op"]],
    ]);
  });

  test.each<[string, ChangeSketch]>([
    ["what nobody reads", gone("aws_other.a")],
    ["what is changed in place", gone("aws_a.a", { actions: ["update"] })],
    ["what is let go of", gone("aws_a.a", { actions: ["forget"] })],
    ["what is left of a replaced object", gone("aws_a.a", { actions: ["delete"], entry: { deposed: "00aa11bb" } })],
  ])("leaves out %s", (_, sketch) => {
    expect(reached([sketch], [reads("aws_b.b", "aws_a.a")])).toEqual([]);
  });

  test("lists fifty of one, and a hundred that go, those that nobody reads not among them", () => {
    const many = Array.from({ length: 60 }, (_, index) => reads(`aws_b.b${String(index).padStart(2, "0")}`, "aws_a.a"));
    const [[, affected] = []] = reached([gone("aws_a.a")], many);
    expect([affected?.length, affected?.[0], affected?.at(-1)]).toEqual([50, "aws_b.b00 1 no-op", "aws_b.b49 1 no-op"]);

    const unread = Array.from({ length: 120 }, (_, index) => gone(`aws_u.u${index}`));
    const read = Array.from({ length: 110 }, (_, index) => gone(`aws_r.r${index}`));
    const references = read.map(({ address }) => reads("aws_b.b", address));
    expect(reached([...unread, ...read], references)).toHaveLength(100);
  });
});
