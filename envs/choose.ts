import type { Environment, LocalState, System } from "./environment";
import { InvalidEnvironment } from "./invalid-environment";

/** What the environment variables of a run choose. */
export interface Choice {
  /** The whole system, which is checked as one. */
  readonly system: System;

  /** The environments of it to synthesize. */
  readonly environments: readonly Environment[];

  /**
   * State that takes the place of the configured one: `GROUNDPLAN_STATE=local`.
   * @default - the configured state
   */
  readonly stateOverride?: LocalState;

  /**
   * Whether everything may be destroyed, whatever its tier: `GROUNDPLAN_DESTROYABLE=true`, for the sandbox.
   * @default - as the tier says
   */
  readonly destroyable?: boolean;
}

/**
 * The system and the environments that a run is about. Environments named as arguments win over `GROUNDPLAN_ENV`.
 *
 * - `GROUNDPLAN_SYSTEM`: one name; `default` when unset.
 * - `GROUNDPLAN_ENV`: names with commas between, or `all`; when unset, every environment that is not of tier prod, so that prod is
 *   never planned because somebody left something out.
 * - `GROUNDPLAN_STATE`: `local` keeps every state in files beside the output folder; the sandbox and the tests use it.
 * - `GROUNDPLAN_DESTROYABLE`: `true` takes every protection from deletion away; the sandbox uses it, because it is destroyed whole.
 */
export function choose(
  systems: Readonly<Record<string, System>>,
  variables: Readonly<Record<string, string | undefined>>,
  named: readonly string[] = [],
): Choice {
  const name = variables["GROUNDPLAN_SYSTEM"] || "default";
  const system = Object.hasOwn(systems, name) ? systems[name] : undefined;
  if (!system) throw unknown("GROUNDPLAN_SYSTEM", name, Object.keys(systems));
  const state = variables["GROUNDPLAN_STATE"];
  if (state && state !== "local") throw unknown("GROUNDPLAN_STATE", state, ["local"]);
  const destroyable = variables["GROUNDPLAN_DESTROYABLE"];
  if (destroyable && destroyable !== "true") throw unknown("GROUNDPLAN_DESTROYABLE", destroyable, ["true"]);
  return {
    system,
    environments:
      named.length > 0
        ? chosenEnvironments(system, named.join(","), "environment")
        : chosenEnvironments(system, variables["GROUNDPLAN_ENV"], "GROUNDPLAN_ENV"),
    ...(state ? { stateOverride: { kind: "local" } } : {}),
    ...(destroyable ? { destroyable: true } : {}),
  };
}

function chosenEnvironments({ environments }: System, wanted = "", where: string): readonly Environment[] {
  const names = wanted
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  if (names.length === 0) return environments.filter(({ tier }) => tier !== "prod");
  if (names.includes("all")) return environments;
  const known = environments.map(({ name }) => name);
  const stranger = names.find((name) => !known.includes(name));
  if (stranger !== undefined) throw unknown(where, stranger, [...known, "all"]);
  return environments.filter(({ name }) => names.includes(name));
}

function unknown(variable: string, value: string, known: readonly string[]): InvalidEnvironment {
  return new InvalidEnvironment(`${variable} must be one of ${known.join(", ")}, got ${JSON.stringify(value)}`);
}
