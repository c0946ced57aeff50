import type { Diagnostic } from "./events";
import { lockHint, stateLockIn } from "./state-lock";

/** An error of one stack, ready to be shown. */
export interface Problem extends Diagnostic {
  readonly stack: string;
  /**
   * What to do about it.
   * @default - Terraform's own words have to do
   */
  readonly hint?: string;
}

interface Translation {
  readonly pattern: RegExp;
  readonly hint: string;
}

/** What to do when no registry answers. */
const REGISTRY_UNREACHABLE =
  "The provider registry cannot be reached. Connect to the network, or put the provider into a folder and name that in TF_PLUGIN_MIRROR.";
const PROVIDER_UNKNOWN =
  "The provider is in none of the places Terraform looks. Put it into a folder and name that in TF_PLUGIN_MIRROR, or allow the registry in the Terraform CLI configuration.";
const PROVIDER_MISSING: ReadonlySet<string> = new Set([REGISTRY_UNREACHABLE, PROVIDER_UNKNOWN]);

/** Tried from the top: the narrower stands before the wider. */
const TRANSLATIONS: readonly Translation[] = [
  {
    pattern: /no space left on device|disk quota exceeded/i,
    hint: "The disk is full. Free some space and run the command again; what was deployed is in the state.",
  },
  {
    pattern:
      /(could not connect to registry|failed to request discovery document|registry\.terraform\.io[^\n]*(no such host|timeout|refused|unreachable))/i,
    hint: REGISTRY_UNREACHABLE,
  },
  {
    pattern:
      /(failed to query available provider packages|provider registry[^\n]*does not have a provider|no available releases match|was not found in any of the search locations)/i,
    hint: PROVIDER_UNKNOWN,
  },
  {
    pattern:
      /(cached package for|checksums? (previously )?recorded in the dependency lock file|does not match any of the checksums)/i,
    hint: "The provider at hand is another build than the one locked. Delete the folder .groundplan/terraform and run the command again; if the project has locked too little, for this platform for instance: npm run lock.",
  },
  {
    pattern: /error acquiring the state lock/i,
    hint: "Another Terraform holds this stack's state. Wait until it is done, or end it, then run the command again.",
  },
  {
    pattern: /(dial tcp|connect)[^\n]*connection refused/i,
    hint: "The emulator is not running. Start it with: npm run sandbox up",
  },
  {
    pattern: /unable to find remote state|no stored state was found/i,
    hint: "The stack reads another stack's state, and that stack is not deployed yet. Deploy it first.",
  },
  {
    pattern: /saved plan is stale/i,
    hint: "The state has changed since the plan was made. Plan again.",
  },
  {
    pattern: /instance cannot be destroyed|prevent_destroy/i,
    hint: "This resource is protected from deletion. To forget the whole sandbox instead: npm run sandbox down",
  },
  {
    pattern: /unsupported state file format|state file could not be (read|parsed)|error loading state/i,
    hint: "The state file is damaged. Forget the sandbox and start anew: npm run sandbox down",
  },
  {
    pattern: /groundplan's emulator: .* is not implemented/,
    hint: "The local emulator does not know this AWS action; AWS does. It says nothing about your system.",
  },
  {
    pattern: /groundplan's emulator: .* failed with/,
    hint: "This is a fault of the local emulator, not of your system. Its log is .groundplan/sandbox/emulator.log",
  },
  {
    pattern: /no valid credential sources found|NoCredentialProviders/i,
    hint: "No AWS credentials were found. The sandbox needs none; for AWS itself sign in first.",
  },
];

/** What Terraform adds to an interruption or to another error; it says nothing new. */
const ECHOES = /^(execution halted|operation canceled)$|context canceled$|^Terraform encountered problems during init/i;

/** The errors among a stack's diagnostics, each once, with what to do about it where that is known. */
export function problemsOf(stack: string, diagnostics: readonly Diagnostic[]): Problem[] {
  const seen = new Set<string>();
  return diagnostics
    .filter((diagnostic) => diagnostic.severity === "error" && !ECHOES.test(diagnostic.summary))
    .filter(({ summary, detail, address }) => {
      const key = JSON.stringify([summary, detail, address]);
      return seen.has(key) ? false : seen.add(key);
    })
    .map((diagnostic) => ({ ...diagnostic, stack, hint: hintFor(diagnostic) }));
}

/** What to do about a diagnostic, if that is known. */
export function hintFor({ summary, detail }: Pick<Diagnostic, "summary" | "detail">): string | undefined {
  const lock = stateLockIn({ summary, detail });
  if (lock !== undefined) return lockHint(lock);
  const text = `${summary}\n${detail}`;
  return TRANSLATIONS.find(({ pattern }) => pattern.test(text))?.hint;
}

/** Whether a provider could not be had, which says nothing about the stack that needs it. */
export function isProviderMissing(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => PROVIDER_MISSING.has(hintFor(diagnostic) ?? ""));
}
