import type { Command } from "./cli/command";
import { main } from "./cli/main";
import { sandboxCommand } from "./cli/sandbox";
import { startCommand } from "./cli/start";
import { processTerminal } from "./cli/terminal";

/** Every command there is; `package.json` gives each of them a script. */
const root: Command = {
  name: "",
  summary: "Stands up whole systems from one typed file per environment",
  commands: [startCommand, sandboxCommand],
};

void processTerminal(process.env)
  .then((terminal) => main(root, process.argv.slice(2), { terminal, environment: process.env, folder: process.cwd() }))
  .then((code) => {
    process.exitCode = code;
  });
