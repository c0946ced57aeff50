import { isDeepStrictEqual } from "node:util";
import type { JsonObject } from "../../json";
import { blocksOf, movesOf, outputsOf, SETTING_TYPES, type Block } from "./configuration-blocks";

/**
 * Two configurations of one stack as the JSON of a plan from the one to the other, so that they are read, redacted and judged exactly as a
 * plan is. An absent `before` is a new stack, an absent `after` one that is no longer synthesized: nothing destroys what that one holds, so
 * its objects are forgotten rather than deleted.
 *
 * References such as `${aws_vpc.main.id}` stay as they are written: what they come to is known to a plan only.
 */
export function planOfConfigurations(before: JsonObject | undefined, after: JsonObject | undefined): JsonObject {
  const [old, now] = [blocksOf(before ?? {}), blocksOf(after ?? {})];
  const moves = movesOf(after ?? {});
  const moved = new Set(moves.values());
  const gone = [...old.values()].filter((block) => !now.has(block.address) && !moved.has(block.address));
  return {
    format_version: "1.2",
    applyable: false,
    complete: true,
    errored: false,
    resource_changes: [
      ...[...now.values()].map((block) => {
        const previous = old.has(block.address) ? undefined : moves.get(block.address);
        return changeOf(old.get(previous ?? block.address), block, previous);
      }),
      ...gone.map((block) => changeOf(block, undefined, undefined, after === undefined)),
    ],
    output_changes: outputChanges(before, after),
    configuration: { root_module: { resources: [...now.values()].filter(isResource).map(configurationOf) } },
  };
}

function changeOf(
  before: Block | undefined,
  after: Block | undefined,
  previous: string | undefined,
  orphaned = false,
): JsonObject {
  const block = after ?? before;
  const setting = block !== undefined && Object.values<string>(SETTING_TYPES).includes(block.type);
  const actions = actionsOf(before, after, setting, orphaned);
  return {
    address: block?.address,
    ...(previous === undefined || before === undefined ? {} : { previous_address: previous }),
    mode: setting ? "managed" : block?.mode,
    type: block?.type,
    name: block?.name,
    change: { actions, before: before?.body ?? null, after: after?.body ?? null, after_unknown: {} },
  };
}

/** A data source or an ephemeral resource is read at each run; here it counts when what it asks for differs. */
function actionsOf(
  before: Block | undefined,
  after: Block | undefined,
  setting: boolean,
  orphaned: boolean,
): readonly string[] {
  if (before !== undefined && after !== undefined && isDeepStrictEqual(before.body, after.body)) return ["no-op"];
  if (after === undefined) return orphaned && !setting ? ["forget"] : ["delete"];
  return before === undefined ? ["create"] : ["update"];
}

function outputChanges(before: JsonObject | undefined, after: JsonObject | undefined): JsonObject {
  const [old, now] = [outputsOf(before ?? {}), outputsOf(after ?? {})];
  return Object.fromEntries(
    [...new Set([...old.keys(), ...now.keys()])].sort().map((name) => {
      const [from, to] = [old.get(name), now.get(name)];
      const same = isDeepStrictEqual(from, to);
      const actions = same ? ["no-op"] : to === undefined ? ["delete"] : [from === undefined ? "create" : "update"];
      const sides = { before: from?.value ?? null, after: to?.value ?? null, after_unknown: false };
      return [
        name,
        { actions, ...sides, before_sensitive: from?.sensitive === true, after_sensitive: to?.sensitive === true },
      ];
    }),
  );
}

function isResource({ type }: Block): boolean {
  return !Object.values<string>(SETTING_TYPES).includes(type);
}

/** What a block refers to, as `terraform show -json` lists it. */
function configurationOf({ address, mode, type, name, body }: Block): JsonObject {
  return { address, mode, type, name, expressions: { "(all)": { references: referencesIn(JSON.stringify(body)) } } };
}

/** Addresses in `${…}`, at most up to the attribute. */
function referencesIn(text: string): string[] {
  const references = [...text.matchAll(/\$\{([^}]*)\}/g)].flatMap(([, expression = ""]) => [
    ...expression.matchAll(/\b(?:data\.)?[a-z]\w*_\w+\.[\w-]+(?:\.[\w-]+)*/g),
  ]);
  return [...new Set(references.map(([reference]) => reference))].sort();
}
