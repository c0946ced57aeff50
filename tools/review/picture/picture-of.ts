import type { JsonObject } from "../../json";
import { graphOf } from "../../picture/graph";
import { providersOf, remoteStatesOf, type Stack } from "../../plan/stack";
import type { Action } from "../plan-document";
import { withoutIndexes } from "../read/changes";
import { SEVERITIES, type Change, type Picture, type PictureThing, type StackReview } from "../review";

/** A synthesized stack, as far as a picture needs it. */
export interface DrawnStack {
  readonly name: string;
  readonly document: JsonObject;
  readonly dependencies: readonly string[];
}

/** What stands and who asks whom, from the synthesized stacks, with the changes marked. */
export function pictureOf(drawn: readonly DrawnStack[], reviews: readonly StackReview[]): Picture | undefined {
  const names = drawn.map(({ name }) => name);
  const stacks = drawn.map(({ name, document, dependencies }): Stack => ({
    ...{ name, document, dependencies, folder: "", file: "", annotations: [] },
    providers: providersOf(document),
    remoteStates: remoteStatesOf(document, names),
  }));
  const { clusters, outside, edges } = graphOf(stacks);
  if (clusters.length === 0) return undefined;
  const byAddress = changesByAddress(reviews);
  const thing = ({ addresses, ...node }: (typeof outside)[number]): PictureThing => ({
    ...node,
    ...marks(addresses.flatMap((address) => byAddress.get(address) ?? [])),
  });
  return {
    clusters: clusters.map(({ name, where, nodes }) => ({ name, where, nodes: nodes.map(thing) })),
    outside: outside.map(thing),
    edges,
  };
}

/** More resources than this are drawn by type. */
const MOST_NODES = 60;
/** Of more resources a picture says no more than the table of counts does. */
const MOST_ADDRESSES = 2_000;
const MOST_EDGES = 240;

/** The same for a plan of any project: a frame for each module, a box for each resource that changes or is next to one; by type where there are many. */
export function pictureOfReferences(
  { name, changes }: Pick<StackReview, "name" | "changes">,
  references: ReadonlyMap<string, readonly string[]>,
): Picture | undefined {
  const byAddress = new Map<string, Change[]>();
  for (const change of changes) {
    const key = withoutIndexes(change.address);
    byAddress.set(key, [...(byAddress.get(key) ?? []), change]);
  }
  const near = [...references].flatMap(([from, targets]) =>
    targets.flatMap((to) => (byAddress.has(from) || byAddress.has(to) ? [from, to] : [])),
  );
  const addresses = [...new Set([...byAddress.keys(), ...near])].filter(
    (address) => !partsOf(address).type.startsWith("terraform_"),
  );
  if (addresses.length === 0 || addresses.length > MOST_ADDRESSES) return undefined;
  const few = addresses.length <= MOST_NODES;
  const idOf = (address: string) => {
    const { module, type } = partsOf(address);
    return few ? `${name}/${address}` : `${name}/${module}/${type}`;
  };
  const groups = new Map<string, string[]>();
  for (const address of addresses) groups.set(idOf(address), [...(groups.get(idOf(address)) ?? []), address]);
  const modules = new Map<string, PictureThing[]>();
  for (const [id, members] of groups) {
    const { module, type, label } = partsOf(members[0] ?? "");
    const own = members.flatMap((address) => byAddress.get(address) ?? []);
    const node: PictureThing = {
      id,
      name: few ? label : type,
      parts: [few ? type : `${members.length} of them`],
      kind: "operations",
      inVpc: false,
      ...marks(own),
    };
    modules.set(module, [...(modules.get(module) ?? []), node]);
  }
  const pairs = [...references].flatMap(([from, targets]) => targets.map((to) => [idOf(from), idOf(to)] as const));
  const known = new Map(
    pairs
      .filter(([from, to]) => from !== to && groups.has(from) && groups.has(to))
      .map((pair) => [pair.join(" "), pair]),
  );
  const edges = [...known.values()].map(([from, to]) => ({ from, to, kind: "request" as const }));
  return {
    clusters: [...modules].map(([module, nodes]) => ({ name: module === "" ? name : module, where: "", nodes })),
    outside: [],
    edges: edges.length > MOST_EDGES ? [] : edges,
  };
}

/** The same of several plans: each is drawn by itself, for what one reads from another no plan says. */
export function pictureOfPlans(
  reviews: ReadonlyArray<Pick<StackReview, "name" | "changes">>,
  references: ReadonlyArray<ReadonlyMap<string, readonly string[]>>,
): Picture | undefined {
  const drawn = reviews.flatMap((review, index) => {
    const picture = pictureOfReferences(review, references[index] ?? new Map());
    return picture === undefined ? [] : [{ name: review.name, picture }];
  });
  if (drawn.length === 0) return undefined;
  return {
    clusters: drawn.flatMap(({ name, picture }) =>
      picture.clusters.map((cluster) =>
        drawn.length === 1 || cluster.name === name ? cluster : { ...cluster, name: `${name}: ${cluster.name}` },
      ),
    ),
    outside: [],
    edges: drawn.flatMap(({ picture }) => picture.edges),
  };
}

function partsOf(address: string): { readonly module: string; readonly type: string; readonly label: string } {
  const parts = address.split(".");
  const [label = "", type = ""] = [parts.at(-1), parts.at(-2)];
  const front = parts.slice(0, -2).filter((part, index, all) => !(part === "data" && index === all.length - 1));
  return { module: front.join("."), type, label };
}

function changesByAddress(reviews: readonly StackReview[]): ReadonlyMap<string, readonly Change[]> {
  const found = new Map<string, Change[]>();
  for (const change of reviews.flatMap(({ changes }) => changes)) {
    const key = `${change.stack}/${withoutIndexes(change.address)}`;
    found.set(key, [...(found.get(key) ?? []), change]);
  }
  return found;
}

const GRAVITY: readonly Action[] = [
  "delete",
  "replace",
  "replace-create-first",
  "unknown",
  "forget",
  "create-forget",
  "update",
  "create",
];

function marks(changes: readonly Change[]): Pick<PictureThing, "action" | "severity" | "changes"> {
  const action = GRAVITY.find((one) => changes.some((change) => change.action === one));
  const severity = SEVERITIES.find((one) => changes.some((change) => change.severity === one));
  const number = changes.filter(({ action: one }) => GRAVITY.includes(one)).length;
  return {
    ...(action === undefined ? {} : { action }),
    ...(severity === undefined ? {} : { severity }),
    changes: number,
  };
}
