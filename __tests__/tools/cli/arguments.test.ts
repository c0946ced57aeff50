import { assertNothingSwallowed, parseArguments } from "../../../tools/cli/arguments";
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
    {
      name: "run plan",
      summary: "plans",
      positionals: [
        {
          name: "environment",
          summary: "what to plan",
          problem: (value) => (/^[a-z]+$/.test(value) ? undefined : "must be lower-case letters"),
        },
      ],
      flags: { sandbox: { summary: "there" }, "max-age": { summary: "age", value: "HOURS" }, yes: { summary: "yes" } },
      run,
    },
    {
      name: "run review",
      summary: "reviews",
      positionals: [
        { name: "first", summary: "one", optional: true },
        { name: "file", summary: "more", optional: true, many: true },
      ],
      run,
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
    [["plan", "staging"], ["staging"]],
    [["plan", "--sandbox", "staging"], ["staging"]],
    [["review"], []],
    [
      ["review", "a", "b", "c"],
      ["a", "b", "c"],
    ],
  ])("gives the words of %j", (argv, words) => {
    expect(parseArguments(root, argv).positionals).toEqual(words);
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
    [[], "npm needs a command: start, sandbox, plan, review", "npm start -- --help"],
    [["sandbox"], "npm run sandbox needs a command: deploy, destroy", "npm run sandbox -- --help"],
    [["strat"], 'unknown command "strat", did you mean start?', "npm start -- --help"],
    [["sandbox", "depoly"], 'unknown command "depoly", did you mean deploy?', "npm run sandbox -- --help"],
    [["sandbox", "xyz"], 'unknown command "xyz"; there are deploy, destroy', "npm run sandbox -- --help"],
    [["start", "staging"], 'npm start takes flags only, got "staging"', "npm start -- --help"],
    [["plan"], "npm run plan needs an environment: npm run plan <environment>", "npm run plan -- --help"],
    [["plan", "Prod"], '<environment> must be lower-case letters, got "Prod"', "npm run plan -- --help"],
    [["plan", "a", "b"], 'npm run plan takes <environment> and flags, got "b" besides', "npm run plan -- --help"],
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

describe("assertNothingSwallowed", () => {
  const swallowed = (argv: string[], environment: NodeJS.ProcessEnv) => {
    try {
      assertNothingSwallowed(parseArguments(root, argv), environment);
    } catch (error) {
      if (error instanceof UserError) return [error.message, error.tryThis, error.exitCode];
    }
    return undefined;
  };

  test("refuses to run without a flag that npm took away", () => {
    expect(swallowed(["plan", "staging"], { npm_config_sandbox: "true", npm_config_max_age: "3" })).toEqual([
      "npm kept --sandbox --max-age for itself",
      "put a -- before the flags: npm run plan … -- --sandbox --max-age",
      64,
    ]);
  });

  test.each([
    ["a flag that arrived", ["plan", "staging", "--sandbox"], { npm_config_sandbox: "true" }],
    ["a flag that npm knows itself", ["plan", "staging"], { npm_config_yes: "true" }],
    ["a flag of another command", ["review"], { npm_config_sandbox: "true" }],
  ])("lets %s pass", (_, argv, environment) => {
    expect(swallowed(argv, environment)).toBeUndefined();
  });
});
