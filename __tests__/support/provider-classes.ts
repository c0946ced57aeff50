import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const known = new Map<string, ReadonlySet<string> | undefined>();

/** The attributes of a resource as cdktf's class of it has them; undefined for a type that no installed provider knows. */
export function argumentsOf(type: string): ReadonlySet<string> | undefined {
  if (!known.has(type)) known.set(type, read(type));
  return known.get(type);
}

function read(type: string): ReadonlySet<string> | undefined {
  const [vendor = "", ...words] = type.split("_");
  // The declarations are read as text: to load the classes of all types takes a minute.
  const file = join("node_modules", "@cdktf", `provider-${vendor}`, "lib", words.join("-"), "index.d.ts");
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, "utf8");
  const start = text.indexOf(`static readonly tfResourceType = "${type}"`);
  if (start < 0) return undefined;
  return new Set(
    [...text.slice(start).matchAll(/^ {4}get (\w+)\(\)/gm)].map(([, name = ""]) =>
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    ),
  );
}
