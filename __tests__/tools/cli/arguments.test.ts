import { parseArguments } from "../../../tools/cli/arguments";
import type { Command } from "../../../tools/cli/command";
import { UserError } from "../../../tools/user-error";

const run = () => Promise.resolve(0 as const);
const root: Command = {
  name: "",
  summary: "root",
  commands: [
    { name: "start", summary: "starts", flags: { json: { summary: "as JSON" } }, run },
    {
      name: "run sandbox",
      summary: "group",
      commands: [
        {
          name: "run sandbox deploy",
          summary: "deploys",
          flags: {
            system: { summary: "system", value: "NAME", default: "default" },
            port: {
              summary: "port",
              value: "NUMBER",
              problem: (value) => (/^\d+$/.test(value) ? undefined : "must be a number"),
            },
            json: { summary: "as JSON" },
          },
          run,
        },
        { name: "run sandbox destroy", summary: "destroys", run },
      ],
    },
  ],
};

const parsed = (...argv: string[]) => {
  const { path, flags, help } = parseArguments(root, argv);
  return { name: path.at(-1)?.name, flags, help };
};

const failure = (...argv: string[]) => {
  try {
    parseArguments(root, argv);
  } catch (error) {
    if (error instanceof UserError) return [error.message, error.tryThis, error.exitCode];
  }
  return undefined;
};

describe("parseArguments", () => {
  test("finds a command below a group, with the defaults of its flags", () => {
    expect(parsed("sandbox", "deploy")).toEqual({
      name: "run sandbox deploy",
      flags: { system: "default", port: undefined },
      help: false,
    });
  });

  test.each([
    [["--system", "web", "--json"], { system: "web", json: true }],
    [["--json", "--system=web"], { system: "web", json: true }],
    [["--port", "80", "--port", "81"], { system: "default", port: "81" }],
  ])("reads %j", (argv, flags) => {
    expect(parsed("sandbox", "deploy", ...argv).flags).toEqual({ port: undefined, ...flags });
  });

  test.each([
    [["--help"], ""],
    [["-h"], ""],
    [["sandbox", "--help"], "run sandbox"],
    [["sandbox", "deploy", "--wrong", "extra", "--help"], "run sandbox deploy"],
  ])("gives help for %j, whatever else is wrong", (argv, name) => {
    expect(parsed(...argv)).toMatchObject({ name, help: true });
  });

  test.each([
    [[], "npm needs a command: start, sandbox", "npm start -- --help"],
    [["sandbox"], "npm run sandbox needs a command: deploy, destroy", "npm run sandbox -- --help"],
    [["strat"], 'unknown command "strat", did you mean start?', "npm start -- --help"],
    [["sandbox", "depoly"], 'unknown command "depoly", did you mean deploy?', "npm run sandbox -- --help"],
    [["sandbox", "xyz"], 'unknown command "xyz"; there are deploy, destroy', "npm run sandbox -- --help"],
    [["start", "staging"], 'npm start takes flags only, got "staging"', "npm start -- --help"],
    [["start", "--jsno"], "unknown flag --jsno, did you mean --json?", "npm start -- --help"],
    [["start", "--verbose"], "unknown flag --verbose", "npm start -- --help"],
    [["start", "-j"], "unknown flag -j", "npm start -- --help"],
    [["start", "--json=yes"], '--json takes no value, got "yes"', "npm start -- --help"],
    [["sandbox", "deploy", "--system"], "--system needs a value: --system NAME", "npm run sandbox deploy -- --help"],
    [["sandbox", "deploy", "--system="], "--system needs a value: --system NAME", "npm run sandbox deploy -- --help"],
    [["sandbox", "deploy", "--port", "x"], '--port must be a number, got "x"', "npm run sandbox deploy -- --help"],
  ])("refuses %j", (argv, message, tryThis) => {
    expect(failure(...argv)).toEqual([message, tryThis, 64]);
  });
});
