import { isUnresolved, notMatching, notOneOf, outOfRange, shown, within } from "../validation";
import { type DnsSettings, hostProblem } from "./dns-settings";

/** What an environment chooses about a site that Cloudflare Pages builds from Git and serves. */
export interface PagesSiteSettings {
  /** The GitHub repository. Cloudflare's GitHub app must have been let into it before, in the browser, once. */
  readonly repository: SiteRepository;

  /**
   * Branch whose commits go to the site's own address; staging may take `main` where prod takes `production`.
   * @default "main"
   */
  readonly productionBranch?: string;

  /**
   * Which other branches get a preview, each under an address anyone may open who knows it.
   * @default "all"
   */
  readonly previews?: "all" | "none" | PreviewBranches;

  /**
   * Whether Cloudflare comments the address of a preview on its pull request.
   * @default true
   */
  readonly pullRequestComments?: boolean;

  /**
   * How the site is built.
   * @default - `npm run build` in the root, which leaves the site in `dist`
   */
  readonly build?: SiteBuild;

  /**
   * Paths of the repository that a commit has to touch to start a build, `*` for any text.
   * @default ["*"]
   */
  readonly watchPaths?: readonly string[];

  /**
   * Variables of the build, and of Functions. What a site's code reads at build time is public: every visitor downloads it.
   * @default - none
   */
  readonly environment?: Readonly<Record<string, string>>;

  /**
   * Variables that previews see instead or besides.
   * @default - previews see what production sees
   */
  readonly previewEnvironment?: Readonly<Record<string, string>>;

  /**
   * Names of secrets of Functions that somebody sets outside, with `wrangler pages secret put`. Terraform never sees their values and leaves them
   * alone; without being named here they would be removed by the next apply.
   * @default - none
   */
  readonly externalSecrets?: readonly string[];

  /**
   * Day whose behaviour of the runtime Functions get, as `YYYY-MM-DD`. It stays until changed, so that nothing breaks by itself.
   * @default "2026-11-01"
   */
  readonly compatibilityDate?: string;

  /**
   * Whether the site is served without its Functions when their daily quota is used up, rather than an error: not if they guard anything.
   * @default false
   */
  readonly failOpen?: boolean;

  /**
   * Major version of Cloudflare's build image, 2 or 3; version 2 ends in 2027.
   * @default 3
   */
  readonly buildImageVersion?: number;

  /**
   * Name under which the site is served besides Cloudflare's own.
   * @default - only the address below `pages.dev`
   */
  readonly domain?: string;
}

/** A GitHub repository. */
export interface SiteRepository {
  /** User or organization. */
  readonly owner: string;

  /** Name of the repository. */
  readonly name: string;
}

/** Branches that get a preview. */
export interface PreviewBranches {
  /** Branches, `*` for any text. */
  readonly includes: readonly string[];

  /**
   * Branches that get none all the same.
   * @default - none
   */
  readonly excludes?: readonly string[];
}

/** How a site is built. */
export interface SiteBuild {
  /**
   * Command that builds it.
   * @default "npm run build"
   */
  readonly command?: string;

  /**
   * Folder the command leaves the site in, below the root folder.
   * @default "dist"
   */
  readonly outputDirectory?: string;

  /**
   * Folder of the repository the command runs in.
   * @default "/"
   */
  readonly rootDirectory?: string;

