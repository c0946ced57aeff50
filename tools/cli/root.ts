import { benchCommand } from "../bench/command";
import type { Command } from "./command";
import { costCommand } from "./cost";
import { sandboxCommand } from "./sandbox";
import { startCommand } from "./start";
import { systemsCommand } from "./systems";

/** Every command there is; `package.json` gives each of them a script. */
export const root: Command = {
  name: "",
  summary: "Stands up whole systems from one typed file per environment",
  commands: [startCommand, sandboxCommand, systemsCommand, costCommand, benchCommand],
};
