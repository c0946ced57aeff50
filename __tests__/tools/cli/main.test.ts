import type { Command } from "../../../tools/cli/command";
import { main } from "../../../tools/cli/main";
import { UserError } from "../../../tools/user-error";
import { recordingTerminal } from "../support/terminal";

const failing = (error: Error): Command => ({
  name: "",
  summary: "root",
  commands: [{ name: "fail", summary: "Fails", run: () => Promise.reject(error) }],
});

async function outcome(root: Command, ...argv: string[]) {
  const { terminal, written } = recordingTerminal();
  const code = await main(root, argv, { terminal, environment: {}, folder: "/" });
  return { code, ...written };
}

describe("main", () => {
  test("prints a user's error as a line, its details and the way out, and exits with its code", async () => {
    const error = new UserError("no such thing", {
      tryThis: "npm start",
      details: "line one\n\nline two",
      exitCode: 66,
    });
    expect(await outcome(failing(error), "fail")).toEqual({
      code: 66,
      out: "",
      err: "Error: no such thing\n  line one\n\n  line two\nTry this: npm start\n",
    });
  });

  test("prints a bug with its stack", async () => {
    const { code, err } = await outcome(failing(new Error("boom")), "fail");
    expect(code).toBe(1);
    expect(err).toMatch(/^This is a bug in groundplan:\nError: boom\n {4}at /);
  });

  test("prints help to standard output and exits with 0", async () => {
    const { code, out, err } = await outcome(failing(new Error("not run")), "fail", "--help");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^Usage: npm fail -- \[flags\]\n\nFails\.\n/);
  });

  test("prints wrong arguments to standard error and exits with 64", async () => {
    expect(await outcome(failing(new Error("not run")), "fial")).toEqual({
      code: 64,
      out: "",
      err: 'Error: unknown command "fial", did you mean fail?\nTry this: npm start -- --help\n',
    });
  });
});
