import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import ts from "typescript";

// What the house style says and no compiler checks. Each function takes source text and returns what is wrong with it, one line per
// finding, so that a test can show both sides: a planted violation is found, and the project has none.

/** A file as the checks see it. */
export interface SourceFile {
  /** Path from the root of the project, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** Folders that hold no source of ours. */
const FOREIGN = new Set(["node_modules", ".git", ".cache", ".groundplan", "cdktf.out", "coverage", "__pycache__"]);

/** Every file of the project below `folder`, by its path from the root. */
export function filesBelow(root: string, folder = ""): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return FOREIGN.has(entry.name) ? [] : filesBelow(root, path);
    return [path];
  });
}

/** `WebService` → `web-service`; `S3Bucket` → `s3-bucket`; `GitHubRoles` → `github-roles`. */
export function kebabCase(name: string): string {
  return name
    .replace("GitHub", "Github")
    .replace("CloudFront", "Cloudfront")
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1-$2")
    .toLowerCase();
}

/** Optional members of exported interfaces and type aliases that do not say what happens when they are left out. */
export function undocumentedDefaults(file: SourceFile): string[] {
  return [...interfaceMembers(file), ...aliasMembers(file)]
    .filter(({ member }) => member.questionToken !== undefined && !hasDefault(member))
    .map(({ name }) => `${file.path}: ${name} has no @default`);
}

function hasDefault(member: ts.TypeElement): boolean {
  return ts
    .getJSDocTags(member)
    .some((tag) => tag.tagName.text === "default" && (ts.getTextOfJSDocComment(tag.comment) ?? "").trim() !== "");
}

/**
 * Members of exported interfaces, exported classes and their public fields without a doc comment. Discriminants speak for themselves,
 * and a member that an interface declares again keeps the comment it has there: `inherited` are the members by interface.
 */
export function undocumented(file: SourceFile, inherited: MembersByInterface = new Map()): string[] {
  const members = interfaceMembers(file)
    .filter(({ member }) => !isDiscriminant(member))
    .filter(
      ({ member }) => !basesOf(member.parent).some((base) => inherited.get(base)?.has(member.name?.getText() ?? "")),
    );
  const classes = exportedClasses(file);
  const fields = classes.flatMap((declaration) =>
    declaration.members
      .filter(isPublicField)
      .map((member) => ({ member, name: `${nameOf(declaration)}.${member.name.getText()}` })),
  );
  return [...members, ...classes.map((member) => ({ member, name: nameOf(member) })), ...fields]
    .filter(({ member }) => !hasDocComment(member))
    .map(({ name }) => `${file.path}: ${name} has no doc comment`);
}

/** Names of members by the name of their interface. */
export type MembersByInterface = ReadonlyMap<string, ReadonlySet<string>>;

/** The members of every exported interface of these files. */
export function membersByInterface(files: readonly SourceFile[]): MembersByInterface {
  const members = new Map<string, Set<string>>();
  for (const [owner = "", member = ""] of files.flatMap(interfaceMembers).map(({ name }) => name.split("."))) {
    members.set(owner, (members.get(owner) ?? new Set()).add(member));
  }
  return members;
}

function basesOf(node: ts.Node): string[] {
  if (!ts.isInterfaceDeclaration(node)) return [];
  return (node.heritageClauses ?? []).flatMap(({ types }) => types.map(({ expression }) => expression.getText()));
}

function isDiscriminant(member: ts.TypeElement): boolean {
  return ts.isPropertySignature(member) && member.type !== undefined && ts.isLiteralTypeNode(member.type);
}

function isPublicField(member: ts.ClassElement): member is ts.PropertyDeclaration {
  const { Private, Protected, Override, Static } = ts.ModifierFlags;
  const hidden = Private | Protected | Override | Static;
  return (
    ts.isPropertyDeclaration(member) &&
    !ts.isPrivateIdentifier(member.name) &&
    (ts.getCombinedModifierFlags(member) & hidden) === 0
  );
}

function hasDocComment(node: ts.Node): boolean {
  return ts
    .getJSDocCommentsAndTags(node)
    .some((comment) => ts.isJSDoc(comment) && (ts.getTextOfJSDocComment(comment.comment) ?? "").trim() !== "");
}

