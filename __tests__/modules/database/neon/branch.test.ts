import { Branch } from "../../../../modules/database/neon/branch";
import { NeonProvider } from "../../../../modules/database/neon/provider";
import { resourcesOf } from "../../../support/synth";
import { schemaProblems } from "../../../support/vendor-schemas";

describe("Branch", () => {
  test("writes every argument under the provider's name", () => {
    const [found = {}] = resourcesOf("neon_branch", (scope) => {
      new NeonProvider(scope, "neon");
      new Branch(scope, "branch", { projectId: "p", name: "next", parentId: "br-1" });
    });
    expect(found).toEqual({ project_id: "p", name: "next", parent_id: "br-1" });
    expect(schemaProblems("neon_branch", found)).toEqual([]);
  });
});
