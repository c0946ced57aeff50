import { cpSync, existsSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { explained, makeFolder, makePrivateFolder, writeFile, writeJson } from "../files";
import { previewDocument } from "./preview-document";
import type { Stack } from "./stack";
import type { StackState } from "./stack-state";
import { writeOutputState } from "./state-file";
import type { PreviewOutput } from "./upstream-outputs";

interface PreviewFolderOptions {
  readonly stack: Stack;
  /** Folder of all previews. */
  readonly folder: string;
  /**
   * The stack's present state.
   * @default - it has none
   */
  readonly state?: StackState;
  /** What it reads from stacks that change, by producer. */
  readonly outputs: ReadonlyMap<string, ReadonlyMap<string, PreviewOutput>>;
  /** Whether providers may be asked. If not, the AWS provider is told to look nothing up. */
  readonly online: boolean;
}

/** A folder in which a stack can be planned and never applied. */
export interface PreviewFolder {
  /** The stack, in that folder. */
  readonly stack: Stack;
  /** Producers of which an output is made up. */
  readonly placeholders: readonly string[];
  /** Removes the states, which may hold secrets; what `init` fetched stays for the next time. */
  clear(): void;
}

const MARKER = "PREVIEW";

/**
 * Makes a stack's own preview folder: its configuration with a local backend, a copy of its state, and states that hold the outputs it will
 * find once what it reads has been applied.
 */
export function makePreviewFolder({ stack, folder, state, outputs, online }: PreviewFolderOptions): PreviewFolder {
  const root = makePrivateFolder(join(folder, stack.name));
  const work = makeFolder(join(root, "cdktf.out", "stacks", stack.name));
  const states = join(root, ".groundplan", "state");
  const clear = () => rmSync(states, { recursive: true, force: true });
  clear();
  makePrivateFolder(states);
  const pathOf = (name: string) => join(states, `${name}.tfstate`);
  writeFile(
    join(root, MARKER),
    "A preview: made to be read. Values of stacks that are not applied yet may be made up.\n",
  );
  const document = previewDocument(
    stack,
    online,
    (name) => relative(work, pathOf(name)),
    (producer) => outputs.has(producer),
  );
  writeJson(join(work, "cdk.tf.json"), document);
  copyAssets(join(stack.folder, "assets"), join(work, "assets"));
  if (state !== undefined) writeFile(pathOf(stack.name), state.text, 0o600);
  for (const [producer, values] of outputs) writeOutputState(pathOf(producer), values);
  const placeholders = [...outputs].filter(([, values]) => [...values.values()].some(({ invented }) => invented));
  return {
    stack: { ...stack, folder: work, document },
    placeholders: placeholders.map(([producer]) => producer).sort(),
    clear,
  };
}

function copyAssets(from: string, to: string): void {
  try {
    rmSync(to, { recursive: true, force: true });
    if (existsSync(from)) cpSync(from, to, { recursive: true });
  } catch (error) {
    throw explained(error, to);
  }
}
