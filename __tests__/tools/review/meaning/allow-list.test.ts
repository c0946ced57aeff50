import { accept, NO_ALLOW_LIST, parseAllowList, type AllowEntry } from "../../../../tools/review/meaning/allow-list";
import { RULE_IDS } from "../../../../tools/review/meaning/risks";
import type { Risk } from "../../../../tools/review/review";
import { UserError } from "../../../../tools/user-error";

const PATH = "envs/review.yaml";

/** What is wrong with a file, line by line. */
function problems(text: string): readonly string[] {
  try {
    parseAllowList(text, PATH, RULE_IDS);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect([error.message, error.tryThis, error.exitCode]).toEqual([
      "envs/review.yaml is not valid",
      "mend what it says above; docs/guides/review-a-plan.md shows an entry",
      66,
    ]);
    return (error.details ?? "").split("\n");
  }
  return [];
}

const ENTRY = {
  rule: "stateful-replace",
  address: "aws_db_instance.db",
  reason: "Restored from the snapshot of the first",
  owner: "ada@example.com",
  expires: "2026-12-31",
};
/** A file with one entry that has something else in it. */
const file = (more: Readonly<Record<string, unknown>>) =>
  `failAt:\n  prod: high\naccept:\n  - ${JSON.stringify({ ...ENTRY, ...more })}\n`;

