import { AddTagsToResourceCommand, GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { driftCommand } from "../../tools/cli/drift";
import { destroyCommand } from "../../tools/cli/destroy";
import { readJson } from "../../tools/files";
import type { Bundle } from "../../tools/plan/bundle";
import { startTestEmulator, stopTestEmulator, type TestEmulator } from "../support/emulator";
import { environmentProject } from "../tools/support/environment-project";
import { temporaryFolder } from "../tools/support/folder";

// What was changed by hand: the real AWS provider, asked about the local emulator.
jest.setTimeout(240_000);

const folder = temporaryFolder();
let emulator: TestEmulator;
beforeAll(async () => {
  emulator = await startTestEmulator();
});
afterAll(() => stopTestEmulator(emulator));

test("drift names what was changed by hand, changes nothing, and apply brings it back", async () => {
  const project = environmentProject(
    folder,
    {
      "staging-app": {
        document: {
          terraform: { required_providers: { aws: { source: "aws", version: "5.100.0" } } },
          provider: { aws: [{ region: "eu-west-3", max_retries: 3 }] },
          resource: {
            aws_ssm_parameter: { image: { name: "/acme/image", type: "String", value: "1", tags: { a: "1" } } },
          },
        },
      },
    },
    [driftCommand, destroyCommand],
  );
  cpSync(join("stacks", "locks"), join(folder, "stacks", "locks"), { recursive: true });
  const variables = {
    ...{ AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_EC2_METADATA_DISABLED: "true" },
    AWS_ENDPOINT_URL: emulator.url,
  };
  const run = (command: string) => project.run(command, {}, variables);
  const plan = await run("plan staging");
  expect([plan.err, plan.code]).toEqual(["", 2]);
  expect(plan.out).not.toContain("no lock is committed");
  expect((await run("apply staging --yes")).code).toBe(0);
  expect((await run("drift staging")).code).toBe(0);

  const ssm = new SSMClient({
    ...{ endpoint: emulator.url, region: "eu-west-3" },
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  await ssm.send(
    new AddTagsToResourceCommand({
      ...{ ResourceType: "Parameter", ResourceId: "/acme/image" },
      Tags: [{ Key: "a", Value: "by hand" }],
    }),
  );
  const before = project.state("staging-app");
  const drift = await run("drift staging");
  expect([drift.err, drift.code]).toEqual(["", 2]);
  const bundle = readJson(join(folder, ".groundplan/drift/default/staging/bundle.json")) as Bundle;
  expect(bundle.stacks).toMatchObject([
    { status: "planned", actions: [{ address: "aws_ssm_parameter.image", actions: ["update"] }] },
  ]);
  expect(project.state("staging-app")).toEqual(before);

  expect((await run("plan staging")).code).toBe(2);
  expect((await run("apply staging --yes")).code).toBe(0);
  expect((await run("drift staging")).code).toBe(0);
  expect((await run("destroy staging --yes")).code).toBe(0);
  await expect(ssm.send(new GetParameterCommand({ Name: "/acme/image" }))).rejects.toThrow();
});
