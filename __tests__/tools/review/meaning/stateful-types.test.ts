import { milder, STATEFUL_TYPES, statefulType } from "../../../../tools/review/meaning/stateful-types";
import { argumentsOf } from "../../../support/provider-classes";

/** Of providers whose classes are not installed, and of older versions of one that is. */
const ELSEWHERE = /^(cloudflare_record$|upstash_|vercel_|neon_|render_|random_|tls_)/;

describe("statefulType", () => {
  test.each([
    ["aws_db_instance", { what: "The database", severity: "critical" }],
    ["aws_secretsmanager_secret_version", { what: "A version of the secret", severity: "high" }],
    ["aws_cloudwatch_log_group", { what: "The log group", severity: "medium" }],
    ["upstash_redis_database", { what: "The Redis database", severity: "critical" }],
    ["aws_lb", undefined],
    ["constructor", undefined],
    ["", undefined],
  ])("of %s is %j", (type, expected) => {
    expect(statefulType(type)).toEqual(expected);
  });

  test("names types that the providers know", () => {
    expect(STATEFUL_TYPES.filter((type) => !ELSEWHERE.test(type) && argumentsOf(type) === undefined)).toEqual([]);
  });

  test("begins a sentence with what it is", () => {
    expect(
      STATEFUL_TYPES.map((type) => statefulType(type)?.what).filter((what) => !/^(The|A|An) [^.]*$/.test(what ?? "")),
    ).toEqual([]);
  });
});

describe("milder", () => {
  test.each([
    ["critical", "high"],
    ["high", "medium"],
    ["medium", "low"],
    ["low", "low"],
  ] as const)("than %s is %s", (severity, expected) => {
    expect(milder(severity)).toBe(expected);
  });
});
