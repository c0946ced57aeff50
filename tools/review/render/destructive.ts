import type { Change, Review } from "../review";
import { isDestructive } from "./action-label";
import { code, fenced } from "./github-text";
import { attributeLines, headline } from "./change-lines";

/** Attributes of one object in the fullest form. */
const MOST_ATTRIBUTES = 30;

/** Longer than any comment. */
export const TOO_LONG = " ".repeat(300_000);

/** Everything that is destroyed or replaced, from the fullest form to the shortest; each names every one of them. */
export function destructiveLevels({ stacks }: Review): Array<() => string> {
  const all = stacks.flatMap(({ changes }) => changes.filter(isDestructive));
  if (all.length === 0) return [() => ""];
  const title = `#### Destroyed and replaced (${all.length})`;
  // What cannot fit for its number alone is not written out first.
  const few = (most: number, write: () => string) => (all.length > most ? () => TOO_LONG : write);
  const inDiff = (pick: (change: Change) => Change["attributes"]) => () =>
    [
      title,
      fenced(
        all.flatMap((change) => [
          `${change.stack}: ${headline(change)}`,
          ...attributeLines(pick(change))
            .slice(0, MOST_ATTRIBUTES)
            .map(({ op, text }) => `${op}   ${text}`),
        ]),
        "diff",
      ),
    ].join("\n\n");
  return [
    few(
      400,
      inDiff(({ attributes }) =>
        attributes.filter(({ after, forcesReplacement }) => forcesReplacement || after?.kind !== "unknown"),
      ),
    ),
    few(
      1_500,
      inDiff(({ attributes }) => attributes.filter(({ forcesReplacement }) => forcesReplacement)),
    ),
    () =>
      [
        title,
        fenced(
          all.map((change) => `${change.stack}: ${headline(change)}`),
          "",
        ),
      ].join("\n\n"),
    () => [title, ...grouped(all)].join("\n\n"),
  ];
}

/** Addresses in groups of the same stack, action, module and type, in which only the names differ. */
function grouped(all: readonly Change[]): string[] {
  const groups = new Map<string, { readonly change: Change; readonly prefix: string; readonly names: string[] }>();
  for (const change of all) {
    const at = change.address.lastIndexOf(`${change.type}.`);
    const cut = at < 0 ? 0 : at + change.type.length + 1;
    const prefix = change.address.slice(0, cut);
    const key = JSON.stringify([change.stack, change.action, prefix]);
    const group = groups.get(key) ?? { change, prefix, names: [] };
    group.names.push(
      `${change.address.slice(cut)}${change.deposed === undefined ? "" : ` (deposed ${change.deposed})`}`,
    );
    groups.set(key, group);
  }
  return [...groups.values()].map(
    ({ change, prefix, names }) =>
      `${change.action === "delete" ? "destroyed" : "replaced"} in ${code(change.stack)}, ${names.length} × ${code(`${prefix}…`)}:\n${fenced([names.join(" ")], "")}`,
  );
}
