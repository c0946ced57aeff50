import { join } from "node:path";
import { ExitCode } from "../exit-code";
import { readJson } from "../files";
import { isObject, listOf, objectOf, stringOf } from "../json";
import { UserError } from "../user-error";

/** A remark that synth attached to a construct. */
export interface Annotation {
  readonly level: string;
  readonly constructPath: string;
  readonly message: string;
}

/** One stack as the manifest lists it. */
export interface ManifestStack {
  readonly name: string;
  /** Folder that holds the stack's `cdk.tf.json`, absolute if the output folder is. */
  readonly folder: string;
  /** File with the synthesized stack. */
  readonly file: string;
  /** Stacks that must be deployed before this one. */
  readonly dependencies: readonly string[];
  readonly annotations: readonly Annotation[];
}

/** Reads `manifest.json` of an output folder, in the order synth wrote it. */
export function readManifest(outdir: string): readonly ManifestStack[] {
  const file = join(outdir, "manifest.json");
  const manifest = readJson(file);
  if (!isObject(manifest) || !isObject(manifest["stacks"])) {
    throw new UserError(`${outdir} holds no synthesized stacks`, {
      tryThis: "npm run synth",
      exitCode: ExitCode.configuration,
    });
  }
  return Object.entries(manifest["stacks"]).map(([name, value]) => {
    const stack = objectOf(value);
    return {
      name,
      folder: join(outdir, stringOf(stack["workingDirectory"]) ?? join("stacks", name)),
      file: join(outdir, stringOf(stack["synthesizedStackPath"]) ?? join("stacks", name, "cdk.tf.json")),
      dependencies: listOf(stack["dependencies"]).filter((other) => typeof other === "string"),
      annotations: listOf(stack["annotations"]).filter(isObject).map(annotation),
    };
  });
}

function annotation(value: Readonly<Record<string, unknown>>): Annotation {
  return {
    level: (stringOf(value["level"]) ?? "").replace(/^@cdktf\//, ""),
    constructPath: stringOf(value["constructPath"]) ?? "",
    message: stringOf(value["message"]) ?? "",
  };
}
