import { isUnresolved, notMatching, notOneOf, shown, within } from "../validation";
import type { SiteRepository } from "./pages-site-settings";
import { variableNameProblem, variableProblems } from "./pages-site-variables";

/** What an environment chooses about a site that Vercel builds from Git and serves. */
export interface VercelSiteSettings {
  /** The GitHub repository. Vercel's GitHub app must have been let into it before, in the browser, once. */
  readonly repository: SiteRepository;

  /**
   * Branch whose commits go to production; staging may take `main` where prod takes `production`.
   * @default "main"
   */
  readonly productionBranch?: string;

  /**
   * How Vercel builds and serves the site, by Vercel's name of the framework.
   * @default "nextjs"
   */
  readonly framework?: string;

  /**
   * Folder of a monorepo that the site is in.
   * @default - the root
   */
  readonly rootDirectory?: string;

  /**
   * Command that builds the site.
   * @default - the framework's own
   */
  readonly buildCommand?: string;

  /**
   * Command that installs packages.
   * @default - by the lock file that is there
   */
  readonly installCommand?: string;

  /**
   * Command that decides whether a commit is built: exit code 1 builds, 0 does not. `npx turbo-ignore` builds what a commit touches.
   * @default - every commit is built
   */
  readonly ignoreCommand?: string;

  /**
   * Node.js of the build and of functions.
   * @default "22.x"
   */
  readonly nodeVersion?: (typeof NODE_VERSIONS)[number];

  /**
   * Where functions run, by Vercel's name of the region, such as `cdg1`; the nearest to the API.
   * @default "iad1"
   */
  readonly functionRegion?: string;

  /**
   * Whether other branches get a preview, which only members of the Vercel team may open.
   * @default true
   */
  readonly previews?: boolean;

  /**
   * Variables in the clear, such as the address of the API; what a page reads at build time is public anyway. Secrets are set with
   * `vercel env add`, which Terraform leaves alone.
   * @default - none
   */
  readonly variables?: VercelVariables;

  /**
   * Whether variables of production and previews can be read by nobody once they are set. A policy of the Vercel team may demand it.
   * @default false
   */
  readonly sensitiveVariables?: boolean;

  /**
   * Name under which production is served besides Vercel's own.
   * @default - only the address below `vercel.app`
   */
  readonly domain?: string;

  /**
   * Name under which the newest deployment of one more branch is served, such as `next.example.com`.
   * @default - previews have Vercel's addresses only
   */
  readonly previewDomain?: VercelPreviewDomain;
}

/** Variables of a site by who sees them. */
export interface VercelVariables {
  /**
   * What production sees.
   * @default - nothing
   */
  readonly production?: Readonly<Record<string, string>>;

  /**
   * What previews see.
   * @default - nothing
   */
  readonly preview?: Readonly<Record<string, string>>;

  /**
   * What `vercel dev` and `vercel env pull` see.
   * @default - nothing
   */
  readonly development?: Readonly<Record<string, string>>;
}

/** The domain of one branch. */
export interface VercelPreviewDomain {
  /** The domain. */
  readonly domain: string;

  /** Branch whose newest deployment it shows. */
  readonly branch: string;
}

/** A secret of a site, by reference: its value never passes through plan or state, only through the run. */
export interface VercelSecret {
  /** Its value as only Terraform knows it: an ephemeral variable or resource, or what another provider computes. */
  readonly value: string;

  /** A number that changes with the value; otherwise Terraform does not write it again. */
  readonly version: number;

  /**
   * Who sees it; never `development`, which may hold no sensitive variable.
   * @default ["production", "preview"]
   */
  readonly targets?: ReadonlyArray<(typeof SECRET_TARGETS)[number]>;
}

