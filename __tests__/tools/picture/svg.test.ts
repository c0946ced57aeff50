import type { Graph, PictureNode } from "../../../tools/picture/graph";
import { layout } from "../../../tools/picture/layout";
import { svgOf, type SvgOptions } from "../../../tools/picture/svg";

const node = (id: string, kind: PictureNode["kind"], name = id.split("/").at(-1) ?? ""): PictureNode => ({
  ...{ id, name, kind, parts: ["part"], addresses: [`${id}.resource`], inVpc: kind === "data" },
});
const graph: Graph = {
  clusters: [
    {
      name: "one",
      where: "AWS",
      nodes: [node("one/api", "compute"), node("one/db", "data"), node("one/role", "security")],
    },
  ],
  outside: [node("Browser", "outside")],
  edges: [
    { from: "Browser", to: "one/api", kind: "request" },
    { from: "one/api", to: "one/db", kind: "delivery" },
  ],
};
const drawn = async (options: Partial<SvgOptions> = {}, given = graph) =>
  svgOf(given, await layout(given), { title: "A system", ...options });

describe("svgOf", () => {
  test("draws a frame for a stack, a box or a row for a construct, and an arrow for who asks whom", async () => {
    const text = await drawn();
    expect(text.match(/<rect class="stack"/g)).toHaveLength(1);
    expect([...text.matchAll(/<g class="node (\w+)">/g)].map((match) => match[1]).sort()).toEqual([
      "compute",
      "data",
      "outside",
    ]);
    expect(text).toMatch(/<text class="row seam"[^>]*><tspan font-weight="bold">role</);
    expect([...text.matchAll(/<path class="arrow (\w+)" d="M[^"]*L/g)].map((match) => match[1])).toEqual([
      "request",
      "delivery",
    ]);
    expect(text).toMatch(/<text class="chip"[^>]*>VPC</);
  });

  test("is a file by itself, with its style and its words", async () => {
    const text = await drawn();
    expect(text).toContain('role="img" aria-labelledby="picture-title picture-desc"');
    expect(text).toContain("<style>");
    expect(text).toContain("Arrows: Browser to one/api, one/api to one/db.");
  });

  test("has no style and no attribute of style in a page, whose policy forbids them, and is a group of links there", async () => {
    const text = await drawn({ embedded: true });
    expect(text).not.toMatch(/<style|style=|<desc/);
    expect(text).toContain('role="group" aria-labelledby="picture-title"');
  });

  test("leads from a box and from a row to where it is told", async () => {
    const text = await drawn({
      linkOf: (id) => (id === "one/api" ? undefined : { href: `#${id}`, label: `the ${id} & "more"` }),
    });
    const links = [...text.matchAll(/<a href="([^"]*)" aria-label="([^"]*)">\n<(\w+) class="(\w+)/g)];
    expect(links.map((match) => match.slice(1))).toEqual([
      ["#one/role", "the one/role &amp; &quot;more&quot;", "text", "row"],
      ["#Browser", "the Browser &amp; &quot;more&quot;", "g", "node"],
      ["#one/db", "the one/db &amp; &quot;more&quot;", "g", "node"],
    ]);
  });

  test("lets no name become markup", async () => {
    const name = `</text><script>alert(1)</script>"`;
    const given: Graph = {
      ...graph,
      clusters: [{ name, where: name, nodes: [node("one/api", "compute", name), node("one/role", "security", name)] }],
      edges: [],
      outside: [],
    };
    const text = await drawn({ title: name }, given);
    expect(text).not.toContain("<script");
    expect(text.match(/&lt;\/text&gt;&lt;script&gt;/g)?.length).toBeGreaterThanOrEqual(5);
  });

  test("lets no class become an attribute", async () => {
    const text = await drawn({
      classes: new Map([
        ["one/api", 'update" onload="x'],
        ["one/db.resource", "delete"],
      ]),
    });
    expect(text).toContain('<g class="node compute update onloadx">');
    expect(text).toContain('<g class="node data delete">');
  });
});
