import { condensed } from "../../../../tools/review/picture/condensed";
import type { Picture, PictureThing } from "../../../../tools/review/review";
import { systemReview } from "../../../support/system-reviews";

const thing = (id: string, more: Partial<PictureThing> = {}): PictureThing => ({
  ...{ id, name: id.split("/").at(-1) ?? "", parts: ["Fargate"], kind: "compute", inVpc: true, changes: 0 },
  ...more,
});
const things = (number: number, stack: string, more: Partial<PictureThing> = {}) =>
  Array.from({ length: number }, (_, index) => thing(`${stack}/${more.action ?? "same"}-${index}`, more));
const picture = (nodes: readonly PictureThing[], edges: Picture["edges"] = []): Picture => ({
  clusters: [{ name: "one", where: "AWS", nodes }],
  outside: [thing("Browser", { kind: "outside" })],
  edges,
});
const request = (from: string, to: string) => ({ from, to, kind: "request" as const });
const names = (given: Picture | undefined) => given?.clusters.map(({ nodes }) => nodes.map(({ name }) => name));
const update = { action: "update", changes: 1 } as const;
const lost = { action: "delete", changes: 1, severity: "critical" } as const;

describe("condensed", () => {
  test("leaves a picture of thirty boxes as it is", () => {
    const given = picture(things(29, "one"));
    expect(condensed(given)).toBe(given);
  });

  test("counts what neither changes nor is next to a change", () => {
    const given = picture(
      [...things(40, "one"), thing("one/db", lost), thing("one/api")],
      [request("one/api", "one/db"), request("Browser", "one/same-0")],
    );
    expect(condensed(given)).toEqual({
      clusters: [
        {
          name: "one",
          where: "AWS",
          nodes: [
            thing("one/db", lost),
            thing("one/api"),
            thing("one/", { name: "40 more", parts: ["unchanged"], kind: "operations", inVpc: false }),
          ],
        },
      ],
      outside: [],
      edges: [request("one/api", "one/db")],
    });
  });

  test("puts what is alike and goes through the same into one box, with its arrows, but nothing that is grave", () => {
    const given = picture(
      [...things(60, "one", update), ...things(2, "one", lost), thing("one/lambda", { ...update, parts: ["Lambda"] })],
      things(60, "one", update).map(({ id }) => request(id, "one/delete-0")),
    );
    expect(names(condensed(given))).toEqual([["update-0 and 59 more", "delete-0", "delete-1", "lambda"]]);
    expect(condensed(given)?.clusters[0]?.nodes[0]?.changes).toBe(60);
    expect(condensed(given)?.edges).toEqual([request("one/update-0", "one/delete-0")]);
  });

  test("names what is grave, and counts the rest, where nothing else helps", () => {
    const parts = Array.from({ length: 60 }, (_, index) => ({ ...update, parts: [`type ${index}`] }));
    const given = picture([
      ...parts.map((part, index) => thing(`one/u-${index}`, part)),
      ...things(7, "one", lost),
      ...things(3, "one"),
    ]);
    expect(names(condensed(given))).toEqual([
      [
        ...["delete-0", "delete-1", "delete-2", "delete-3", "delete-4"],
        ...["u-0 and 59 more", "delete-5 and 1 more", "3 more"],
      ],
    ]);
  });

  test("puts a stack with a danger first", () => {
    const given: Picture = {
      clusters: [
        { name: "one", where: "", nodes: things(20, "one", update) },
        { name: "two", where: "", nodes: [...things(20, "two", update), thing("two/db", lost)] },
      ],
      outside: [],
      edges: [],
    };
    expect(condensed(given)?.clusters.map(({ name }) => name)).toEqual(["two", "one"]);
  });

  test.each([
    [1, 10],
    [3, 30],
    [10, 30],
    [30, 60],
  ])("counts every change of %i stacks of %i resources, and keeps the danger by name", (stacks, resources) => {
    const review = systemReview(stacks, resources);
    const small = review.picture === undefined ? undefined : condensed(review.picture);
    const nodes = small?.clusters.flatMap((cluster) => cluster.nodes) ?? [];
    const ids = new Set([...nodes, ...(small?.outside ?? [])].map(({ id }) => id));
    expect(nodes.reduce((sum, { changes }) => sum + changes, 0)).toBe(
      review.stacks.reduce((sum, { changes }) => sum + changes.length, 0),
    );
    expect(nodes.length).toBeLessThanOrEqual(200);
    expect(small?.edges.filter(({ from, to }) => !ids.has(from) || !ids.has(to))).toEqual([]);
    expect(nodes.filter(({ severity }) => severity === "critical").map(({ name }) => name)).toEqual(
      stacks === 1 ? [] : ["database"],
    );
  });

  test("gives up where even numbers are too many", () => {
    const clusters = Array.from({ length: 201 }, (_, index) => ({
      ...{ name: `s${index}`, where: "" },
      nodes: [thing(`s${index}/a`, update)],
    }));
    expect(condensed({ clusters, outside: [], edges: [] })).toBeUndefined();
    expect(condensed({ clusters: clusters.slice(1), outside: [], edges: [] })?.clusters).toHaveLength(200);
  });
});
