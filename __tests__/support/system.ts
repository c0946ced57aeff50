import { App } from "cdktf";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Choice } from "../../envs/choose";
import { chosenSystem } from "../../envs/chosen-system";
import { addSystem } from "../../stacks/system";
import type { Synthesized } from "./synth";

/** What one run of the program wrote. */
export interface SynthesizedSystem {
  /** The bytes of each stack, by name. */
  readonly bytes: Readonly<Record<string, string>>;

  /** Each stack, parsed. */
  readonly stacks: Readonly<Record<string, Synthesized>>;

  /** For each stack, those it comes after. */
  readonly dependencies: Readonly<Record<string, readonly string[]>>;

  /** Warnings of each stack. */
  readonly warnings: Readonly<Record<string, readonly string[]>>;
}

interface Manifest {
  readonly stacks: Record<
    string,
    { synthesizedStackPath: string; dependencies: string[]; annotations: Array<{ message: string }> }
  >;
}

/** Synthesizes as `main.ts` does. */
export function synthInto(outdir: string, choice: Choice): void {
  mkdirSync(outdir, { recursive: true });
  const app = new App({ outdir });
  addSystem(app, chosenSystem(choice));
  app.synth();
}

/** Synthesizes as `main.ts` does, into a folder that is gone afterwards. */
export function synthSystem(choice: Choice): SynthesizedSystem {
  const outdir = mkdtempSync(join(tmpdir(), "groundplan-synth-"));
  try {
    synthInto(outdir, choice);
    const manifest = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8")) as Manifest;
    const each = <T>(value: (name: string) => T) =>
      Object.fromEntries(Object.keys(manifest.stacks).map((name) => [name, value(name)]));
    const bytes = each((name) => readFileSync(join(outdir, manifest.stacks[name]?.synthesizedStackPath ?? ""), "utf8"));
    return {
      bytes,
      stacks: each((name) => JSON.parse(bytes[name] ?? "") as Synthesized),
      dependencies: each((name) => manifest.stacks[name]?.dependencies ?? []),
      warnings: each((name) => (manifest.stacks[name]?.annotations ?? []).map(({ message }) => message)),
    };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
