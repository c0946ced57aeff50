import { gitHubTrusts, logRetention, rolesOf } from "../../support/deployed-aws";
import { describeDeployment } from "../../support/deployed-system";
import {
  REGION,
  clusters,
  instances,
  scaling,
  flowLogs,
  distributions,
  trusted,
  ACCOUNT,
} from "../../support/deployed-aurora";

describeDeployment("aurora", "staging", (deployed) => {
  test("has one writer, private and encrypted, restorable to any second of 7 days", async () => {
    expect(await clusters(deployed, REGION)).toEqual([
      { engine: "aurora-postgresql", version: "15", encrypted: true, backupDays: 7, members: ["braid-staging-db-1"] },
    ]);
    expect(await instances(deployed, REGION)).toEqual([
      { name: "braid-staging-db-1", instanceClass: "db.t4g.medium", publicly: false },
    ]);
  });

  test("runs 1 to 2 tasks of the API, more at 70 % CPU or 80 % memory", async () => {
    expect(await scaling(deployed, "ecs")).toEqual({
      targets: [{ id: "service/braid-staging/braid-staging-api", min: 1, max: 2 }],
      policies: [
        { metric: "ECSServiceAverageCPUUtilization", target: 70, out: 60, in: 300 },
        { metric: "ECSServiceAverageMemoryUtilization", target: 80, out: 60, in: 300 },
      ],
    });
  });

  test("keeps every log for 30 days, and the logs of the network's flows", async () => {
    const days = await logRetention(deployed.client(REGION));
    expect(Object.values(days).filter((kept) => kept !== 30)).toEqual([]);
    expect(Object.keys(days).length).toBeGreaterThan(0);
    expect(await flowLogs(deployed)).toEqual(["ALL"]);
  });

  test("serves the site at its name, by CloudFront alone", async () => {
    expect(await distributions(deployed)).toEqual([
      {
        aliases: ["staging.example.com"],
        tls: "TLSv1.2_2021",
        toHttps: ["redirect-to-https", "https-only"],
        origins: [
          "api.staging.example.com, https-only",
          `braid-staging-app-site-${ACCOUNT}.s3.us-east-1.amazonaws.com, signed`,
        ],
        paths: ["/api/*"],
      },
    ]);
  });

  test("is changed and released by GitHub Actions of one repository", async () => {
    const roles = await rolesOf(deployed.client(REGION), "braid");
    expect(Object.keys(gitHubTrusts(roles)).sort()).toEqual([
      "braid-staging-deploy",
      "braid-staging-plan",
      "braid-staging-push-app",
      "braid-staging-release-app",
    ]);
    expect(gitHubTrusts(roles)["braid-staging-push-app"]).toEqual(
      trusted(["repo:acme/braid:environment:staging", "repo:acme@1001/braid@5001:environment:staging"]),
    );
  });
});
