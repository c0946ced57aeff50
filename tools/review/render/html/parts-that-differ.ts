/** Two texts as what they begin with, what differs, and what they end with. */
export interface Parts {
  readonly start: string;
  readonly old: string;
  readonly now: string;
  readonly end: string;
}

const SHORTEST = 12;
/** How much of the longer text must be the same, so that it is worth showing what is not. */
const SHARE = 0.3;

/** The parts by which two texts differ, in whole words; undefined where they have too little in common. Linear in their length. */
export function partsThatDiffer(before: string, after: string): Parts | undefined {
  const [longer, shorter] = [Math.max(before.length, after.length), Math.min(before.length, after.length)];
  if (shorter < SHORTEST || before === after) return undefined;
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  while (start > 0 && (isInWord(before, start) || isInWord(after, start))) start--;
  let end = 0;
  const room = shorter - start;
  while (end < room && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  while (end > 0 && (isInWord(before, before.length - end) || isInWord(after, after.length - end))) end--;
  if ((start + end) / longer < SHARE) return undefined;
  return {
    start: before.slice(0, start),
    old: before.slice(start, before.length - end),
    now: after.slice(start, after.length - end),
    end: before.slice(before.length - end),
  };
}

// One code unit is looked at: halves of a pair count as letters.
const WORD = /[A-Za-z0-9\u00C0-\uFFFF]/;

/** Whether a cut at this place would part a word, or a letter of two halves. */
function isInWord(text: string, at: number): boolean {
  return WORD.test(text[at - 1] ?? "") && WORD.test(text[at] ?? "");
}
