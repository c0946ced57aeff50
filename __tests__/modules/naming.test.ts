import { Lazy, Token } from "cdktf";
import fc from "fast-check";
import { NAME_RULES, nameOf, type NameKind, nameProblem, namesOf } from "../../modules/naming";

const names = namesOf("acme", "staging");
const kinds = Object.keys(NAME_RULES) as NameKind[];

/** Kinds whose names are lower-case letters, digits and single hyphens, which is what most services take. */
const plainKinds = kinds.filter((kind) => NAME_RULES[kind].pattern === NAME_RULES.vpc.pattern);

describe("namesOf", () => {
  test("puts project, environment and thing together", () => {
    expect(names("ecsService", "api")).toBe("acme-staging-api");
    expect(names("imageRepository", "api/v2")).toBe("acme-staging-api/v2");
  });

  test.each([undefined, ""])("leaves a thing of %j out", (thing) => {
    expect(names("loadBalancer", thing)).toBe("acme-staging");
  });

  test.each(kinds)("lets a thing of %s that only Terraform knows pass", (kind) => {
    const thing = Lazy.stringValue({ produce: () => "x".repeat(2_000) });
    expect(names(kind, thing)).toBe(`acme-staging-${thing}`);
  });

  test("throws what nameProblem says, and nothing else", () => {
    expect(() => names("loadBalancer", "of-many-words-and-more")).toThrow(
      new Error(
        'name of loadBalancer must be at most 32 characters, got 35 in "acme-staging-of-many-words-and-more"; shorten the project, the environment or the part after it',
      ),
    );
  });

  test("returns, if anything, a name that its service takes", () => {
    const part = fc.string({ unit: fc.constantFrom(..."abz019-_/.#A "), maxLength: 40 });
    fc.assert(
      fc.property(fc.constantFrom(...kinds), part, part, fc.option(part, { nil: undefined }), (kind, a, b, thing) => {
        const { max, pattern } = NAME_RULES[kind];
        const name = nameOf(a, b, thing);
        const taken = name.length <= max && pattern.test(name) && !name.includes("--");
        if (taken) expect(namesOf(a, b)(kind, thing)).toBe(name);
        else expect(() => namesOf(a, b)(kind, thing)).toThrow(/^name of \w+ must be .+, got .+/);
      }),
      { numRuns: 1_000 },
    );
  });

  test("returns every name of letters that is short enough", () => {
    const word = fc.stringMatching(/^[a-z]{1,20}$/);
    fc.assert(
      fc.property(fc.constantFrom(...kinds), word, word, word, (kind, project, environment, thing) => {
        const name = `${project}-${environment}-${thing}`;
        fc.pre(name.length <= NAME_RULES[kind].max);
        expect(namesOf(project, environment)(kind, thing)).toBe(name);
      }),
    );
  });
});

describe("nameOf", () => {
  test("checks nothing", () => {
    expect(nameOf("A", "b".repeat(99))).toBe(`A-${"b".repeat(99)}`);
  });
});

describe("nameProblem", () => {
  test.each(Object.entries(NAME_RULES).map(([kind, { max }]) => [kind as NameKind, max] as const))(
    "of %s allows %d characters and not one more",
    (kind, max) => {
      const longest = `a${"b".repeat(max - 1)}`;
      expect(nameProblem(kind, longest)).toBeUndefined();
      expect(nameProblem(kind, `${longest}b`)).toBe(
        `name of ${kind} must be at most ${max} characters, got ${max + 1} in "${longest}b"; shorten the project, the environment or the part after it`,
      );
    },
  );

  test.each(plainKinds)("of %s asks for lower-case letters, digits and single hyphens, a letter first", (kind) => {
    for (const name of ["ab", "a1", "acme-staging-api-2"]) expect(nameProblem(kind, name)).toBeUndefined();
    for (const name of ["", "a", "Acme", "1acme", "-acme", "acme-", "acme--api", "acme_api", "acme.api", "acme/api"]) {
      expect(nameProblem(kind, name)).toBe(
        `name of ${kind} must be lower-case letters, digits and single hyphens, got "${name}"`,
      );
    }
  });

  test.each(["imageRepository", "secret"] as const)("of %s allows slashes inside", (kind) => {
    for (const name of ["acme/api", "acme-staging/api", "1a"]) expect(nameProblem(kind, name)).toBeUndefined();
    for (const name of ["Acme", "/acme", "acme/", "acme--api", "acme api"]) {
      expect(nameProblem(kind, name)).toBe(
        `name of ${kind} must be lower-case letters, digits, hyphens and slashes, got "${name}"`,
      );
    }
  });

  test.each([
    ["logGroup", ["/ecs/acme", "Acme#1", "a.b_c-d"], ["a b", "a:b", ""], "letters, digits and any of / _ . # -"],
    ["parameter", ["/acme/prod", "Acme", "a.b_c-d"], ["a b", "a#b", ""], "letters, digits and any of / _ . -"],
  ] as const)("of %s allows %j and not %j", (kind, right, wrong, allowed) => {
    for (const name of right) expect(nameProblem(kind, name)).toBeUndefined();
    for (const name of wrong) expect(nameProblem(kind, name)).toBe(`name of ${kind} must be ${allowed}, got "${name}"`);
  });

  test("says nothing about a name that only Terraform knows", () => {
    expect(nameProblem("loadBalancer", Token.asString({ Ref: "name" }))).toBeUndefined();
  });
});

test("NAME_RULES knows every kind of plain name by the same words", () => {
  expect(new Set(plainKinds.map((kind) => NAME_RULES[kind].allowed))).toEqual(
    new Set(["lower-case letters, digits and single hyphens"]),
  );
  expect(kinds.filter((kind) => !plainKinds.includes(kind))).toEqual([
    "imageRepository",
    "logGroup",
    "secret",
    "parameter",
  ]);
});
