import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { ExitCode } from "../exit-code";
import { explained, makePrivateFolder, writeFile } from "../files";
import { bundlePaths, freshBundle, readBundle } from "../plan/bundle";
import { bundleKey, KEY_VARIABLE, open, seal } from "../plan/sealed-bundle";
import { UserError } from "../user-error";
import type { Command, Invocation } from "./command";
import { projectRoot } from "./session";
import { ENVIRONMENT, SITE_FLAGS, systemOf } from "./site-flags";
import { plural } from "./text";

const FILE = { name: "file", summary: "the sealed bundle" };
const { system } = SITE_FLAGS;

/** Folders of a bundle that `apply` needs; plans in JSON and logs stay where they are. */
const PARTS = ["plans", "locks", "configuration"];

/** `npm run bundle`: takes a reviewed bundle from one machine to another. */
export const bundleCommand: Command = {
  name: "run bundle",
  summary: "Takes a reviewed bundle from the job that planned to the one that applies, encrypted",
  commands: [
    {
      name: "run bundle seal",
      summary: "Writes the bundle of an environment into one encrypted file",
      details: [
        `The key comes from ${KEY_VARIABLE}: a secret of at least 32 characters, such as openssl rand -base64 32 prints.`,
      ],
      positionals: [ENVIRONMENT, FILE],
      flags: { system },
      examples: ["npm run bundle seal prod bundle.sealed"],
      run: (invocation) => Promise.resolve(sealed(invocation)),
    },
    {
      name: "run bundle open",
      summary: "Puts the bundle in a sealed file in the place of an environment's bundle",
      details: [
        `The key comes from ${KEY_VARIABLE}, the same as it was sealed with. What is there already is replaced.`,
      ],
      positionals: [ENVIRONMENT, FILE],
      flags: { system },
      examples: ["npm run bundle open prod bundle.sealed"],
      run: (invocation) => Promise.resolve(opened(invocation)),
    },
  ],
};

function sealed(invocation: Invocation): ExitCode {
  const { environment, folder, positionals, terminal } = invocation;
  const [name = "", file = ""] = positionals;
  const key = bundleKey(environment);
  const paths = pathsOf(invocation);
  const bundle = readBundle(paths);
  if (bundle === undefined || !bundle.complete) {
    throw new UserError(`nothing is planned for ${name} of system ${systemOf(invocation)}`, {
      tryThis: `npm run plan ${name}`,
      exitCode: ExitCode.stale,
    });
  }
  const top = readdirSync(paths.folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
  const inside = PARTS.flatMap((part) => readdirSync(join(paths.folder, part)).map((entry) => `${part}/${entry}`));
  const files = new Map([...top, ...inside].sort().map((path) => [path, readFileSync(join(paths.folder, path))]));
  const target = resolve(folder, file);
  writeFile(target, seal(files, key, subjectOf(invocation)), 0o600);
  terminal.out(`${plural(files.size, "file")} sealed in ${file}.\n`);
  return ExitCode.fine;
}

function opened(invocation: Invocation): ExitCode {
  const { environment, folder, positionals, terminal } = invocation;
  const [name = "", file = ""] = positionals;
  const key = bundleKey(environment);
  const source = resolve(folder, file);
  let bytes: Buffer;
  try {
    bytes = readFileSync(source);
  } catch (error) {
    throw explained(error, source) === error
      ? new UserError(`${file} cannot be read`, {
          tryThis: "name the file that npm run bundle seal has written",
          exitCode: ExitCode.usage,
        })
      : explained(error, source);
  }
  const files = open(bytes, key, subjectOf(invocation));
  const paths = freshBundle(pathsOf(invocation).folder);
  for (const [path, contents] of files) {
    makePrivateFolder(dirname(join(paths.folder, path)));
    writeFile(join(paths.folder, path), contents, /^review\.|^bundle\.json$/.test(basename(path)) ? 0o644 : 0o600);
  }
  terminal.out(`The bundle of ${name} is there. Next: npm run apply ${name}\n`);
  return ExitCode.fine;
}

function pathsOf(invocation: Invocation) {
  const [name = ""] = invocation.positionals;
  return bundlePaths(join(projectRoot(invocation.folder), ".groundplan", "plans", systemOf(invocation), name));
}

function subjectOf(invocation: Invocation): string {
  return `${systemOf(invocation)}/${invocation.positionals[0] ?? ""}`;
}