/** Who sees variables. Source: `vercel_project_environment_variable` in provider 5.10.0. */
export const VARIABLE_TARGETS = ["production", "preview", "development"] as const;
const SECRET_TARGETS = ["production", "preview"] as const;
/** Source: `vercel_project` in provider 5.10.0, without what Node.js no longer maintains. */
const NODE_VERSIONS = ["20.x", "22.x", "24.x"] as const;
const LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
const HOST = new RegExp(`^(?=.{1,253}$)(${LABEL}\\.)+${LABEL}$`);
const BRANCH = /^[A-Za-z0-9._/-]{1,250}$/;
const WAY_OUT = `set it with "vercel env add"`;

/** Everything wrong with a site's settings. */
export function vercelSiteProblems(settings: VercelSiteSettings): Array<string | undefined> {
  const { repository, variables = {}, domain, previews, previewDomain } = settings;
  return [
    notMatching(
      "repository.owner",
      repository.owner,
      /^[A-Za-z0-9](-?[A-Za-z0-9]){0,38}$/,
      "the name of a GitHub user or organization",
    ),
    notMatching(
      "repository.name",
      repository.name,
      /^[\w.-]{1,100}$/,
      "the name of a GitHub repository, without its owner",
    ),
    notMatching("productionBranch", settings.productionBranch, BRANCH, "the name of a branch"),
    notMatching("framework", settings.framework, /^[a-z][a-z0-9-]*$/, "Vercel's name of a framework, such as nextjs"),
    notMatching(
      "rootDirectory",
      settings.rootDirectory,
      /^(?!.*\.\.)[\w@.-][\w@./-]*$/,
      "a folder of the repository, without a slash in front",
    ),
    ...(["buildCommand", "installCommand", "ignoreCommand"] as const).map((name) =>
      notMatching(name, settings[name], /^(?=.*\S).{1,256}$/, "a command of at most 256 characters"),
    ),
    notOneOf("nodeVersion", settings.nodeVersion, NODE_VERSIONS),
    notMatching("functionRegion", settings.functionRegion, /^[a-z]{3}\d$/, "a region of Vercel, such as iad1"),
    ...VARIABLE_TARGETS.flatMap((target) => variableProblems(`variables.${target}`, variables[target], WAY_OUT)),
    notMatching("domain", domain, HOST, "a domain name in lower case"),
    ...(previewDomain === undefined ? [] : within("previewDomain", previewDomainProblems(settings, previewDomain))),
    previews === false && previewDomain !== undefined
      ? `previewDomain must be left out without previews, got ${shown(previewDomain.domain)}`
      : undefined,
  ];
}

/** What is wrong with secrets handed to a site; their values are no part of a message. */
export function vercelSecretProblems(
  secrets: Readonly<Record<string, VercelSecret>>,
  { variables = {} }: Pick<VercelSiteSettings, "variables">,
): Array<string | undefined> {
  return Object.entries(secrets).flatMap(([name, { value, targets = SECRET_TARGETS }]) => [
    variableNameProblem("secrets", name),
    isUnresolved(value)
      ? undefined
      : `secrets.${name} must be a value only Terraform knows, got one that the synthesized JSON would hold; ${WAY_OUT}`,
    ...targets.map((target) => notOneOf(`secrets.${name}.targets`, target, SECRET_TARGETS)),
    SECRET_TARGETS.some((target) => targets.includes(target) && name in (variables[target] ?? {}))
      ? `secrets must not name a variable, got ${shown(name)}`
      : undefined,
  ]);
}

function previewDomainProblems(
  { domain: productionDomain, productionBranch = "main" }: VercelSiteSettings,
  { domain, branch }: VercelPreviewDomain,
): Array<string | undefined> {
  return [
    notMatching("domain", domain, HOST, "a domain name in lower case"),
    domain === productionDomain ? `domain must be other than production's, got ${shown(domain)}` : undefined,
    notMatching("branch", branch, BRANCH, "the name of a branch"),
    branch === productionBranch ? `branch must be other than production's, got ${shown(branch)}` : undefined,
  ];
}
