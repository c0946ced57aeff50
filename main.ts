import { App } from "cdktf";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { systems } from "./envs";
import { choose } from "./envs/choose";
import { chosenSystem } from "./envs/chosen-system";
import { InvalidEnvironment } from "./envs/invalid-environment";
import { localEnvironment } from "./envs/local-environment";
import { composeFile, envExample } from "./modules/local/compose-file";
import { addSystem } from "./stacks/system";

const HELP = `Usage: npm run synth [-- <environment>…]

Writes the Terraform configuration of every stack to cdktf.out.

  <environment>   staging, prod, … or all; without one, every environment that is not of tier prod
  --systems       lists every system with its environments, as JSON, and writes nothing
  --compose DIR   writes compose.yaml and .env.example into a folder, for local development, from one environment; nothing else
  --help          this text

Environment variables: GROUNDPLAN_ENV (as above, with commas), GROUNDPLAN_SYSTEM (default), CDKTF_OUTDIR (cdktf.out)`;

/** What a run wrote and said, so that one that would write the same need not run; see tools/run.mjs. */
export let receipt: { readonly outputs: readonly string[]; readonly said: string } | undefined;

// The map: the chosen system's environments × its stacks (stacks/system.ts). What is chosen, envs/choose.ts says.
try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      list: { type: "boolean" },
      systems: { type: "boolean" },
      compose: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) {
    console.log(HELP);
  } else if (values.systems) {
    const named = Object.values(systems).map(({ name, environments }) => ({
      name,
      environments: environments.map((environment) => ({ name: environment.name, tier: environment.tier })),
    }));
    console.log(JSON.stringify(named, undefined, 2));
  } else if (values.compose !== undefined) {
    const { environments } = chosenSystem(choose(systems, process.env, positionals));
    const [environment] = environments;
    if (!environment || environments.length > 1) {
      const names = environments.map(({ name }) => name).join(", ");
      throw new InvalidEnvironment(`--compose must be given one environment, got ${names || "none"}`);
    }
    const input = localEnvironment(environment);
    const files = { "compose.yaml": composeFile(input), ".env.example": envExample(input) };
    mkdirSync(values.compose, { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(values.compose, name), text);
    console.log(`compose.yaml and .env.example are in ${values.compose}, from ${environment.name}.`);
    if (!existsSync(join(values.compose, ".env")))
      console.log("Next: copy .env.example to .env, fill it in, and run docker compose up --build");
  } else {
    const system = chosenSystem(choose(systems, process.env, positionals));
    mkdirSync(process.env["CDKTF_OUTDIR"] ?? "cdktf.out", { recursive: true }); // cdktf makes the last folder of the path only
    const app = new App();
    addSystem(app, system);
    app.synth();
    const stacks = Object.values(app.manifest.stacks);
    const names = stacks.map(({ name }) => name).join(", ");
    const said = values.list ? `${stacks.length} stacks in ${app.outdir}: ${names}` : "";
    if (said !== "") console.log(said);
    // With Terraform Cloud, cdktf asks for terraform's version at each synth.
    if ([system, ...system.environments].every(({ state }) => state.kind !== "cloud")) {
      const files = ["manifest.json", ...stacks.map(({ synthesizedStackPath }) => synthesizedStackPath)];
      receipt = { outputs: files.map((file) => resolve(app.outdir, file)), said };
    }
  }
} catch (error) {
  const usage = error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
  if (!usage && !(error instanceof InvalidEnvironment)) throw error;
  console.error(usage ? `${error.message}\n\n${HELP}` : error.message);
  process.exitCode = usage ? 64 : 66;
}
