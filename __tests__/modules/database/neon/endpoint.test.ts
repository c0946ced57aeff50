import { Endpoint } from "../../../../modules/database/neon/endpoint";
import { NeonProvider } from "../../../../modules/database/neon/provider";
import { resourcesOf } from "../../../support/synth";
import { schemaProblems } from "../../../support/vendor-schemas";

describe("Endpoint", () => {
  test("writes every argument under the provider's name", () => {
    const [found = {}] = resourcesOf("neon_endpoint", (scope) => {
      new NeonProvider(scope, "neon");
      const size = { autoscalingLimitMinCu: 0.25, autoscalingLimitMaxCu: 1, suspendTimeoutSeconds: 300 };
      new Endpoint(scope, "endpoint", { projectId: "p", branchId: "br-1", type: "read_write", ...size });
    });
    expect(found).toEqual({
      project_id: "p",
      branch_id: "br-1",
      type: "read_write",
      autoscaling_limit_min_cu: 0.25,
      autoscaling_limit_max_cu: 1,
      suspend_timeout_seconds: 300,
    });
    expect(schemaProblems("neon_endpoint", found)).toEqual([]);
  });
});
