import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readJson, readText, writeFile, writeJson } from "../../../tools/files";
import { lockHolder, takeLock } from "../../../tools/sandbox/lock";
import { isRunning, markOf } from "../../../tools/sandbox/process-mark";
import { temporaryFolder } from "../support/folder";

const folder = temporaryFolder();
const path = (name: string) => join(folder, name, "lock.json");

/** The id of a process that has ended. */
function deadPid(): number {
  return spawnSync("/bin/sh", ["-c", "exit 0"]).pid;
}

describe("takeLock", () => {
  test("holds until it is given back, and leaves nothing behind", () => {
    const lock = takeLock(path("held"), "npm start");
    expect(lockHolder(path("held"))).toEqual({ ...markOf(process.pid), command: "npm start" });
    lock.release();
    lock.release();
    expect(lockHolder(path("held"))).toBeUndefined();
    expect(readdirSync(join(folder, "held"))).toEqual([]);
  });

  test("names who holds it", () => {
    writeJson(path("busy"), { ...markOf(process.ppid), command: "npm start" });
    expect(() => takeLock(path("busy"), "npm run sandbox deploy")).toThrow(
      `another run is at work here: npm start (process ${process.ppid})`,
    );
    expect(readdirSync(join(folder, "busy"))).toEqual(["lock.json"]);
  });

  test.each([
    ["a process that has ended", () => JSON.stringify({ pid: deadPid(), mark: "1", command: "npm start" })],
    [
      "a process whose id another one has now",
      () => JSON.stringify({ pid: process.ppid, mark: "1", command: "npm start" }),
    ],
    ["nobody, cut short by a full disk", () => '{"pid":'],
    ["nobody, empty", () => ""],
    ["no process at all", () => JSON.stringify({ pid: -1, mark: "", command: "x" })],
  ])("takes over a stale lock of %s", (name, text) => {
    writeFile(path(name), text());
    const lock = takeLock(path(name), "npm start");
    expect(readJson(path(name))).toMatchObject({ pid: process.pid });
    lock.release();
    expect(readdirSync(join(folder, name))).toEqual([]);
  });

  test("does not give back what another has taken over meanwhile", () => {
    const lock = takeLock(path("lost"), "npm start");
    writeFile(path("lost"), "another's");
    lock.release();
    expect(readText(path("lost"))).toBe("another's");
  });
});

describe("isRunning", () => {
  test("knows this process by its mark", () => {
    expect(isRunning(markOf(process.pid))).toBe(true);
    expect(isRunning({ pid: process.pid, mark: "another" })).toBe(false);
  });

  test.each([0, -1, 1.5, Number.NaN])("is false for %d, which is no process", (pid) => {
    expect(isRunning({ pid, mark: "" })).toBe(false);
  });
});
