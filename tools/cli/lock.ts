import { readdirSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { ExitCode } from "../exit-code";
import { makeFolder } from "../files";
import { readStacks, type ProviderNeed } from "../plan/stack";
import { synthesize } from "../plan/synth";
import { listSystems } from "../systems/system-list";
import { findMirrors, platformOf } from "../terraform/mirrors";
import { entryFile } from "../terraform/lock-files";
import { lockProvider, PLATFORMS, type Locked } from "../terraform/provider-locks";
import { setUpTerraform } from "../terraform/setup";
import type { Command, Invocation } from "./command";
import { guarded, type Guarded } from "./guarded";
import { projectRoot } from "./session";
import { columns } from "./text";

/** `npm run lock`: writes down which builds of the providers are the right ones. */
export const lockCommand: Command = {
  name: "run lock",
  summary: "Writes the checksums of every provider version into stacks/locks, for all platforms, to be committed",
  details: [
    `For ${PLATFORMS.join(", ")}. Where no registry can be reached, a mirror on this machine`,
    "gives those of this platform. A checksum that is there already is never replaced: a package that does not match is refused.",
    "Exit codes: 0 every provider is locked for all platforms, 1 one of them is not.",
  ],
  examples: ["npm run lock"],
  run: (invocation) => guarded(invocation, { command: "npm run lock" }, (session) => lock(session, invocation)),
};

async function lock(session: Guarded, { folder, environment: processEnvironment }: Invocation): Promise<ExitCode> {
  const { children, say } = session;
  const root = projectRoot(folder);
  const generated = join(root, ".groundplan");
  const committed = makeFolder(join(root, "stacks", "locks"));
  const needs = await needsOf({ children, root, environment: processEnvironment, outdir: join(generated, "lock") });
  const { terraform, environment } = await setUpTerraform({
    ...{ children, environment: processEnvironment, needs },
    folder: join(generated, "terraform"),
  });
  const platform = platformOf(process.platform, process.arch);
  const mirrors = findMirrors({ environment, home: environment["HOME"] || homedir(), platform });
  const results: Locked[] = [];
  for (const need of needs) {
    if (children.interrupted) return ExitCode.canceled;
    const { path } = terraform.binary;
    results.push(
      await lockProvider(need, { children, terraform: path, environment, folder: committed, mirrors, platform }),
    );
  }
  const wanted = new Set(needs.map(entryFile));
  const old = readdirSync(committed).filter((file) => file.endsWith(".hcl") && !wanted.has(file));
  old.forEach((file) => rmSync(join(committed, file)));
  columns(results.map((result) => row(result, platform))).forEach((line) => say(line));
  old.forEach((file) => say(`  ${file} is removed: nothing asks for that version any more`));
  const missing = results.filter(({ platforms }) => platforms !== "all");
  missing.forEach(({ need, problem }) => say(`\n${need.source}: ${problem ?? ""}`));
  if (results.some(({ changed }) => changed) || old.length > 0) say("\nNext: commit stacks/locks");
  return missing.length === 0 ? ExitCode.fine : ExitCode.failed;
}

/** The provider versions that any environment of any system asks for, sorted. */
async function needsOf(
  options: Omit<Parameters<typeof synthesize>[0], "system" | "environments">,
): Promise<ProviderNeed[]> {
  const needs = new Map<string, ProviderNeed>();
  for (const { name, environments } of await listSystems(options)) {
    const outdir = join(options.outdir, name, "cdktf.out");
    const names = environments.map((environment) => environment.name);
    await synthesize({ ...options, outdir, system: name, environments: names });
    for (const need of readStacks(outdir).flatMap(({ providers }) => providers)) needs.set(entryFile(need), need);
  }
  return [...needs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, need]) => need);
}

function row({ need, platforms, changed }: Locked, platform: string): string[] {
  const words = {
    all: "locked for all platforms",
    here: `locked for ${platform} only, from a mirror`,
    none: "not locked",
  };
  return [need.source, need.version ?? "any version", `${words[platforms]}${changed ? "" : ", as it was"}`];
}
