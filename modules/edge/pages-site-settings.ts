import { notMatching, notOneOf, outOfRange, shown, within } from "../validation";
import { type DnsSettings, hostProblem } from "./dns-settings";
import { siteVariableProblems } from "./pages-site-variables";

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

const BRANCH = /^[A-Za-z0-9._/*-]{1,250}$/;
const FOLDER = /^(?!.*\.\.)[\w@.-][\w@./-]*$/;

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
    ...siteVariableProblems(settings),
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
