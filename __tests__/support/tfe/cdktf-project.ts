import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeStack, type RealCloud, type Running } from "./real-cloud";

const CDKTF = join(__dirname, "..", "..", "..", "node_modules", ".bin", "cdktf");

/** A synthesized project of cdktf; each stack is ordered after the one before it. */
export interface CdktfProject {
  /** Runs cdktf on what is synthesized already, as in a pipeline: without a terminal and without input. */
  cdktf(...args: string[]): Running;
}

/** Writes a project of cdktf as synth leaves it. */
export function cdktfProject(
  cloud: RealCloud,
  stacks: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): CdktfProject {
  const root = join(cloud.folder, "project");
  const outdir = join(root, "cdktf.out");
  mkdirSync(outdir, { recursive: true });
  writeFileSync(
    join(root, "cdktf.json"),
    JSON.stringify({ language: "typescript", app: "true", projectId: "project", sendCrashReports: "false" }),
  );
  const names = Object.keys(stacks);
  const entries = names.map((name, index) => {
    writeStack(outdir, name, stacks[name] ?? {});
    const workingDirectory = `stacks/${name}`;
    const synthesizedStackPath = `${workingDirectory}/cdk.tf.json`;
    const dependencies = index === 0 ? [] : [names[index - 1]];
    return [
      name,
      { name, constructPath: name, synthesizedStackPath, workingDirectory, annotations: [], dependencies },
    ] as const;
  });
  writeFileSync(
    join(outdir, "manifest.json"),
    JSON.stringify({ version: "0.21.0", stacks: Object.fromEntries(entries) }),
  );
  const environment = { ...cloud.environment, CI: "1", CDKTF_LOG_LEVEL: "warn" };
  return {
    cdktf: (...args) => cloud.start(CDKTF, [...args, "--skip-synth", "--skip-provider-lock"], root, environment),
  };
}
