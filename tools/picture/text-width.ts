// Advance widths of Helvetica and Arial in thousandths of the font size, for the characters from space to tilde.
const WIDTHS = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
  556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
  722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
  556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
  260, 334, 584,
];
const FIRST = " ".charCodeAt(0);
const OTHER = 600;
// Bold letters, and the fonts that stand in for these two, are wider.
const RESERVE = { regular: 1.08, bold: 1.16 };

/** About how wide a text is, in the unit of the font size; rather too wide than too narrow. */
export function textWidth(text: string, fontSize: number, weight: keyof typeof RESERVE = "regular"): number {
  const thousandths = [...text].reduce((sum, letter) => sum + (WIDTHS[letter.charCodeAt(0) - FIRST] ?? OTHER), 0);
  return (thousandths / 1000) * fontSize * RESERVE[weight];
}

/** Parts of a text on as few lines as fit the width, with a middle dot between those on one line. A long part keeps its line. */
export function wrap(parts: readonly string[], width: number, fontSize: number): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    const joined = `${last} · ${part}`;
    if (last !== undefined && textWidth(joined, fontSize) <= width) lines[lines.length - 1] = joined;
    else lines.push(part);
  }
  return lines;
}