/** Members of exported interfaces and type aliases that a callee could write to. */
export function writableMembers(file: SourceFile): string[] {
  return [...interfaceMembers(file), ...aliasMembers(file)]
    .filter(
      ({ member }) =>
        ts.isPropertySignature(member) && (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Readonly) === 0,
    )
    .map(({ name }) => `${file.path}: ${name} is not readonly`);
}

/** A file with more than one exported class, or with one that is not the file's name in PascalCase. */
export function misplacedClasses(file: SourceFile): string[] {
  const names = exportedClasses(file).map(nameOf);
  if (names.length > 1)
    return [`${file.path}: exports ${names.length} classes (${names.join(", ")}); give each its own file`];
  return names
    .filter((name) => kebabCase(name) !== basename(file.path, ".ts") && !isProvider(file.path, name))
    .map((name) => `${file.path}: exports ${name}, which belongs in ${kebabCase(name)}.ts`);
}

/** Bindings of a provider keep the layout of cdktf's own: the provider itself is `<provider>/provider.ts`. */
function isProvider(path: string, name: string): boolean {
  return basename(path) === "provider.ts" && name.endsWith("Provider");
}

/** The type `any`, wherever it is written. */
export function anyTypes(file: SourceFile): string[] {
  return nodesOf(file)
    .filter((node) => node.kind === ts.SyntaxKind.AnyKeyword)
    .map((node) => `${at(file, node)}: the type any; name the type, or use unknown and narrow it`);
}

/** Imports of a whole provider package: seconds and half a gigabyte, even for one type. */
export function providerIndexImports(file: SourceFile): string[] {
  return nodesOf(file)
    .filter((node) => ts.isStringLiteralLike(node) && /^@cdktf\/provider-[^/]+(\/lib(\/index)?)?\/?$/.test(node.text))
    .filter(
      ({ parent }) =>
        ts.isImportDeclaration(parent) ||
        ts.isExportDeclaration(parent) ||
        ts.isCallExpression(parent) ||
        ts.isExternalModuleReference(parent) ||
        ts.isLiteralTypeNode(parent),
    )
    .map((node) => `${at(file, node)}: imports a provider's index; import /lib/<resource>`);
}

/** Backends of cdktf made anywhere else than in the base stack. */
export function strayBackends(file: SourceFile): string[] {
  if (file.path === "stacks/base-stack.ts") return [];
  return nodesOf(file)
    .filter((node) => ts.isNewExpression(node) && /(^|\.)\w+Backend$/.test(node.expression.getText()))
    .map((node) => `${at(file, node)}: makes a backend; only stacks/base-stack.ts does`);
}

/** File names that say nothing about what is inside. */
export function emptyFileNames(path: string): string[] {
  const words = basename(path).split(".")[0]?.toLowerCase().split(/[-_]/) ?? [];
  const empty = words.filter((word) => /^(utils?|common|commons|helpers?|misc|manager|new|old|v\d+|stuff)$/.test(word));
  return empty.map((word) => `${path}: "${word}" says nothing; name the file after what is in it`);
}

// Put together here, so that this file does not hold what it looks for.
const UNFINISHED = new RegExp(`\\b(${["TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK"].join("|")})\\b`);
const MACHINE_PATH = new RegExp(`(^|[\\s"'\`(=:,])/(${["home", "root", "opt", "work", "Users"].join("|")})/[\\w.-]`);

/** Work left open, and paths of one machine, in any text. */
export function forbiddenWords({ path, text }: SourceFile): string[] {
  return text
    .split("\n")
    .flatMap((line, index) => [
      ...(UNFINISHED.test(line) ? [`${path}:${index + 1}: work left open; do it, or open an issue`] : []),
      ...(MACHINE_PATH.test(line)
        ? [`${path}:${index + 1}: a path of one machine; find it on PATH or take it as a setting`]
        : []),
    ]);
}

/** Tests switched off, or on alone. */
export function narrowedTests(file: SourceFile): string[] {
  return nodesOf(file)
    .filter(
      (node) =>
        ts.isPropertyAccessExpression(node) &&
        /^(test|it|describe)(\.each)?\.(only|skip|todo|failing)$/.test(node.getText()),
    )
    .map((node) => `${at(file, node)}: ${node.getText()}; every test runs`);
}

/** Actions of a workflow that are not pinned by a commit, so that somebody else could put other code behind them. */
export function unpinnedActions({ path, text }: SourceFile): string[] {
  return text.split("\n").flatMap((line, index) => {
    const [, action] = /^\s*(?:- )?uses:\s*(\S+)/.exec(line) ?? [];
    const pinned = action === undefined || action.startsWith("./") || /@[0-9a-f]{40}$/.test(action);
    return pinned ? [] : [`${path}:${index + 1}: ${action}; pin it by the full commit`];
  });
}

