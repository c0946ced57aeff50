import { appRunnerClosed as rule } from "../../../../../tools/review/meaning/risks/app-runner-closed";
import { created, findingsOf, planOf, replaced, reviewOf, updated } from "../../../../support/plan-json";

const address = "aws_apprunner_service.api";

describe(rule.id, () => {
  test("says what happens and what would make it safe", () => {
    expect(reviewOf(planOf([created(address, { service_name: "api" })])).risks).toEqual([
      {
        rule: "app-runner-closed",
        severity: "medium",
        title: "A new service on App Runner",
        stack: "stack",
        address,
        construct: "",
        evidence: 'service_name: "api"',
        why: "App Runner is closed to new customers since 2026-04-30: in an account that had none, this fails, and elsewhere it builds on what AWS no longer develops.",
        fix: 'Use ECS Fargate (kind: "fargate").',
      },
    ]);
  });

  test("finds one whose name is known only after apply", () => {
    expect(findingsOf(rule, [created(address, {}, { after_unknown: { service_name: true } })])).toEqual([
      "medium: A new service on App Runner (service_name: (known after apply))",
    ]);
  });

  test("finds nothing in one that exists, and in another kind of service", () => {
    expect(
      findingsOf(rule, [
        updated(address, { a: 1 }, { a: 2 }),
        replaced(address, {}, {}),
        created("aws_ecs_service.s", {}),
      ]),
    ).toEqual([]);
  });
});
