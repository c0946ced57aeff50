import { html } from "../../../../../tools/review/render/html/markup";
import { PageIndex } from "../../../../../tools/review/render/html/page-index";
import { picture } from "../../../../../tools/review/render/html/picture";
import type { Picture, Review } from "../../../../../tools/review/review";
import { riskyReview } from "../../../../support/reviews";
import { systemReview, withHostileText } from "../../../../support/system-reviews";

const drawn = async (review: Review) => html`${await picture(new PageIndex(review))}`.text;
const boxes = (text: string, key = '[^"]*') => (text.match(new RegExp(`<g class="node ${key}"`, "g")) ?? []).length;

/** A picture with a thing that goes through each action. */
const actions: Picture = {
  clusters: [
    {
      name: "one",
      where: "AWS",
      nodes: (["create", "update", "replace-create-first", "delete", "forget", "unknown", undefined] as const).map(
        (action, index) => ({
          ...{ id: `one/thing-${index}`, name: `thing-${index}`, parts: ["Lambda"], kind: "compute", inVpc: false },
          ...(action === undefined ? {} : { action }),
          changes: 1,
        }),
      ),
    },
  ],
  outside: [],
  edges: [],
};

describe("picture", () => {
  test("is left out where there is none", async () => {
    expect(await drawn(riskyReview())).toBe("");
  });

  test("marks every action with a class and a symbol", async () => {
    const text = await drawn({ ...riskyReview(), picture: actions });
    const marked = [...text.matchAll(/<g class="node compute ([\w -]+)">[\s\S]*?class="name"[^>]*>([^<]*)</g)];
    expect(marked.map(([, key, name]) => [key, name])).toEqual([
      ["create", "+ thing-0"],
      ["update", "~ thing-1"],
      ["replace", "+/− thing-2"],
      ["delete", "− thing-3"],
      ["forget", "× thing-4"],
      ["unknown", "? thing-5"],
      ["same", "thing-6"],
    ]);
  });

  test("warns of what is grave, in a box and in a row alike", async () => {
    const node = {
      ...{ name: "role", parts: ["IAM role"], inVpc: false, changes: 1 },
      action: "update",
      severity: "high",
    } as const;
    const text = await drawn({
      ...riskyReview(),
      picture: {
        clusters: [
          {
            name: "stack",
            where: "",
            nodes: [
              { ...node, id: "stack/a", kind: "security" },
              { ...node, id: "stack/b", kind: "compute" },
            ],
          },
        ],
        outside: [],
        edges: [],
      },
    });
    expect(text).toMatch(/<text class="row seam update grave"[^>]*><tspan font-weight="bold">⚠ ~ role</);
    expect(text).toMatch(/<g class="node compute update grave">/);
    expect(text.match(/aria-label="role IAM role: update, high, in stack"/g)).toHaveLength(2);
  });

  test.each([
    [2, 5, 9, 1],
    [10, 30, 31, 1],
    [40, 100, 1, 1],
  ])(
    "of %i stacks of %i resources has %i boxes, and the database that is replaced",
    async (stacks, resources, all, lost) => {
      const text = await drawn(systemReview(stacks, resources));
      expect(boxes(text)).toBe(all);
      expect(boxes(text, "data replace grave")).toBe(lost);
      expect(text).toContain('href="#change-prod-data-aws_db_instance.database_instance"');
    },
  );

  test("says so where there are too many", async () => {
    const text = await drawn(systemReview(120, 8));
    expect(boxes(text)).toBe(0);
    expect(text).toContain("600 things in 120 stacks are too many for a picture that can be read.");
  });

  test("cuts names that would make the others small, and names what cannot be seen", async () => {
    const text = await drawn(withHostileText(systemReview(1, 5), `\u202e${"x".repeat(300)}`));
    expect(text.replaceAll(/<details[\s\S]*|href="[^"]*"|<title[\s\S]*?<\/title>/g, "")).not.toMatch(/\u202e|x{50}/);
    const [, width = "0"] = /viewBox="0 0 (\d+)/.exec(text) ?? [];
    expect(Number(width)).toBeLessThan(1_400);
  });
});
