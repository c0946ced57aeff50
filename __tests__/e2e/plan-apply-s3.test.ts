import { CreateBucketCommand, GetObjectCommand, HeadObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { cpSync, existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { driftCommand } from "../../tools/cli/drift";
import { destroyCommand } from "../../tools/cli/destroy";
import { startTestEmulator, stopTestEmulator, type TestEmulator } from "../support/emulator";
import { buildProgram, start } from "../tools/support/cli-program";
import { environmentProject } from "../tools/support/environment-project";
import { temporaryFolder } from "../tools/support/folder";
import type { StackSketch } from "../tools/support/stacks";

// Plan and apply of stacks whose state is in S3, with Terraform's own lock file; the bucket is the local AWS emulator's.
jest.setTimeout(240_000);

const folder = temporaryFolder();
const BUCKET = "acme-terraform-state";
const REGION = "eu-west-3";
const credentials = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_EC2_METADATA_DISABLED: "true" };
let program = "";
let emulator: TestEmulator;
let s3: S3Client;
let count = 0;

beforeAll(async () => {
  [program, emulator] = await Promise.all([buildProgram(folder), startTestEmulator()]);
  s3 = new S3Client({
    ...{ endpoint: emulator.url, region: REGION, forcePathStyle: true },
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET, CreateBucketConfiguration: { LocationConstraint: REGION } }));
}, 60_000);
afterAll(() => stopTestEmulator(emulator));

const key = (name: string) => `${count}/staging/${name}.tfstate`;
const place = (name: string) => ({ bucket: BUCKET, key: key(name), region: REGION, encrypt: true });

function stack(name: string, document: Readonly<Record<string, unknown>>, more: StackSketch = {}): StackSketch {
  const backend = { local: undefined, s3: { ...place(name), use_lockfile: true } };
  return { ...more, document: { terraform: { backend }, ...document } };
}

function system(cidr = "10.0.0.0/16", command?: string): Readonly<Record<string, StackSketch>> {
  const provisioner = command === undefined ? undefined : [{ "local-exec": { command } }];
  return {
    network: stack("network", {
      resource: { terraform_data: { vpc: { input: cidr, provisioner } } },
      output: { id: { value: "${terraform_data.vpc.id}" } },
    }),
    app: stack(
      "app",
      {
        data: { terraform_remote_state: { network: { backend: "s3", config: place("network") } } },
        resource: { terraform_data: { service: { input: "${data.terraform_remote_state.network.outputs.id}" } } },
      },
      { dependencies: ["network"] },
    ),
  };
}

function project(sketches: () => Readonly<Record<string, StackSketch>> = system) {
  count += 1;
  const made = environmentProject(join(folder, String(count)), sketches(), [driftCommand, destroyCommand]);
  const environment = { ...made.environment, ...credentials, AWS_ENDPOINT_URL: emulator.url };
  return {
    ...made,
    run: (command: string) => made.run(command, {}, environment),
    start: (command: string) => start(program, command, { cwd: made.root, env: environment }),
  };
}

const isThere = (name: string) =>
  s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: name })).then(
    () => true,
    () => false,
  );
async function objects(name: string): Promise<number> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: key(name) }));
  const state = JSON.parse((await Body?.transformToString()) ?? "{}") as { resources: Array<{ mode: string }> };
  return state.resources.filter(({ mode }) => mode === "managed").length;
}

