import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deployTiming, lastDeploy } from "../../../tools/bench/deploy-timing";
import { writeJson } from "../../../tools/files";
import { sandboxPaths } from "../../../tools/sandbox/paths";

const record = (startedAt: string, wallSeconds: number) => ({ startedAt, wallSeconds, criticalPath: { seconds: 10 } });

describe("deployTiming", () => {
  test("reads what a deploy recorded", () => {
    expect(deployTiming({ ...record("2026-11-20T10:00:00.000Z", 12), system: "default", stacks: {} })).toEqual({
      startedAt: "2026-11-20T10:00:00.000Z",
      wallSeconds: 12,
      criticalPathSeconds: 10,
    });
  });

  test.each([
    ["no record", undefined],
    ["no wall time", { ...record("2026-11-20T10:00:00.000Z", 12), wallSeconds: undefined }],
    ["no critical path", { ...record("2026-11-20T10:00:00.000Z", 12), criticalPath: undefined }],
    ["a deploy that waited for nothing", { ...record("2026-11-20T10:00:00.000Z", 12), criticalPath: { seconds: 0 } }],
  ])("makes up nothing from %s", (_name, incomplete) => {
    expect(deployTiming(incomplete)).toBeUndefined();
  });
});

describe("lastDeploy", () => {
  const root = mkdtempSync(join(tmpdir(), "groundplan-deploys-"));
  afterAll(() => rmSync(root, { recursive: true }));

  test("is undefined before the first one", () => {
    expect(lastDeploy(root)).toBeUndefined();
  });

  test("is the one that the sandbox recorded", () => {
    writeJson(sandboxPaths(join(root, ".groundplan")).timing, record("2026-11-20T10:00:00.000Z", 12));
    expect(lastDeploy(root)?.wallSeconds).toBe(12);
  });
});
