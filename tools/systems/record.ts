import { readJson, writeJson } from "../files";
import { isObject, objectOf, stringOf } from "../json";

/** What was tried with an environment, and with which bytes. */
export interface Trial {
  /** Digest of the stacks it was tried with. */
  readonly digest: string;
  /** Day of the trial, such as `2026-11-25`. */
  readonly day: string;
}

/** The trials of one environment: `planned` by the real provider, `deployed` to the emulator with an empty second plan and destroyed. */
export interface Trials {
  /** @default - never planned */
  readonly planned?: Trial;
  /** @default - never deployed */
  readonly deployed?: Trial;
}

/** The trials of every environment, by `<system>/<environment>`. */
export type TrialRecord = Readonly<Record<string, Trials>>;

/** How an environment stands: never tried, tried as it is now, or tried before it was changed. */
export type Standing = "never" | "as it is" | "before a change";

/** Reads the record; a missing file is an empty one. */
export function readRecord(file: string): TrialRecord {
  return Object.fromEntries(
    Object.entries(objectOf(readJson(file))).map(([key, value]) => {
      const { planned, deployed } = objectOf(value);
      return [key, { planned: trialOf(planned), deployed: trialOf(deployed) }];
    }),
  );
}

/** Notes a trial, and leaves all others as they are. */
export function noteTrial(file: string, key: string, kind: keyof Trials, trial: Trial): void {
  const record = readRecord(file);
  const all = { ...record, [key]: { ...record[key], [kind]: trial } };
  writeJson(file, Object.fromEntries(Object.entries(all).sort(([left], [right]) => (left < right ? -1 : 1))));
}

/** How a trial stands against the stacks as they are now. */
export function standing(trial: Trial | undefined, digest: string): Standing {
  if (trial === undefined) return "never";
  return trial.digest === digest ? "as it is" : "before a change";
}

function trialOf(value: unknown): Trial | undefined {
  if (!isObject(value)) return undefined;
  const [digest, day] = [stringOf(value["digest"]), stringOf(value["day"])];
  return digest === undefined || day === undefined ? undefined : { digest, day };
}
