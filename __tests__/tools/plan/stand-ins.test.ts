import { withoutStandIns } from "../../../tools/plan/stand-ins";
import type { PreviewOutput } from "../../../tools/plan/upstream-outputs";

const made = (value: PreviewOutput["value"]): PreviewOutput => ({ value, sensitive: false, invented: true });
const known = (value: PreviewOutput["value"]): PreviewOutput => ({ value, sensitive: false, invented: false });

/** What a preview's JSON becomes when these outputs were given to it. */
function shown(value: unknown, outputs: Readonly<Record<string, Readonly<Record<string, PreviewOutput>>>>): unknown {
  const byProducer = new Map(Object.entries(outputs).map(([name, own]) => [name, new Map(Object.entries(own))]));
  return JSON.parse(withoutStandIns(JSON.stringify(value), byProducer));
}

describe("withoutStandIns", () => {
  const outputs = {
    data: { address: made("db.1a2b3c.rds.amazonaws.com"), ids: made(["subnet-0aaaaaaa", "subnet-0bbbbbbb"]) },
  };

  test("names what was made up, alone, inside a text, and inside JSON in a text", () => {
    expect(
      shown(
        {
          host: "db.1a2b3c.rds.amazonaws.com",
          url: "postgres://db.1a2b3c.rds.amazonaws.com:5432",
          definitions: JSON.stringify([{ environment: [{ value: "db.1a2b3c.rds.amazonaws.com" }] }]),
          subnets: ["subnet-0aaaaaaa", "subnet-0bbbbbbb"],
        },
        outputs,
      ),
    ).toEqual({
      host: "(known after data)",
      url: "postgres://(known after data):5432",
      definitions: JSON.stringify([{ environment: [{ value: "(known after data)" }] }]),
      subnets: ["(known after data)", "(known after data)"],
    });
  });

  test("replaces the longer of two first, each by its producer", () => {
    const two = { data: { a: made("acme-prod-db") }, net: { b: made("acme-prod-db.internal") } };
    expect(shown(["acme-prod-db", "acme-prod-db.internal"], two)).toEqual(["(known after data)", "(known after net)"]);
  });

  test("finds a text that JSON writes with escapes", () => {
    expect(shown(['say "hello" \\ now'], { data: { a: made('say "hello" \\ now') } })).toEqual(["(known after data)"]);
  });

  test("leaves what is known, and what is too short to be told from other things", () => {
    const others = { data: { a: known("db.1a2b3c.rds.amazonaws.com"), port: made("5432"), number: made(5432) } };
    expect(shown({ host: "db.1a2b3c.rds.amazonaws.com", port: "5432" }, others)).toEqual({
      host: "db.1a2b3c.rds.amazonaws.com",
      port: "5432",
    });
  });
});
