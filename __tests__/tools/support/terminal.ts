import type { Paint, Terminal } from "../../../tools/cli/terminal";

const same = (text: string) => text;
const plain: Paint = { bold: same, dim: same, red: same, green: same, yellow: same, cyan: same };

/** A terminal that keeps what was written. */
export function recordingTerminal(overrides: Partial<Terminal> = {}) {
  const written = { out: "", err: "" };
  const terminal: Terminal = {
    out: (text) => (written.out += text),
    err: (text) => (written.err += text),
    interactive: false,
    columns: () => 80,
    paint: plain,
    errorPaint: plain,
    ...overrides,
  };
  return { terminal, written };
}
