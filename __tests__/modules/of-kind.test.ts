import { anyOfKind, ofKind } from "../../modules/of-kind";

type Shape = { readonly kind: "round"; readonly radius: number } | { readonly kind: "square"; readonly side: number };

const shapes: Readonly<Record<string, Shape>> = {
  ball: { kind: "round", radius: 1 },
  box: { kind: "square", side: 2 },
  coin: { kind: "round", radius: 3 },
};

describe("ofKind", () => {
  test("keeps those of the kind, by name and in their order", () => {
    expect(ofKind(shapes, "round")).toEqual({ ball: { kind: "round", radius: 1 }, coin: { kind: "round", radius: 3 } });
    expect(Object.keys(ofKind(shapes, "round"))).toEqual(["ball", "coin"]);
    expect(ofKind({}, "round" as never)).toEqual({});
  });

  test("knows their type", () => {
    const sides: number[] = Object.values(ofKind(shapes, "square")).map(({ side }) => side);
    expect(sides).toEqual([2]);
  });
});

test("anyOfKind tells whether there is one", () => {
  const { ball, coin } = ofKind(shapes, "round");
  expect(anyOfKind(shapes, "square")).toBe(true);
  expect(anyOfKind({ ball, coin } as Readonly<Record<string, Shape>>, "square")).toBe(false);
  expect(anyOfKind<Shape>({}, "square")).toBe(false);
});
