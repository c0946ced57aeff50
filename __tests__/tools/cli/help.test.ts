import type { Command } from "../../../tools/cli/command";
import { renderHelp } from "../../../tools/cli/help";
import { root } from "../../../tools/cli/root";

/** The way from the root to the command of that name. */
function pathTo(name: string, from: Command = root): Command[] | undefined {
  if (from.name === name) return [from];
  for (const command of from.commands ?? []) {
    const rest = pathTo(name, command);
    if (rest !== undefined) return [from, ...rest];
  }
  return undefined;
}

const help = (name: string) => renderHelp(pathTo(name) ?? []);
const all = (command: Command): Command[] => [command, ...(command.commands ?? []).flatMap(all)];

describe("help", () => {
  test("of a command says what it does, its flags with their defaults, and how it is typed", () => {
    expect(help("start")).toBe(`Usage: npm start -- [flags]

Deploys an environment to a local AWS emulator, from nothing to a second plan that is empty.
It needs Node.js, Terraform and Python, and no account. The emulator goes on running afterwards.

Flags:
  --system NAME  system to work on (default "default")
  --env NAME     environment of that system (default "staging")
  --port NUMBER  port of the emulator, a free one if left out
  --help         show this help

Examples:
  npm start
  npm start -- --system web-api
`);
  });

  test("of a group lists its commands", () => {
    expect(help("run sandbox")).toBe(`Usage: npm run sandbox <command> -- [flags]

Works with a local AWS emulator, which needs no account and costs nothing.

Commands:
  npm run sandbox up       Starts the local AWS emulator, unless it runs already
  npm run sandbox deploy   Deploys an environment to the local AWS emulator, stack by stack
  npm run sandbox status   Shows whether the emulator runs and what is deployed to it
  npm run sandbox destroy  Destroys what is deployed to the local AWS emulator, in reverse order
  npm run sandbox down     Stops the local AWS emulator and forgets everything that was deployed to it

Flags:
  --help  show this help
`);
  });

  test("of a command with words names and explains them", () => {
    const command: Command = {
      name: "run review",
      summary: "Reviews",
      positionals: [
        { name: "environment", summary: "what to review" },
        { name: "file", summary: "more of it", optional: true, many: true },
      ],
      run: () => Promise.resolve(0),
    };
    expect(renderHelp([root, command])).toBe(`Usage: npm run review <environment> [<file>…] -- [flags]

Reviews.

Arguments:
  <environment>  what to review
  [<file>…]      more of it

Flags:
  --help  show this help
`);
  });

  test.each(all(root).map((command) => [command.name, command] as const))(
    "of %j fits a window and every command has either work or commands of its own",
    (name, command) => {
      expect(
        help(name)
          .split("\n")
          .filter((line) => line.length > 140),
      ).toEqual([]);
      expect(command.run === undefined).toBe(command.commands !== undefined);
      expect(command.summary).not.toMatch(/\.$/);
    },
  );
});
