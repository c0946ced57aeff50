import { errorIn, resourceIn, resourcesIn } from "../../../tools/cloud/json-api";

const document = {
  data: {
    id: "run-1",
    type: "runs",
    attributes: { status: "planned" },
    relationships: {
      plan: { data: { id: "plan-1", type: "plans" } },
      apply: { data: { id: "apply-1", type: "applies" } },
      "cost-estimate": { data: null },
    },
  },
  included: [
    {
      id: "plan-1",
      type: "plans",
      attributes: { status: "finished" },
      relationships: { log: { data: { id: "l", type: "logs" } } },
    },
    { id: "apply-1", type: "plans", attributes: { status: "of another type" } },
  ],
};

describe("resourceIn", () => {
  test("reads a thing and what it is related to", () => {
    const run = resourceIn(document);
    expect({ id: run?.id, type: run?.type, attributes: run?.attributes }).toEqual({
      id: "run-1",
      type: "runs",
      attributes: { status: "planned" },
    });
    expect(run?.related("plan")?.attributes).toEqual({ status: "finished" });
    expect(run?.related("plan")?.related("log")?.id).toBe("l");
  });

  test("knows the id of what the document does not tell of", () => {
    const apply = resourceIn(document)?.related("apply");
    expect([apply?.id, apply?.attributes]).toEqual(["apply-1", {}]);
  });

  test("knows of no relation that is empty or not there", () => {
    const run = resourceIn(document);
    expect([run?.related("cost-estimate"), run?.related("workspace")]).toEqual([undefined, undefined]);
  });

  test.each([[undefined], [null], ["text"], [{}], [{ data: null }], [{ data: { id: 1, type: "runs" } }]])(
    "is undefined for %j",
    (other) => {
      expect(resourceIn(other)).toBeUndefined();
    },
  );
});

describe("resourcesIn", () => {
  test("lists things, and leaves out what is none", () => {
    expect(resourcesIn({ data: [document.data, 1, { id: "x" }] }).map(({ id }) => id)).toEqual(["run-1"]);
    expect(resourcesIn({})).toEqual([]);
  });
});

describe("errorIn", () => {
  test.each([
    [{ errors: [{ title: "conflict", detail: "locked" }, { title: "not found" }] }, "conflict: locked; not found"],
    [{ errors: [] }, undefined],
    [{ errors: [{}] }, undefined],
    ["html", undefined],
  ])("%j says %j", (other, text) => {
    expect(errorIn(other)).toBe(text);
  });
});