describe("parseAllowList", () => {
  test("reads thresholds and entries, a day without quotes too", () => {
    const text = `
failAt:
  prod: critical
  staging: low
accept:
  - rule: iam-widening
    construct: services/*
    stack: prod-*
    reason: "  The import of old uploads needs it  "
    owner: ada
    expires: 2026-12-31
`;
    expect(parseAllowList(text, PATH, RULE_IDS)).toEqual({
      failAt: { prod: "critical", staging: "low" },
      accept: [
        {
          rule: "iam-widening",
          stack: "prod-*",
          address: undefined,
          construct: "services/*",
          reason: "The import of old uploads needs it",
          owner: "ada",
          expires: "2026-12-31",
        },
      ],
    });
  });

  test.each(["", "# nothing yet\n", "failAt:\naccept:\n", "{}", "accept: []"])("reads %j as nothing", (text) => {
    expect(parseAllowList(text, PATH, RULE_IDS)).toEqual(NO_ALLOW_LIST);
  });

  test.each<[string, string, readonly string[]]>([
    [
      "no YAML",
      "accept: [",
      ["Flow sequence in block collection must be sufficiently indented and end with a ] at line 1, column 10:"],
    ],
    ["a key twice", "accept: []\naccept: []", ["Map keys must be unique at line 2, column 1:"]],
    ["a list", "- a", ["must hold the keys failAt and accept"]],
    ["a text", "accept", ["must hold the keys failAt and accept"]],
    ["another key", "accpet: []", ["accpet is not known; there are failAt and accept"]],
    [
      "a threshold for no tier",
      "failAt: high",
      ['failAt must have a severity for each tier, such as prod: high, got "high"'],
    ],
    [
      "a severity that there is not",
      "failAt:\n  prod: severe\n  staging: 3",
      [
        'failAt.prod must be one of critical, high, medium, low, got "severe"',
        "failAt.staging must be one of critical, high, medium, low, got 3",
      ],
    ],
    ["entries that are no list", "accept: all", ['accept must be a list of entries, got "all"']],
    [
      "an entry that is none",
      "accept:\n  - all",
      ['accept[0]: must be an entry with rule, reason, owner and expires, got "all"'],
    ],
  ])("refuses %s", (_, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  test.each<[string, Readonly<Record<string, unknown>>, string]>([
    ["a rule that there is not", { rule: "stateful" }, 'rule must be the id of a rule, got "stateful"'],
    ["no rule", { rule: undefined }, "rule must be the id of a rule, got null"],
    [
      "a reason that says nothing",
      { reason: " it is fine       .  " },
      'reason must have at least 20 characters, got " it is fine       .  "',
    ],
    ["nobody", { owner: " " }, "owner must name who answers for it"],
    ["no end", { expires: "never" }, 'expires must be a day such as 2026-12-31, got "never"'],
    [
      "a day that there is not",
      { expires: "2026-02-30" },
      'expires must be a day such as 2026-12-31, got "2026-02-30"',
    ],
    ["a day in another form", { expires: "31.12.2026" }, 'expires must be a day such as 2026-12-31, got "31.12.2026"'],
    ["everything", { address: "*" }, "address and construct must name something, not everything"],
    ["everything, in more words", { address: "*.*" }, "address and construct must name something, not everything"],
    ["nothing", { address: undefined }, "address or construct must say for what it holds"],
    [
      "a stack that is no text, which would be every stack",
      { stack: ["prod"] },
      'stack must be a pattern in text, got ["prod"]',
    ],
    ["an address that is no text", { address: 7 }, "address must be a pattern in text, got 7"],
    [
      "a key that there is not",
      { until: "2026-12-31" },
      "until is not known; there are rule, stack, address, construct, reason, owner, expires",
    ],
  ])("refuses an entry for %s", (_, more, expected) => {
    expect(problems(file(more))).toEqual([`accept[0] (line 4): ${expected}`]);
  });

  test("tells everything that is wrong at once", () => {
    expect(
      problems(`failAt: { prod: bad }\n${file({ owner: "", expires: "x" }).replace("failAt:\n  prod: high\n", "")}`),
    ).toEqual([
      'failAt.prod must be one of critical, high, medium, low, got "bad"',
      "accept[0] (line 3): owner must name who answers for it",
      'accept[0] (line 3): expires must be a day such as 2026-12-31, got "x"',
    ]);
  });

  test.each(["2028-02-29", "2026-12-31"])("takes the day %s", (expires) => {
    expect(problems(file({ expires }))).toEqual([]);
  });

  test.each([
    ["x".repeat(19), 1],
    ["x".repeat(20), 0],
  ])("asks for twenty characters of reason: %s", (reason, number) => {
    expect(problems(file({ reason }))).toHaveLength(number);
  });
});

describe("accept", () => {
  const risk: Risk = {
    rule: "stateful-replace",
    severity: "critical",
    title: "The database is destroyed and made anew",
    stack: "prod-data",
    address: 'aws_db_instance.db["a.b"]',
    construct: "database/instance",
    evidence: "engine",
    why: "It is gone.",
    fix: "Keep it.",
  };
  const entry = (more: Partial<AllowEntry> = {}): AllowEntry => ({ ...ENTRY, address: undefined, ...more });
  const accepted = (entries: readonly AllowEntry[], today = "2026-11-26", risks: readonly Risk[] = [risk]) =>
    accept(risks, { failAt: {}, accept: entries }, today);

  test.each<[string, Partial<AllowEntry>, boolean]>([
    ["its address", { address: 'aws_db_instance.db["a.b"]' }, true],
    ["a pattern of addresses", { address: "aws_db_instance.*" }, true],
    ["a pattern with a dot, which stands for itself", { address: "aws_db_instance?db*" }, false],
    ["a part of its address", { address: "aws_db_instance.db" }, false],
    ["its construct", { construct: "database/instance" }, true],
    ["a pattern of constructs", { construct: "*/instance" }, true],
    ["another construct", { construct: "database/*/instance" }, false],
    ["its address, and another construct", { address: "aws_db_instance.*", construct: "cache/*" }, false],
    ["its stack too", { construct: "database/instance", stack: "prod-*" }, true],
    ["another stack", { construct: "database/instance", stack: "staging-*" }, false],
    ["another rule", { construct: "database/instance", rule: "stateful-destroy" }, false],
  ])("by %s", (_, more, expected) => {
    const result = accepted([entry(more)]);
    expect(result.problems).toEqual([]);
    expect(result.risks).toEqual(expected ? [] : [risk]);
    expect(result.accepted).toEqual(
      expected ? [{ risk, reason: ENTRY.reason, owner: ENTRY.owner, expires: ENTRY.expires }] : [],
    );
  });

  test.each([
    ["2026-12-30", 0, []],
    ["2026-12-31", 0, []],
    [
      "2027-01-01",
      1,
      ["the acceptance of stateful-replace of database/instance by ada@example.com expired on 2026-12-31"],
    ],
  ])("holds on its last day and no longer: %s", (today, standing, told) => {
    const { risks, problems: found } = accepted([entry({ construct: "database/instance" })], today);
    expect([risks.length, found]).toEqual([standing, told]);
  });

  test("says of one that is expired that it can go, and says nothing of one that is for another plan", () => {
    const other = entry({ address: "aws_lb.l" });
    expect(accepted([other]).problems).toEqual([]);
    expect(accepted([other], "2027-01-01").problems).toEqual([
      "the acceptance of stateful-replace of aws_lb.l by ada@example.com expired on 2026-12-31 and matches nothing; remove it",
    ]);
  });

  test("goes by one that holds, though another one is expired", () => {
    const [old, now] = [
      entry({ construct: "database/*", expires: "2026-01-01" }),
      entry({ construct: "database/instance" }),
    ];
    const { risks, accepted: found, problems: told } = accepted([old, now]);
    expect(risks).toEqual([]);
    expect(found.map(({ expires }) => expires)).toEqual(["2026-12-31"]);
    expect(told).toEqual(["the acceptance of stateful-replace of database/* by ada@example.com expired on 2026-01-01"]);
  });

  test("accepts several risks by one entry, and keeps the order of those that stand", () => {
    const [a, b, c] = ["a", "b", "c"].map((name) => ({ ...risk, construct: name }));
    if (a === undefined || b === undefined || c === undefined) throw new Error("three risks were meant");
    const { risks, accepted: found } = accepted([entry({ construct: "b" })], undefined, [c, b, a, b]);
    expect(risks).toEqual([c, a]);
    expect(found).toHaveLength(2);
  });
});