describe("with state in S3", () => {
  test("what was planned is applied, the preview after what it reads; then nothing is left, nothing has drifted, and it can go", async () => {
    const { run, bundle } = project();
    const plan = await run("plan staging");
    expect([plan.err, plan.code]).toEqual(["", 2]);
    expect(bundle().stacks).toMatchObject([
      { name: "network", status: "planned", backend: "s3" },
      { name: "app", status: "preview", placeholders: ["network"] },
    ]);
    expect(await isThere(key("network"))).toBe(false);
    const apply = await run("apply staging --yes");
    expect([apply.err, apply.code]).toEqual(["", 0]);
    expect([await objects("network"), await objects("app")]).toEqual([1, 1]);
    expect((await run("plan staging")).code).toBe(0);
    expect((await run("drift staging")).code).toBe(0);
    expect((await run("destroy staging --stack network,app --yes")).code).toBe(0);
    expect([await objects("network"), await objects("app")]).toEqual([0, 0]);
  });

  test("what one checkout has planned another applies, as the jobs of a pipeline do", async () => {
    const one = project();
    await one.run("plan staging");
    const other = environmentProject(join(folder, `${count}-other`), system());
    cpSync(one.paths().folder, other.paths().folder, { recursive: true });
    rmSync(join(other.paths().folder, "json"), { recursive: true });
    const environment = { ...credentials, AWS_ENDPOINT_URL: emulator.url };
    const { code, err } = await other.run("apply staging --yes", {}, environment);
    expect([err, code]).toEqual(["", 0]);
    expect([await objects("network"), await objects("app")]).toEqual([1, 1]);
    expect((await one.run("apply staging --yes")).code).toBe(7);
  });

  test("a plan is stale once somebody else has applied", async () => {
    const one = project();
    await one.run("plan staging");
    await one.run("apply staging --yes");
    one.synthesize(system("10.1.0.0/16"));
    await one.run("plan staging");
    const other = environmentProject(join(folder, `${count}-other`), system("10.2.0.0/16"));
    const environment = { ...credentials, AWS_ENDPOINT_URL: emulator.url };
    await other.run("plan staging", {}, environment);
    expect((await other.run("apply staging --yes", {}, environment)).code).toBe(0);
    const { code, err } = await one.run("apply staging --yes");
    expect(err).toContain("network: its state has changed since the plan: somebody applied something");
    expect(code).toBe(7);
  });

  test("a held lock names who holds it and since when, and how to take it away; nothing is lost", async () => {
    const gate = join(folder, `gate-${count}`);
    const { run, start: begin } = project(() =>
      system("10.0.0.0/16", `touch ${gate}.begun; while ! test -e ${gate}.open; do sleep 0.05; done`),
    );
    await run("plan staging");
    const apply = begin("apply staging --yes");
    for (let tries = 0; tries < 500 && !existsSync(`${gate}.begun`); tries += 1) await sleep(20);
    const other = environmentProject(join(folder, `${count}-other`), system());
    const { code, out } = await other.run(
      "plan staging --lock-timeout 0",
      {},
      { ...credentials, AWS_ENDPOINT_URL: emulator.url },
    );
    expect(code).toBe(1);
    expect(out).toMatch(/held by .+@.+ since .+, for OperationTypeApply, lock [0-9a-f-]{36}/);
    expect(out).toMatch(/terraform force-unlock [0-9a-f-]{36}/);
    expect(
      (await other.run("plan staging --no-lock", {}, { ...credentials, AWS_ENDPOINT_URL: emulator.url })).code,
    ).toBe(2);
    writeFileSync(`${gate}.open`, "");
    expect(await apply.ended).toBe(0);
  });

  test("an interrupted apply gives the lock back and goes on", async () => {
    const gate = join(folder, `gate-${count}`);
    const { run, start: begin } = project(() =>
      system("10.0.0.0/16", `touch ${gate}.begun; while ! test -e ${gate}.open; do sleep 0.05; done`),
    );
    await run("plan staging");
    const apply = begin("apply staging --yes");
    for (let tries = 0; tries < 500 && !existsSync(`${gate}.begun`); tries += 1) await sleep(20);
    apply.signal("SIGINT");
    expect(await apply.ended).toBe(4);
    expect(await isThere(`${key("network")}.tflock`)).toBe(false);
    writeFileSync(`${gate}.open`, "");
    const resumed = await run("apply staging --yes");
    expect([resumed.err, resumed.code]).toEqual(["", 0]);
    expect((await run("plan staging")).code).toBe(0);
  });
});
