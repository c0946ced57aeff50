import { readdirSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import type { ProviderNeed } from "../plan/stack";

/** A folder with provider plugins, laid out as Terraform's filesystem mirrors are. */
export interface Mirror {
  readonly folder: string;
  /** Providers it holds for this platform. */
  readonly providers: readonly Required<ProviderNeed>[];
}

interface Machine {
  readonly environment: NodeJS.ProcessEnv;
  readonly home: string;
  /** As Terraform writes it, such as `linux_amd64`. */
  readonly platform: string;
}

const REGISTRY = "registry.terraform.io";

/** Folders below the roots that are looked into: enough for `<root>/<product>/<folder>`, few enough to take no time. */
const DEEPEST = 3;
const WIDEST = 200;

/** The platform of this process, as Terraform names it. */
export function platformOf(system: string, architecture: string): string {
  const architectures: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386" };
  return `${system === "win32" ? "windows" : system}_${architectures[architecture] ?? architecture}`;
}

/**
 * Provider mirrors on this machine, those named first in front: `TF_PLUGIN_MIRROR`, the folders Terraform itself looks into when
 * nothing is configured, and whatever lies below the system's folders for optional and shared software.
 */
export function findMirrors({ environment, home, platform }: Machine): Mirror[] {
  const named = [environment["TF_PLUGIN_MIRROR"]].filter((folder) => folder !== undefined && folder !== "");
  const implied = [
    join(home, ".terraform.d", "plugins"),
    join(home, "Library", "Application Support", "io.terraform", "plugins"),
    join(environment["XDG_DATA_HOME"] || join(home, ".local", "share"), "terraform", "plugins"),
    ...(environment["XDG_DATA_DIRS"] || "/usr/local/share:/usr/share")
      .split(":")
      .map((folder) => join(folder, "terraform", "plugins")),
  ];
  const searched = ["/opt", "/usr/local/share/terraform", "/usr/share/terraform", join(home, ".terraform.d")];
  const folders = [...named, ...implied, ...searched.flatMap((root) => mirrorsBelow(root, DEEPEST))];
  return [...new Set(folders.filter((folder): folder is string => folder !== undefined && isAbsolute(folder)))]
    .map((folder) => ({ folder, providers: providersIn(folder, platform) }))
    .filter(({ providers }) => providers.length > 0);
}

/** The providers a mirror holds for a platform, unpacked or as archives. */
export function providersIn(folder: string, platform: string): Required<ProviderNeed>[] {
  const registry = join(folder, REGISTRY);
  return entries(registry).flatMap((namespace) =>
    entries(join(registry, namespace)).flatMap((type) =>
      versionsIn(join(registry, namespace, type), type, platform).map((version) => ({
        source: `${namespace}/${type}`,
        version,
      })),
    ),
  );
}

function versionsIn(folder: string, type: string, platform: string): string[] {
  const archive = new RegExp(`^terraform-provider-${type}_(.+)_${platform}\\.zip$`);
  return entries(folder).flatMap((entry) => {
    const packed = archive.exec(entry)?.[1];
    if (packed !== undefined) return [packed];
    return /^\d/.test(entry) && entries(join(folder, entry)).includes(platform) ? [entry] : [];
  });
}

function mirrorsBelow(root: string, depth: number): string[] {
  const names = entries(root);
  if (names.includes(REGISTRY)) return [root];
  if (depth === 0 || names.length > WIDEST) return [];
  return names.filter((name) => !name.startsWith(".")).flatMap((name) => mirrorsBelow(join(root, name), depth - 1));
}

/** What a folder lists, sorted; nothing if it is no folder or closed to us. */
function entries(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
