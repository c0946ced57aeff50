import { isUnresolved, notOneOf, outOfRange, within } from "../validation";

/** A move of objects to another storage class. */
export interface Transition {
  /** Where they go. */
  readonly storageClass: StorageClass;

  /** Age of the object in days, 0 to 3650; at least 30 for the two infrequent-access classes. */
  readonly afterDays: number;
}

/** The part of a bucket's settings that is about moves. */
interface Moves {
  readonly intelligentTieringAfterDays?: number;
  readonly transitions?: readonly Transition[];
  readonly expireDays?: number;
}

/** The storage classes a lifecycle rule can move objects to. */
export type StorageClass = keyof typeof NEXT_CLASSES;

/** Every storage class, with those a lifecycle may move to afterwards. Source: S3 user guide, supported lifecycle transitions, read in 2026-11. */
const NEXT_CLASSES = {
  STANDARD_IA: ["INTELLIGENT_TIERING", "ONEZONE_IA", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"],
  INTELLIGENT_TIERING: ["ONEZONE_IA", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"],
  ONEZONE_IA: ["GLACIER", "DEEP_ARCHIVE"],
  GLACIER_IR: ["GLACIER", "DEEP_ARCHIVE"],
  GLACIER: ["DEEP_ARCHIVE"],
  DEEP_ARCHIVE: [],
} as const;

/** The longest age a setting takes: ten years. */
export const MAX_DAYS = 3650;
/** S3 moves nothing to an infrequent-access class before, and nothing out of one sooner after. Source: S3 API reference, Transition. */
const INFREQUENT_ACCESS_DAYS = 30;

/** All moves of a bucket's objects, earliest first. */
export function transitionsOf({ intelligentTieringAfterDays, transitions = [] }: Moves): Transition[] {
  const tiering: Transition[] =
    intelligentTieringAfterDays === undefined
      ? []
      : [{ storageClass: "INTELLIGENT_TIERING", afterDays: intelligentTieringAfterDays }];
  return [...tiering, ...transitions].sort((a, b) => a.afterDays - b.afterDays);
}

/** What is wrong with the moves of a bucket: each by itself, their order, and their end before the objects' own. */
export function transitionProblems(settings: Moves): Array<string | undefined> {
  const ownProblems = (settings.transitions ?? []).flatMap(({ storageClass, afterDays }, index) =>
    within(`transitions[${index}]`, [
      notOneOf("storageClass", storageClass, Object.keys(NEXT_CLASSES) as StorageClass[]),
      outOfRange("afterDays", afterDays, isInfrequentAccess(storageClass) ? INFREQUENT_ACCESS_DAYS : 0, MAX_DAYS),
    ]),
  );
  if (ownProblems.length > 0) return ownProblems;
  const moves = transitionsOf(settings);
  if (moves.some(({ afterDays }) => isUnresolved(afterDays))) return []; // the order is Terraform's to know
  const { expireDays } = settings;
  const last = moves.at(-1);
  return [
    ...moves.slice(1).map((move, index) => orderProblem(moves[index] as Transition, move)),
    last !== undefined && expireDays !== undefined && !isUnresolved(expireDays) && expireDays <= last.afterDays
      ? `expireDays must be more than the ${last.afterDays} days of the last transition, got ${expireDays}`
      : undefined,
  ];
}

function orderProblem(before: Transition, after: Transition): string | undefined {
  const next: readonly string[] = NEXT_CLASSES[before.storageClass];
  if (!next.includes(after.storageClass)) {
    return `transitions must go from ${before.storageClass} to ${next.length > 0 ? next.join(" or ") : "nothing else"}, got ${after.storageClass}`;
  }
  const wait = isInfrequentAccess(before.storageClass) ? INFREQUENT_ACCESS_DAYS : 1;
  if (after.afterDays - before.afterDays >= wait) return undefined;
  return `transitions must have ${wait} or more days between ${before.storageClass} and ${after.storageClass}, got ${after.afterDays - before.afterDays}`;
}

function isInfrequentAccess(storageClass: StorageClass): boolean {
  return storageClass === "STANDARD_IA" || storageClass === "ONEZONE_IA";
}
