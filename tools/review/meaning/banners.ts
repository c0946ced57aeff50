import type { Banner } from "../review";
import type { ReviewInput } from "./review-input";

/** What a reader has to know before any number. */
export function bannersOf({ kind, stacks }: ReviewInput): Banner[] {
  const banners: Banner[] = [];
  const add = (level: Banner["level"], names: readonly string[], text: (names: string) => string) => {
    if (names.length > 0) banners.push({ level, text: text(names.join(", ")) });
  };
  const named = (keep: (stack: ReviewInput["stacks"][number]) => boolean) =>
    stacks.filter(keep).map(({ name }) => name);
  if (kind === "configuration-diff") {
    banners.push({
      level: "note",
      text: "A diff of two configurations, not a plan: it knows no state, no drift and no default of a provider, and not for sure whether something is replaced.",
    });
  }
  add(
    "error",
    named(({ status }) => status === "failed"),
    (names) => `${names} could not be planned; why stands below.`,
  );
  add(
    "error",
    named(({ plan }) => plan?.errored === true),
    (names) => `The plan of ${names} ended with an error and is partial: more may change than is shown.`,
  );
  add(
    "warning",
    named(({ status }) => status === "skipped"),
    (names) => `Not planned: ${names}.`,
  );
  add(
    "warning",
    named(({ plan }) => plan?.complete === false),
    (names) => `The plan of ${names} is not complete: further rounds of plan and apply are needed after it.`,
  );
  if (kind === "plan" || kind === "destroy") {
    add(
      "warning",
      named(({ plan, status }) => plan?.applyable === false && plan.errored === false && status === "changes"),
      (names) => `The plan of ${names} cannot be applied as it is.`,
    );
  }
  const previews = stacks.filter(({ status }) => status === "preview");
  if (previews.length > 0) {
    const of = [...new Set(previews.flatMap(({ placeholders }) => placeholders))].join(", ");
    const [are, each] = previews.length === 1 ? ["is a preview", "It is"] : ["are previews", "Each is"];
    banners.push({
      level: "note",
      text: `${previews.map(({ name }) => name).join(", ")} ${are}${of === "" ? "" : `, with placeholders for values of ${of}`}. ${each} planned again in its turn, and goes on only if it does what is shown here.`,
    });
  }
  add(
    "error",
    named(({ plan }) => plan?.checks.some(({ status }) => status === "fail" || status === "error") === true),
    (names) => `Checks of ${names} fail.`,
  );
  add(
    "note",
    named(({ plan }) => plan?.changes.some(({ generatedConfig }) => generatedConfig) === true),
    (names) => `Terraform wrote configuration for imports of ${names}; somebody has to keep it.`,
  );
  add(
    "note",
    named(({ plan }) => plan !== undefined && plan.deferred.length > 0),
    (names) => `Parts of ${names} are put off to a later plan.`,
  );
  return banners;
}
