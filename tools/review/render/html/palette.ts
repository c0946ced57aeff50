/** A colour by day and by night, as `#rrggbb`. */
export type Colour = readonly [light: string, dark: string];

/** Every colour of the page, under the name of its CSS variable. */
export const PALETTE = {
  page: ["#f5f6f8", "#0f1318"],
  card: ["#ffffff", "#171c23"],
  sunk: ["#eff1f4", "#10151b"],
  text: ["#1b222c", "#e4e9f0"],
  soft: ["#566170", "#a2adba"],
  line: ["#d9dee5", "#2c3540"],
  strong: ["#7f8a98", "#73818f"],
  link: ["#0b5cad", "#7ab7f5"],
  focus: ["#0b5cad", "#7ab7f5"],

  create: ["#136c36", "#6fcf93"],
  "create-tint": ["#e3f4e8", "#14301f"],
  update: ["#7a5000", "#e6b84d"],
  "update-tint": ["#fcf0d0", "#352a10"],
  replace: ["#8f1d6d", "#f09ad6"],
  "replace-tint": ["#fae6f4", "#3d1a33"],
  delete: ["#a8141f", "#ff9a96"],
  "delete-tint": ["#fde8e7", "#431a1b"],
  other: ["#2b5a8c", "#8fc1f0"],
  "other-tint": ["#e5eff9", "#172c41"],

  critical: ["#ffffff", "#1a0506"],
  "critical-fill": ["#b0101c", "#ff8d88"],
  high: ["#ffffff", "#201000"],
  "high-fill": ["#a84200", "#ffab66"],
  medium: ["#6b4a00", "#f0c869"],
  "medium-fill": ["#fdeebf", "#3d300f"],
  low: ["#44505e", "#bcc6d1"],
  "low-fill": ["#e6eaef", "#2a323c"],

  good: ["#136c36", "#6fcf93"],
  mark: ["#1b222c", "#ffffff"],
  "mark-old": ["#f9bfbc", "#77302f"],
  "mark-new": ["#a9e2bb", "#1f5c37"],
} as const satisfies Readonly<Record<string, Colour>>;

/** Name of a colour. */
export type ColourName = keyof typeof PALETTE;

/** What is written on what; each pair can be read in both. */
export const WRITTEN_ON: ReadonlyArray<readonly [text: ColourName, ground: ColourName]> = [
  ...(["text", "soft", "link"] as const).flatMap((text) =>
    (["page", "card", "sunk"] as const).map((ground) => [text, ground] as const),
  ),
  ...(["create", "update", "replace", "delete", "other"] as const).flatMap((name) =>
    (["page", "card", "sunk", `${name}-tint`] as const).map((ground) => [name, ground] as const),
  ),
  ...(["create", "update", "replace", "delete", "other"] as const).flatMap((name) => [
    ...(["text", "soft"] as const).map((text) => [text, `${name}-tint`] as const),
    ["card", name] as const, // a filter that is on
  ]),
  ["link", "create-tint"],
  ["link", "delete-tint"],
  ["link", "update-tint"],
  ["critical", "critical-fill"],
  ["high", "high-fill"],
  ["medium", "medium-fill"],
  ["low", "low-fill"],
  ["good", "card"],
  ["critical-fill", "card"],
  ["mark", "mark-old"],
  ["mark", "mark-new"],
];

/** The variables of the style sheet: light, and dark where the reader prefers it. Paper is light. */
export function variables(): string {
  const of = (index: 0 | 1) =>
    Object.entries(PALETTE)
      .map(([name, colour]) => `--${name}:${colour[index]}`)
      .join(";");
  return `:root{color-scheme:light dark;${of(0)}}\n@media screen and (prefers-color-scheme:dark){:root{${of(1)}}}`;
}
