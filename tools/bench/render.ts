import { type Row, verdictOf } from "./row";

/** The rows as a table for a terminal or a file. */
export function renderBench(rows: readonly Row[]): string {
  const header = ["", "measured", "limit", "", "behind it"];
  const cells = rows.map((row) => [row.what, shown(row.measured, row.unit), limitOf(row), verdictOf(row), row.detail]);
  const widths = header.map((title, column) =>
    Math.max(...[header, ...cells].map((line) => (line[column] ?? title).length)),
  );
  return [header, ...cells]
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join("");
}

/** The rows as JSON, with their verdicts. */
export function benchJson(rows: readonly Row[]): string {
  return `${JSON.stringify(
    rows.map((row) => ({ ...row, verdict: verdictOf(row) })),
    null,
    2,
  )}\n`;
}

function shown(value: number | undefined, unit: Row["unit"]): string {
  if (value === undefined) return "–";
  switch (unit) {
    case "×":
      return `${value.toFixed(2)}×`;
    case "s":
      return `${value.toFixed(2)} s`;
    default:
      return `${value.toFixed(0)} ${unit}`;
  }
}

function limitOf({ limit, unit }: Row): string {
  return "atMost" in limit ? `≤ ${shown(limit.atMost, unit)}` : `≥ ${shown(limit.atLeast, unit)}`;
}
