import { existsSync } from "node:fs";
import { join } from "node:path";
import { estimate } from "../cost/estimate";
import { estimatesMarkdown } from "../cost/render";
import { readText } from "../files";
import { picture } from "../picture/picture";
import { waves } from "../plan/waves";
import { withBlock } from "./blocks";
import { resourcesIn, sharedStacksOf, stacksOf, type SurveyRow, type SynthesizedSystem } from "./survey";
import { SURVEY_NOTE, surveyMarkdown } from "./table";

/** A file as it should be. */
export interface Page {
  /** Path from the project's folder, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** The page of a system, from the project's folder. */
export function pagePath(system: string): string {
  return `docs/systems/${system}.md`;
}

/**
 * Every file with a generated part as it should be: the table in the README, and of each system its page and its pictures. `root` is the
 * project's folder, from which the written parts are read.
 */
export async function pages(
  root: string,
  systems: readonly SynthesizedSystem[],
  rows: readonly SurveyRow[],
): Promise<Page[]> {
  const readme = withBlock(
    readText(join(root, "README.md")) ?? "",
    "systems",
    [...surveyMarkdown(rows, pagePath), "", SURVEY_NOTE],
    "README.md",
  );
  const ofSystems = await Promise.all(
    systems.filter(({ name }) => existsSync(join(root, pagePath(name)))).map((system) => systemPages(root, system)),
  );
  return [{ path: "README.md", text: readme }, ...ofSystems.flat()];
}

async function systemPages(root: string, system: SynthesizedSystem): Promise<Page[]> {
  const { name, environments, stacks } = system;
  const path = pagePath(name);
  const pictures = await Promise.all(
    environments.map(async (environment) => ({
      path: `docs/systems/${name}-${environment.name}.svg`,
      text: await picture(stacksOf(stacks, environment.name), { title: `${name}, ${environment.name}` }),
    })),
  );
  const written = readText(join(root, path)) ?? "";
  const withPictures = withBlock(
    written,
    "pictures",
    environments.flatMap((environment) => [`![${environment.name} of ${name}](${name}-${environment.name}.svg)`, ""]),
    path,
  );
  const withStacks = withBlock(withPictures, "stacks", stackTable(system), path);
  const text = withBlock(withStacks, "cost", costText(system).split("\n"), path);
  return [{ path, text }, ...pictures];
}

/** A row for each stack, in an order in which they can be deployed. */
function stackTable({ stacks, environments }: SynthesizedSystem): string[] {
  const shared = waves(sharedStacksOf(stacks, environments)).flat();
  const groups = [shared, ...environments.map(({ name }) => waves(stacksOf(stacks, name)).flat())];
  return [
    "| stack | resources | comes after | needs |",
    "| --- | --: | --- | --- |",
    ...groups.flat().map((stack) => {
      const providers = stack.providers.map(({ source }) => source.split("/").at(-1) ?? source);
      return `| \`${stack.name}\` | ${resourcesIn(stack)} | ${stack.dependencies.map((other) => `\`${other}\``).join(", ")} | ${providers.join(", ")} |`;
    }),
  ];
}

function costText({ stacks, environments }: SynthesizedSystem): string {
  const shared = sharedStacksOf(stacks, environments);
  const estimates = [
    ...environments.map(({ name }) => ({ name, stacks: stacksOf(stacks, name) })),
    ...(shared.length > 0 ? [{ name: "shared by both", stacks: shared }] : []),
  ].map(({ name, stacks: own }) => ({ name, stacks: own.map((stack) => stack.name), estimate: estimate(own) }));
  return estimatesMarkdown(estimates);
}
