import { NO_ALLOW_LIST } from "../../../../tools/review/meaning/allow-list";
import { bannersOf } from "../../../../tools/review/meaning/banners";
import type { StackInput } from "../../../../tools/review/meaning/review-input";
import type { Review } from "../../../../tools/review/review";
import { changeJson, created, planOf, updated } from "../../../support/plan-json";

const stack = (name: string, more: Partial<StackInput> = {}): StackInput => ({
  name,
  wave: 1,
  status: "changes",
  dependencies: [],
  placeholders: [],
  problems: [],
  warnings: [],
  plan: planOf([]),
  ...more,
});
const banners = (kind: Review["kind"], ...stacks: readonly StackInput[]) =>
  bannersOf({ kind, title: "t", subject: {}, stacks, allowList: NO_ALLOW_LIST, today: "2026-11-26" }).map(
    ({ level, text }) => `${level}: ${text}`,
  );
const plan = (more: Readonly<Record<string, unknown>>) => ({ plan: planOf([], more) });

describe("bannersOf", () => {
  test("has none where all is well", () => {
    expect(banners("plan", stack("a"), stack("b", { status: "no-changes" }))).toEqual([]);
  });

  test.each<[string, readonly StackInput[], readonly string[]]>([
    [
      "that could not be planned",
      [stack("a", { status: "failed", plan: undefined }), stack("b", { status: "failed" })],
      ["error: a, b could not be planned; why stands below."],
    ],
    [
      "whose planning ended with an error",
      [stack("a", plan({ errored: true }))],
      ["error: The plan of a ended with an error and is partial: more may change than is shown."],
    ],
    [
      "that was left out",
      [stack("a", { status: "skipped", plan: undefined }), stack("b", { status: "skipped" })],
      ["warning: Not planned: a, b."],
    ],
    [
      "that needs further rounds",
      [stack("a", plan({ complete: false }))],
      ["warning: The plan of a is not complete: further rounds of plan and apply are needed after it."],
    ],
    [
      "that cannot be applied",
      [stack("a", plan({ applyable: false }))],
      ["warning: The plan of a cannot be applied as it is."],
    ],
    [
      "that cannot be applied because there is nothing to do",
      [stack("a", { ...plan({ applyable: false }), status: "no-changes" })],
      [],
    ],
    [
      "that is a preview",
      [stack("a", { status: "preview", placeholders: ["net", "dns"] })],
      [
        "note: a is a preview, with placeholders for values of net, dns. It is planned again in its turn, and goes on only if it does what is shown here.",
      ],
    ],
    [
      "that is a preview, and another one",
      [
        stack("a", { status: "preview", placeholders: ["net"] }),
        stack("b", { status: "preview", placeholders: ["net"] }),
      ],
      [
        "note: a, b are previews, with placeholders for values of net. Each is planned again in its turn, and goes on only if it does what is shown here.",
      ],
    ],
    [
      "that is a preview of nothing in particular",
      [stack("a", { status: "preview" })],
      ["note: a is a preview. It is planned again in its turn, and goes on only if it does what is shown here."],
    ],
    [
      "whose checks fail",
      [stack("a", plan({ checks: [{ address: { to_display: "check.a" }, status: "error" }] }))],
      ["error: Checks of a fail."],
    ],
    [
      "whose checks are not known yet",
      [stack("a", plan({ checks: [{ address: { to_display: "check.a" }, status: "unknown" }] }))],
      [],
    ],
    [
      "for which Terraform wrote configuration",
      [
        stack(
          "a",
          plan({
            resource_changes: [
              {
                ...changeJson(updated("aws_a.a", {}, {})),
                change: {
                  actions: ["no-op"],
                  before: {},
                  after: {},
                  importing: { id: "x" },
                  generated_config: "resource {}",
                },
              },
            ],
          }),
        ),
      ],
      ["note: Terraform wrote configuration for imports of a; somebody has to keep it."],
    ],
    [
      "of which parts are put off",
      [
        stack(
          "a",
          plan({
            deferred_changes: [{ reason: "absent_prereq", resource_change: changeJson(created("aws_a.a", {})) }],
          }),
        ),
      ],
      ["note: Parts of a are put off to a later plan."],
    ],
  ])("speaks of a stack %s", (_, stacks, expected) => {
    expect(banners("plan", ...stacks)).toEqual(expected);
  });

  test("says what a diff of two configurations does not know, and that only", () => {
    expect(banners("configuration-diff", stack("a", plan({ applyable: false })))).toEqual([
      "note: A diff of two configurations, not a plan: it knows no state, no drift and no default of a provider, and not for sure whether something is replaced.",
    ]);
  });

  test.each([
    ["destroy", 1],
    ["drift", 0],
  ] as const)("of a %s: whether it can be applied", (kind, number) => {
    expect(banners(kind, stack("a", plan({ applyable: false })))).toHaveLength(number);
  });
});