  /**
   * Whether dependencies are kept from one build to the next.
   * @default true
   */
  readonly caching?: boolean;
}

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;
const BRANCH = /^[A-Za-z0-9._/*-]{1,250}$/;
const FOLDER = /^(?!.*\.\.)[\w@.-][\w@./-]*$/;
const ALWAYS_SECRET = /(PASSWORD|PASSWD|PASSPHRASE|SECRET|PRIVATE_?KEY|CREDENTIALS?)/i;
const OFTEN_SECRET = /(TOKEN|(API|ACCESS|AUTH|SIGNING|ENCRYPTION)_?KEY)(_|$)/i;
/** What build tools put into the site's code by its name; a key of such a name is meant to be public. */
const MEANT_TO_BE_PUBLIC = /^(VITE|REACT_APP|GATSBY|(NEXT_|NUXT_|EXPO_)?PUBLIC)_/;
const SECRET_VALUE =
  /:\/\/[^\s/:@]*:[^\s/@]+@|\bA[KS]IA[0-9A-Z]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY-----|\b(gh[pousr]_|github_pat_|sk_live_)\w{16}/;
const WAY_OUT = `set it with "wrangler pages secret put" and name it in externalSecrets`;

/** Everything wrong with a site's settings. */
export function pagesSiteProblems(settings: PagesSiteSettings): Array<string | undefined> {
  const { repository, build = {}, watchPaths, domain } = settings;
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
    notMatching("productionBranch", settings.productionBranch, /^[A-Za-z0-9._/-]{1,250}$/, "the name of a branch"),
    ...previewProblems(settings.previews),
    notMatching("build.command", build.command, /\S/, "a command"),
    notMatching(
      "build.outputDirectory",
      build.outputDirectory,
      FOLDER,
      "a folder below the root folder, without a slash in front",
    ),
    notMatching(
      "build.rootDirectory",
      build.rootDirectory,
      /^(\/|\/?(?!.*\.\.)[\w@.-][\w@./-]*)$/,
      `a folder of the repository, or "/"`,
    ),
    watchPaths?.length === 0 ? "watchPaths must be one or more paths, got []" : undefined,
    ...variableProblems("environment", settings.environment),
    ...variableProblems("previewEnvironment", settings.previewEnvironment),
    ...externalSecretProblems(settings),
    notMatching(
      "compatibilityDate",
      settings.compatibilityDate,
      /^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
      "a day as YYYY-MM-DD",
    ),
    outOfRange("buildImageVersion", settings.buildImageVersion, 2, 3),
    notMatching("domain", domain, /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,63}$/, "a domain name in lower case"),
  ];
}

/** What is wrong with a site's domain in that zone; a name at Route 53 is a CNAME, which the zone's own name cannot be. */
export function siteDomainProblem(domain: string, dns: DnsSettings): string | undefined {
  if (dns.kind === "route53" && domain === dns.zoneName) {
    return `domain must be below ${shown(dns.zoneName)} while Route 53 answers for that zone, got ${shown(domain)}; move the zone to Cloudflare, or take a name such as ${shown(`www.${domain}`)}`;
  }
  return hostProblem("domain", domain, dns);
}

function previewProblems(previews: PagesSiteSettings["previews"]): Array<string | undefined> {
  if (previews === undefined) return [];
  if (typeof previews === "string") return [notOneOf("previews", previews, ["all", "none"])];
  const { includes, excludes = [] } = previews;
  return within("previews", [
    includes.length > 0 ? undefined : `includes must be one or more branches, got []; for no previews say "none"`,
    ...includes.map((branch, index) =>
      notMatching(`includes[${index}]`, branch, BRANCH, "a branch, with * for any text"),
    ),
    ...excludes.map((branch, index) =>
      notMatching(`excludes[${index}]`, branch, BRANCH, "a branch, with * for any text"),
    ),
  ]);
}

function variableProblems(path: string, variables: Readonly<Record<string, string>> = {}): Array<string | undefined> {
  return Object.entries(variables).flatMap(([name, value]) => [
    variableNameProblem(path, name),
    secretProblem(`${path}.${name}`, name, value),
  ]);
}

function variableNameProblem(path: string, name: string): string | undefined {
  return notMatching(path, name, VARIABLE, "names of letters, digits and underscores that do not begin with a digit");
}

/** The value is no part of the message, which may end up in logs. */
function secretProblem(path: string, name: string, value: string): string | undefined {
  if (ALWAYS_SECRET.test(name) || (OFTEN_SECRET.test(name) && !MEANT_TO_BE_PUBLIC.test(name))) {
    return `${path} must not be a secret, which Terraform's state would hold, got a name that reads like one; ${WAY_OUT}`;
  }
  if (!isUnresolved(value) && SECRET_VALUE.test(value)) {
    return `${path} must not be a secret, which Terraform's state would hold, got a value with a password or a key in it; ${WAY_OUT}`;
  }
  return undefined;
}

function externalSecretProblems(settings: PagesSiteSettings): Array<string | undefined> {
  const { externalSecrets = [], environment = {}, previewEnvironment = {} } = settings;
  return externalSecrets.flatMap((name) => [
    variableNameProblem("externalSecrets", name),
    name in environment || name in previewEnvironment
      ? `externalSecrets must not name a variable of the environment, got ${shown(name)}`
      : undefined,
  ]);
}
