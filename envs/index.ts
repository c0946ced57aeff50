import type { Environment, System } from "./environment";
import { prod } from "./prod";
import { staging } from "./staging";
import * as aurora from "./systems/aurora";
import * as blueGreen from "./systems/blue-green";
import * as dockerHost from "./systems/docker-host";
import * as monorepo from "./systems/monorepo";
import * as monorepoLean from "./systems/monorepo-lean";
import * as monorepoManaged from "./systems/monorepo-managed";
import * as monorepoScalable from "./systems/monorepo-scalable";
import * as webApi from "./systems/web-api";

/** Every system that can be chosen, by the name that `GROUNDPLAN_SYSTEM` gives. */
export const systems: Readonly<Record<string, System>> = Object.fromEntries(
  [
    system("default", { staging, prod }),
    system("docker-host", dockerHost),
    system("web-api", webApi),
    system("blue-green", blueGreen),
    system("monorepo", monorepo),
    system("monorepo-lean", monorepoLean),
    system("monorepo-scalable", monorepoScalable),
    system("monorepo-managed", monorepoManaged),
    system("aurora", aurora),
  ].map((one) => [one.name, one]),
);

function system(name: string, environments: { readonly staging: Environment; readonly prod: Environment }): System {
  return { name, environments: [environments.staging, environments.prod] };
}
