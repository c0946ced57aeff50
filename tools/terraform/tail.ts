import { closeSync, openSync, readSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import { codeOf } from "../files";

const POLL_MILLISECONDS = 50;
const CHUNK_BYTES = 65_536;

/** Reads lines from the end of a file that another process writes to, as they come. */
export class Tail {
  private readonly decoder = new StringDecoder("utf8");
  private readonly buffer = Buffer.alloc(CHUNK_BYTES);
  private readonly timer: NodeJS.Timeout;
  private rest = "";

  /** Begins at `offset` bytes. */
  constructor(
    private readonly path: string,
    private offset: number,
    private readonly onLine: (line: string) => void,
  ) {
    this.timer = setInterval(() => this.read(), POLL_MILLISECONDS);
  }

  /** Reads what is left, also a last line that does not end, and stops. */
  end(): void {
    clearInterval(this.timer);
    this.read();
    const last = this.rest + this.decoder.end();
    this.rest = "";
    if (last !== "") this.onLine(last);
  }

  private read(): void {
    let file: number;
    try {
      file = openSync(this.path, "r");
    } catch (error) {
      if (codeOf(error) === "ENOENT") return; // removed meanwhile: there is nothing more to read
      throw error;
    }
    try {
      for (;;) {
        const length = readSync(file, this.buffer, 0, CHUNK_BYTES, this.offset);
        if (length === 0) return;
        this.offset += length;
        const lines = (this.rest + this.decoder.write(this.buffer.subarray(0, length))).split("\n");
        this.rest = lines.pop() ?? "";
        lines.forEach(this.onLine);
      }
    } finally {
      closeSync(file);
    }
  }
}
