import { artifactName, pipelineTargetProblems } from "../../../modules/delivery/pipeline-target";
import { releaseTargets } from "./example-pipeline";

describe("pipelineTargetProblems", () => {
  test("asks for the names of every service that is built", () => {
    const found = (services: string[]) => pipelineTargetProblems(services, releaseTargets).filter(Boolean);
    expect(found(["api", "web-app"])).toEqual([]);
    expect(found(["api", "worker", "toString"])).toEqual([
      "targets.worker must be given for the service it builds, got none",
      "targets.toString must be given for the service it builds, got none",
    ]);
  });
});

describe("artifactName", () => {
  test("has only letters, digits and underscores", () => {
    expect(artifactName("web-app")).toBe("web_app");
  });
});
