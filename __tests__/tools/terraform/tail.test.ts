import { appendFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Tail } from "../../../tools/terraform/tail";
import { temporaryFolder } from "../support/folder";

const path = join(temporaryFolder(), "log");
beforeEach(() => writeFileSync(path, "before\n"));

function tail(offset = 0) {
  const lines: string[] = [];
  return { lines, tail: new Tail(path, offset, (line) => lines.push(line)) };
}

describe("Tail", () => {
  test("gives lines as they are written, from where it begins", async () => {
    const { lines, tail: reader } = tail("before\n".length);
    appendFileSync(path, "one\ntw");
    await sleep(120);
    expect(lines).toEqual(["one"]);
    appendFileSync(path, "o\n");
    await sleep(120);
    expect(lines).toEqual(["one", "two"]);
    reader.end();
  });

  test("gives what is left at its end, also a line that does not end", () => {
    const { lines, tail: reader } = tail();
    appendFileSync(path, "last");
    reader.end();
    expect(lines).toEqual(["before", "last"]);
  });

  test("reads a character that is written in two parts, and more than it reads at once", async () => {
    const { lines, tail: reader } = tail("before\n".length);
    const bytes = Buffer.from("é\n");
    appendFileSync(path, bytes.subarray(0, 1));
    await sleep(120);
    appendFileSync(path, bytes.subarray(1));
    appendFileSync(path, `${"x".repeat(200_000)}\n`);
    reader.end();
    expect(lines).toEqual(["é", "x".repeat(200_000)]);
  });

  test("does not mind that the file goes", () => {
    const { lines, tail: reader } = tail("before\n".length);
    rmSync(path);
    reader.end();
    expect(lines).toEqual([]);
  });
});
