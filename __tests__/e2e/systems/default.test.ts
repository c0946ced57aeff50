import { objectOf } from "../../../tools/json";
import {
  bucketSafety,
  gitHubTrusts,
  logRetention,
  rolesOf,
  taskDefinitions,
  variablesOf,
  waysInto,
} from "../../support/deployed-aws";
import { describeDeployment } from "../../support/deployed-system";

const REGION = "eu-west-3";
/** One repository of the owner, by its name or by its number too, in one environment or for a pull request. */
const SUBJECT = /^repo:acme(@1001)?\/[\w-]+(@\d+)?:(environment:staging|pull_request)$/;

describeDeployment("default", "staging", (deployed) => {
  test("runs the API as a task of 256 CPU units and 512 MiB, read-only, with secrets by reference alone", async () => {
    const definitions = await taskDefinitions(deployed.client(REGION));
    expect(Object.keys(definitions)).toEqual(["acme-staging-api"]);
    const { "acme-staging-api": api } = definitions;
    const [main] = api?.containerDefinitions ?? [];
    expect([api?.cpu, api?.memory, main?.portMappings?.[0]?.containerPort, main?.readonlyRootFilesystem]).toEqual([
      ...["256", "512", 3000, true],
    ]);
    expect(api && variablesOf(api)).toEqual({
      api: {
        clear: expect.arrayContaining(["DATABASE_HOST", "DATABASE_NAME", "LOG_LEVEL", "NODE_ENV"]) as string[],
        secret: expect.arrayContaining(["DATABASE_PASSWORD", "DATABASE_USER"]) as string[],
      },
    });
  });

  test("lets the load balancer into the API, the API into the database, and nobody else into either", async () => {
    const client = deployed.client(REGION);
    expect(await waysInto(client, "acme-staging-api-tasks")).toEqual(["3000 from acme-staging-load-balancer"]);
    expect(await waysInto(client, "acme-staging-db")).toEqual(["5432 from acme-staging-api-tasks"]);
  });

  test("keeps uploads private, encrypted and versioned", async () => {
    const safety = await bucketSafety(deployed.client(REGION), "acme-staging-uploads-123456789012");
    expect(Object.entries(safety).filter(([, safe]) => !safe)).toEqual([]);
    expect(Object.keys(safety).length).toBeGreaterThan(2);
  });

  test("keeps every log for a while and none for ever", async () => {
    const days = Object.entries(await logRetention(deployed.client(REGION)));
    expect(days.length).toBeGreaterThan(2);
    expect(days.filter(([, kept]) => kept === undefined || kept > 30)).toEqual([]);
  });

  test("gives GitHub Actions roles that one repository and one environment or event may take, none that is an administrator", async () => {
    const roles = await rolesOf(deployed.client(REGION), "acme");
    const trusts = gitHubTrusts(roles);
    expect(Object.keys(trusts).length).toBeGreaterThan(2);
    const subjects = Object.values(trusts).map((condition) =>
      [objectOf(objectOf(condition)["StringEquals"])["sub"]].flat().map(String),
    );
    const odd = subjects.filter((names) => names.length === 0 || names.some((name) => !SUBJECT.test(name)));
    expect(odd).toEqual([]);
  });
});
