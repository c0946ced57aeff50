// The import rules of the project: main → envs, stacks → modules, and tools beside them. Run by `npm run check`; each rule is proved by a
// planted violation in __tests__/imports.test.ts. Every rule looks at one edge, so an error names the line to change; together the
// edges forbid every longer way round (envs → pure files only, pure files → pure files only: hence envs never load cdktf).
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const FRAMEWORK = "(^|/)node_modules/(cdktf|constructs|@cdktf)/";
const PROVIDER_INDEX = "(^|/)node_modules/@cdktf/provider-[^/]+/(lib/)?index\\.(d\\.ts|js)$";
const PROVIDER_CLASS = ["(^|/)node_modules/@cdktf/provider-[^/]+/lib/provider/", "^modules/.+/provider\\.ts$"];
const RESOURCE_CLASS = "(^|/)node_modules/@cdktf/provider-[^/]+/lib/(?!provider/|index\\.)";

/** The files of modules/ that declare no class: settings, checks, arithmetic, tables. Read from the folder the cruise runs in. */
const PURE = readdirSync("modules", { recursive: true })
  .filter(
    (path) => path.endsWith(".ts") && !/^export (abstract )?class /m.test(readFileSync(join("modules", path), "utf8")),
  )
  .map((path) => `^modules/${path.replaceAll("\\", "/").replaceAll(".", "\\.")}$`);

/** What is left after compilation; `import type` is not. */
const atRunTime = { preCompilationOnly: false };

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "no-circular",
      comment: "Files that load each other cannot be read or tested apart. Move what both need into a third file.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "no-unresolved",
      comment: "Nothing is at that path. Correct the import, or add the package with npm install.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "main-is-the-top",
      comment:
        "main.ts is where everything comes together. Move what is needed from it into stacks/ and import it there.",
      severity: "error",
      from: { pathNot: "^__tests__/" },
      to: { path: "^main\\.ts$" },
    },
    {
      name: "tests-are-leaves",
      comment: "Only tests import tests. Move what the program needs into the folder it is about.",
      severity: "error",
      from: { pathNot: "^__tests__/" },
      to: { path: "^__tests__/" },
    },
    {
      name: "modules-know-no-caller",
      comment: "A module knows neither stacks, environments nor tools, not even by type. Take the value as a prop.",
      severity: "error",
      from: { path: "^modules/" },
      to: { path: "^(stacks|envs|tools)/" },
    },
    {
      name: "stacks-know-no-environment",
      comment: "A stack is built for any environment. Take the environment as an argument; `import type` is fine.",
      severity: "error",
      from: { path: "^stacks/" },
      to: { path: "^envs/", ...atRunTime },
    },
    {
      name: "stacks-know-no-tools",
      comment:
        "Tools work on what was synthesized. Move what both need into a pure file of modules/, or hand it over as JSON.",
      severity: "error",
      from: { path: "^stacks/" },
      to: { path: "^tools/" },
    },
    {
      name: "envs-choose-from-modules",
      comment:
        "Environments are values built from the modules' settings. Move the type into a settings file of modules/.",
      severity: "error",
      from: { path: "^envs/" },
      to: { path: "^(stacks|tools)/" },
    },
    {
      name: "envs-stay-plain",
      comment:
        "An environment is checked before any construct exists, and reads no file and no clock. At run time it imports envs/ and the pure files of modules/ (those without a class) only; for anything else use `import type`.",
      severity: "error",
      from: { path: "^envs/" },
      to: {
        pathNot: ["^(envs|stacks|tools|__tests__)/", "^main\\.ts$", ...PURE],
        couldNotResolve: false,
        ...atRunTime,
      },
    },
    {
      name: "pure-files-stay-pure",
      comment:
        "A file of modules/ without a class is loaded by environments, so nothing it loads may load cdktf. Import other pure files only, use `import type`, or move the code into the construct's file.",
      severity: "error",
      from: { path: PURE },
      to: {
        pathNot: ["^(stacks|envs|tools|__tests__)/", "^main\\.ts$", "(^|/)node_modules/yaml/", ...PURE],
        couldNotResolve: false,
        ...atRunTime,
      },
    },
    {
      name: "tools-stand-alone",
      comment: "Tools read synthesized JSON and plan JSON, whoever wrote them. Read the value from there instead.",
      severity: "error",
      from: { path: "^tools/" },
      to: { path: ["^(modules|stacks|envs)/", FRAMEWORK] },
    },
    {
      name: "provider-by-path",
      comment:
        "A provider's index loads half a gigabyte. Import the resource by its path: @cdktf/provider-aws/lib/<resource>.",
      severity: "error",
      from: {},
      to: { path: PROVIDER_INDEX },
    },
    {
      name: "providers-in-base-stack",
      comment: "Providers, their tags and regions are set in one place. Configure them in stacks/base-stack.ts.",
      severity: "error",
      from: { path: "^(main\\.ts$|stacks/|modules/)", pathNot: "^stacks/base-stack\\.ts$" },
      to: { path: PROVIDER_CLASS, ...atRunTime },
    },
    {
      name: "resources-in-modules",
      comment: "A stack picks modules and connects them. Put the resource into a construct of modules/ and use that.",
      severity: "error",
      from: { path: "^(main\\.ts$|stacks/)" },
      to: { path: RESOURCE_CLASS, ...atRunTime },
    },
    {
      name: "main-makes-no-constructs",
      comment:
        "main.ts maps environments to stacks. Put modules into a stack and use the stack here; `import type` is fine.",
      severity: "error",
      from: { path: "^main\\.ts$" },
      to: { path: "^modules/", pathNot: PURE, ...atRunTime },
    },
    {
      name: "no-dev-dependency-at-run-time",
      comment: "An install without dev dependencies must still run. Move the package to dependencies in package.json.",
      severity: "error",
      from: { path: "^(main\\.ts$|envs/|stacks/|modules/|tools/)" },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"], ...atRunTime },
    },
  ],
  options: {
    doNotFollow: { path: "(^|/)node_modules/" },
    exclude: { path: "^__tests__/fixtures/" },
    tsPreCompilationDeps: "specify",
    skipAnalysisNotInRules: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["require", "import", "node", "default", "types"],
    },
  },
};
