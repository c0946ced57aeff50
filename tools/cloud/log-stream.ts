import { objectOf, stringOf } from "../json";
import type { CloudClient } from "./client";

/** A line of a run's log. */
export interface LogLine {
  /** For people. */
  readonly text: string;
  /** As it came: JSON where the workspace writes structured output. */
  readonly raw: string;
}

const STX = 0x02;
const ETX = 0x03;

/** Most bytes that are asked for at once. */
const LIMIT = 65_536;

/** A log that grows while it is read. Every line is given once, whole, wherever the server cuts its chunks. */
export class LogStream {
  private readonly decoder = new TextDecoder();
  private offset = 0;
  private rest = "";
  private ended = false;

  constructor(
    private readonly client: Pick<CloudClient, "logChunk">,
    private readonly url: string,
    private readonly onLine: (line: LogLine) => void,
  ) {}

  /** Whether the log has said that it is over. One that was broken off never says so. */
  get isOver(): boolean {
    return this.ended;
  }

  /** Reads what there is by now. */
  async read(signal?: AbortSignal): Promise<void> {
    while (!this.ended) {
      const chunk = await this.client.logChunk(this.url, this.offset, LIMIT, signal);
      if (chunk.length === 0) return;
      const from = this.offset === 0 && chunk[0] === STX ? 1 : 0;
      this.ended = chunk[chunk.length - 1] === ETX;
      this.offset += chunk.length;
      this.take(this.decoder.decode(chunk.subarray(from, this.ended ? -1 : undefined), { stream: true }));
    }
  }

  /** Gives the last line, which may have no end. */
  close(): void {
    this.take(this.decoder.decode());
    if (this.rest !== "") this.onLine(lineOf(this.rest));
    this.rest = "";
    this.ended = true;
  }

  private take(text: string): void {
    const lines = (this.rest + text).split("\n");
    this.rest = lines.pop() ?? "";
    for (const line of lines) this.onLine(lineOf(line.replace(/\r$/, "")));
  }
}

/** A line for people: what a structured one says, another as it is. */
export function lineOf(raw: string): LogLine {
  if (!raw.startsWith("{")) return { text: raw, raw };
  try {
    return { text: stringOf(objectOf(JSON.parse(raw))["@message"]) ?? raw, raw };
  } catch {
    return { text: raw, raw }; // a program's own words that begin like JSON
  }
}
