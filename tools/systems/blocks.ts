import { UserError } from "../user-error";

const BEGIN = (name: string) => `<!-- generated: ${name} -->`;
const END = "<!-- end of generated -->";

/** A text with the lines between `<!-- generated: name -->` and `<!-- end of generated -->` replaced. `where` names the file for the error. */
export function withBlock(text: string, name: string, lines: readonly string[], where: string): string {
  const begin = text.indexOf(BEGIN(name));
  const end = begin < 0 ? -1 : text.indexOf(END, begin);
  if (begin < 0 || end < 0) {
    throw new UserError(`${where} has no place for ${name}`, {
      tryThis: `put the lines ${BEGIN(name)} and ${END} where it belongs`,
    });
  }
  const body = ["<!-- prettier-ignore-start -->", "", lines.join("\n").trim(), "", "<!-- prettier-ignore-end -->"]; // its own columns would be written over
  return `${text.slice(0, begin + BEGIN(name).length)}\n\n${body.join("\n")}\n\n${text.slice(end)}`;
}

/** Names of the blocks a text has places for, in their order. */
export function blocksIn(text: string): string[] {
  return [...text.matchAll(/<!-- generated: ([\w-]+) -->/g)].map(([, name]) => name ?? "");
}
