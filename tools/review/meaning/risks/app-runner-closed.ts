import { turn } from "../evidence";
import { attribute, type RiskRule } from "../risk-rule";

export const appRunnerClosed: RiskRule = {
  id: "app-runner-closed",
  title: "A new service on App Runner",
  why: "App Runner is closed to new customers since 2026-04-30: in an account that had none, this fails, and elsewhere it builds on what AWS no longer develops.",
  fix: 'Use ECS Fargate (kind: "fargate").',
  check: ({ plan }) =>
    plan.changes.flatMap((change) =>
      change.type === "aws_apprunner_service" && change.action === "create"
        ? [
            {
              change,
              severity: "medium" as const,
              evidence: turn("service_name", undefined, attribute(change.after, "service_name") ?? null),
            },
          ]
        : [],
    ),
};
