import { main } from "./cli/main";
import { root } from "./cli/root";
import { processTerminal } from "./cli/terminal";

void processTerminal(process.env)
  .then((terminal) => main(root, process.argv.slice(2), { terminal, environment: process.env, folder: process.cwd() }))
  .then((code) => {
    process.exitCode = code;
  });
