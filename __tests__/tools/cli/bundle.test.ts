import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { bundleCommand } from "../../../tools/cli/bundle";
import { readText, writeFile } from "../../../tools/files";
import { environmentProject, things } from "../support/environment-project";
import { temporaryFolder } from "../support/folder";

const folder = temporaryFolder();
const sketches = () => ({ network: { document: { resource: things({ vpc: "10.0.0.0/16" }) } } });
const planner = environmentProject(join(folder, "planner"), sketches(), [bundleCommand]);
const applier = environmentProject(join(folder, "applier"), sketches(), [bundleCommand]);
const key = { GROUNDPLAN_BUNDLE_KEY: "0123456789abcdef0123456789abcdef" };
const file = join(folder, "bundle.sealed");

describe("npm run bundle", () => {
  test("needs something that is planned, and a key", async () => {
    const unplanned = await planner.run(`bundle seal staging ${file}`, {}, key);
    expect([unplanned.code, unplanned.err]).toEqual([
      7,
      expect.stringContaining("nothing is planned for staging of system default"),
    ]);
    const keyless = await planner.run(`bundle seal staging ${file}`);
    expect([keyless.code, keyless.err]).toEqual([66, expect.stringContaining("GROUNDPLAN_BUNDLE_KEY")]);
  });

  test("seals what was planned so that nothing of it can be read, for its owner only", async () => {
    expect(await planner.run("plan staging --exit-zero")).toMatchObject({ code: 0 });
    const { code, out } = await planner.run(`bundle seal staging ${file}`, {}, key);
    expect([code, out]).toEqual([0, expect.stringMatching(/^\d+ files sealed in .*bundle\.sealed\.\n$/)]);
    expect(readFileSync(file).includes("10.0.0.0/16")).toBe(false);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test.each([
    ["another key", "staging", { GROUNDPLAN_BUNDLE_KEY: "x".repeat(32) }],
    ["another environment", "prod", key],
  ])("does not open it with %s", async (_, environment, variables) => {
    const { code, err } = await applier.run(`bundle open ${environment} ${file}`, {}, variables);
    expect(code).not.toBe(0);
    expect(err).toMatch(/does not open|another|key/);
    expect(readText(applier.paths(environment).review("txt"))).toBeUndefined();
  });

  test("does not open one that somebody changed, or what is none", async () => {
    const bytes = readFileSync(file);
    bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
    writeFile(join(folder, "changed"), bytes);
    expect((await applier.run(`bundle open staging ${join(folder, "changed")}`, {}, key)).code).not.toBe(0);
    writeFile(join(folder, "text"), "hello");
    const { code, err } = await applier.run(`bundle open staging ${join(folder, "text")}`, {}, key);
    expect([code, err]).toEqual([64, expect.stringContaining("the file is no sealed bundle")]);
    const absent = await applier.run(`bundle open staging ${join(folder, "absent")}`, {}, key);
    expect([absent.code, absent.err]).toEqual([64, expect.stringContaining("absent cannot be read")]);
  });

  test("is opened elsewhere and applied there, just as it was planned", async () => {
    const { code, out } = await applier.run(`bundle open staging ${file}`, {}, key);
    expect([code, out]).toEqual([0, "The bundle of staging is there. Next: npm run apply staging\n"]);
    expect(applier.bundle()).toEqual(planner.bundle());
    expect(readText(applier.paths().review("txt"))).toBe(readText(planner.paths().review("txt")));
    expect(statSync(join(applier.paths().folder, "plans", "network.tfplan")).mode & 0o777).toBe(0o600);
    expect(await applier.run("apply staging --yes")).toMatchObject({ code: 0, err: "" });
    expect(applier.state("network")).toMatchObject({ resources: [expect.objectContaining({ name: "vpc" })] });
  });
});