/** The files that a test file could be about: `__tests__/a/b.test.ts` mirrors `a/b.ts`; what helps tests is tested beside itself. */
export function subjectsOf(testPath: string): string[] {
  if (testPath.startsWith("__tests__/support/")) return [testPath.replace(/\.test\.ts$/, ".ts")];
  const stem = testPath.replace(/^__tests__\//, "").replace(/\.test\.ts$/, "");
  return [`${stem}.ts`, `${stem}.mjs`, `${stem}/index.ts`, `${stem.replaceAll("-", "_")}.py`];
}

/** Whether a path matches a pattern of .gitattributes: `*` is anything but a slash, `**` anything. */
export function matchesPattern(path: string, pattern: string): boolean {
  const expression = pattern
    .replace(/^\//, "")
    .split("**")
    .map((part) =>
      part
        .split("*")
        .map((plain) => plain.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
        .join("[^/]*"),
    )
    .join(".*");
  return new RegExp(pattern.includes("/") ? `^${expression}$` : `(^|/)${expression}$`).test(path);
}

/** The patterns that .gitattributes marks as generated. */
export function generatedPatterns(gitattributes: string): string[] {
  return gitattributes
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([pattern = "", ...attributes]) => !pattern.startsWith("#") && attributes.includes("linguist-generated"))
    .map(([pattern = ""]) => pattern);
}

/** A generated file that does not say so on line one; JSON has no comments, so only .gitattributes can say it there. */
export function silentlyGenerated({ path, text }: SourceFile, patterns: readonly string[]): string[] {
  const marked = patterns.some((pattern) => matchesPattern(path, pattern));
  const says = /\bgenerated by\b/i.test(text.split("\n", 1)[0] ?? "");
  if (marked && !says && !path.endsWith(".json"))
    return [`${path}: is marked as generated; say on line one "Generated by <command>"`];
  if (says && !marked) return [`${path}: says that it is generated; mark it linguist-generated in .gitattributes`];
  return [];
}

const parsed = new WeakMap<SourceFile, ts.SourceFile>();

function parse(file: SourceFile): ts.SourceFile {
  const known = parsed.get(file) ?? ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true);
  parsed.set(file, known);
  return known;
}

function nodesOf(file: SourceFile): ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(parse(file));
  return nodes;
}

function isExported(node: ts.Declaration): boolean {
  return (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Export) !== 0;
}

function exportedClasses(file: SourceFile): ts.ClassDeclaration[] {
  return parse(file).statements.filter(ts.isClassDeclaration).filter(isExported);
}

function nameOf(declaration: ts.ClassDeclaration): string {
  return declaration.name?.text ?? "default";
}

interface NamedMember {
  readonly member: ts.TypeElement;
  readonly name: string;
}

function interfaceMembers(file: SourceFile): NamedMember[] {
  const interfaces = parse(file).statements.filter(ts.isInterfaceDeclaration).filter(isExported);
  return interfaces.flatMap(({ name, members }) => namedMembers(name, members));
}

/** Members of the objects written in exported type aliases, as in `A & { readonly b?: string }`. */
function aliasMembers(file: SourceFile): NamedMember[] {
  const aliases = parse(file).statements.filter(ts.isTypeAliasDeclaration).filter(isExported);
  return aliases.flatMap(({ name, type }) => objectsIn(type).flatMap(({ members }) => namedMembers(name, members)));
}

function namedMembers(owner: ts.Identifier, members: readonly ts.TypeElement[]): NamedMember[] {
  return members.flatMap((member) =>
    member.name === undefined ? [] : [{ member, name: `${owner.text}.${member.name.getText()}` }],
  );
}

function objectsIn(type: ts.TypeNode): ts.TypeLiteralNode[] {
  if (ts.isTypeLiteralNode(type)) return [type];
  if (ts.isUnionTypeNode(type) || ts.isIntersectionTypeNode(type)) return type.types.flatMap(objectsIn);
  return ts.isParenthesizedTypeNode(type) ? objectsIn(type.type) : [];
}

function at(file: SourceFile, node: ts.Node): string {
  return `${file.path}:${parse(file).getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}
