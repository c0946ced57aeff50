import { ProjectDomain } from "../../../../modules/edge/vercel/project-domain";
import { VercelProvider } from "../../../../modules/edge/vercel/provider";
import { resourcesOf } from "../../../support/synth";
import { schemaProblems } from "../../../support/vendor-schemas";

describe("ProjectDomain", () => {
  test("writes every argument under the provider's name", () => {
    const [found = {}] = resourcesOf("vercel_project_domain", (scope) => {
      new VercelProvider(scope, "vercel");
      new ProjectDomain(scope, "domain", {
        projectId: "prj_1",
        teamId: "team_1",
        domain: "example.com",
        gitBranch: "next",
      });
    });
    expect(found).toEqual({ project_id: "prj_1", team_id: "team_1", domain: "example.com", git_branch: "next" });
    expect(schemaProblems("vercel_project_domain", found)).toEqual([]);
  });
});
