import type { Activity } from "../sandbox/deploy";
import { advance, block, plainLine, type Board } from "./progress";
import type { Terminal } from "./terminal";

const REDRAW_MILLISECONDS = 200;

/** Shows the activity of stacks while it happens: a block that is drawn over in a window, lines that stay anywhere else. */
export class Live {
  private board: Board = new Map();
  private drawn = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly terminal: Terminal) {
    if (terminal.interactive) this.timer = setInterval(() => this.draw(), REDRAW_MILLISECONDS);
  }

  /** Takes note of an activity and shows it. */
  readonly show = (activity: Activity): void => {
    const line = plainLine(this.board, activity);
    this.board = advance(this.board, activity);
    if (line !== undefined) this.line(this.coloured(line, activity));
  };

  /** Writes a line that stays, above the block. */
  line(text: string): void {
    this.erase();
    this.terminal.out(`  ${text}\n`);
    this.draw();
  }

  /** Ends the block; what was written above it stays. */
  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.erase();
  }

  private draw(): void {
    if (this.timer === undefined) return;
    const lines = block(this.board, Date.now(), this.terminal.columns());
    this.erase();
    this.terminal.out(lines.map((line) => `${this.terminal.paint.dim(line)}\n`).join(""));
    this.drawn = lines.length;
  }

  private erase(): void {
    if (this.drawn > 0) this.terminal.out(`\u001b[${this.drawn}A\u001b[0J`);
    this.drawn = 0;
  }

  private coloured(line: string, activity: Activity): string {
    const { paint } = this.terminal;
    if (activity.kind !== "phase") return paint.dim(line);
    if (activity.phase === "failed") return paint.red(line);
    return activity.phase === "done" ? paint.green(line) : paint.yellow(line);
  }
}
