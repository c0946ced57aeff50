import fc from "fast-check";

/** Something odd that may stand anywhere in a plan. */
const ODD: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1e300,
  "",
  "x",
  "\u0000\u202e</details>`@all`#1|",
  "y".repeat(3_000),
  [],
  {},
  [[]],
  [null],
  { a: null },
  ["create"],
  { __proto__x: 1 },
];

/** One place in a JSON value, by a number for each level. */
type Way = readonly number[];

/** A change of a JSON value at a place. */
export interface Mutation {
  readonly way: Way;
  readonly kind: "drop" | "replace" | "duplicate" | "wrap" | "unwrap";
  readonly odd: number;
}

/** Any mutation. */
export const mutation: fc.Arbitrary<Mutation> = fc.record({
  way: fc.array(fc.nat(40), { minLength: 1, maxLength: 8 }),
  kind: fc.constantFrom("drop", "replace", "duplicate", "wrap", "unwrap"),
  odd: fc.nat(ODD.length - 1),
});

/** A value with a mutation done to it. */
export function mutated(value: unknown, { way, kind, odd }: Mutation, depth = 0): unknown {
  const [step = 0] = way.slice(depth);
  const last = depth >= way.length - 1;
  if (Array.isArray(value) && value.length > 0) {
    const index = step % value.length;
    const items = [...(value as unknown[])];
    if (!last) items[index] = mutated(items[index], { way, kind, odd }, depth + 1);
    else if (kind === "drop") items.splice(index, 1);
    else if (kind === "duplicate") items.push(items[index]);
    else items[index] = done(items[index], kind, odd);
    return items;
  }
  if (typeof value === "object" && value !== null && Object.keys(value).length > 0) {
    const entries = Object.entries(value);
    const [key = "", inner] = entries[step % entries.length] ?? [];
    if (!last) return { ...value, [key]: mutated(inner, { way, kind, odd }, depth + 1) };
    if (kind === "drop") return Object.fromEntries(entries.filter(([name]) => name !== key));
    if (kind === "duplicate") return { ...value, [`${key} again`]: inner };
    return { ...value, [key]: done(inner, kind, odd) };
  }
  return done(value, kind, odd);
}

function done(value: unknown, kind: Mutation["kind"], odd: number): unknown {
  if (kind === "wrap") return [value];
  if (kind === "unwrap" && Array.isArray(value)) return (value as unknown[])[0];
  return ODD[odd];
}
