import { benchCommand } from "../bench/command";
import { applyCommand } from "./apply";
import { bundleCommand } from "./bundle";
import type { Command } from "./command";
import { costCommand } from "./cost";
import { destroyCommand } from "./destroy";
import { diffCommand } from "./diff";
import { driftCommand } from "./drift";
import { lockCommand } from "./lock";
import { planCommand } from "./plan";
import { reviewCommand } from "./review";
import { sandboxCommand } from "./sandbox";
import { startCommand } from "./start";
import { systemsCommand } from "./systems";

/** Every command there is; `package.json` gives each of them a script. */
export const root: Command = {
  name: "",
  summary: "Stands up whole systems from one typed file per environment",
  commands: [
    startCommand,
    planCommand,
    reviewCommand,
    applyCommand,
    diffCommand,
    driftCommand,
    destroyCommand,
    bundleCommand,
    sandboxCommand,
    costCommand,
    systemsCommand,
    lockCommand,
    benchCommand,
  ],
};
