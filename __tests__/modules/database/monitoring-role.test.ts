import { MonitoringRole } from "../../../modules/database/monitoring-role";
import { context, resourcesOf } from "../../support/synth";

describe("MonitoringRole", () => {
  test("may do what AWS's own policy for enhanced monitoring says, and nothing else", () => {
    const build = (type: string) =>
      resourcesOf(type, (scope) => new MonitoringRole(scope, "role", { context: context(), thing: "db" }));
    expect(build("aws_iam_role_policy_attachment")).toEqual([
      expect.objectContaining({ policy_arn: "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole" }),
    ]);
    expect(build("aws_iam_role_policy")).toEqual([]);
  });
});
