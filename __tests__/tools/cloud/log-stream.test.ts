import fc from "fast-check";
import { lineOf, LogStream, type LogLine } from "../../../tools/cloud/log-stream";

const [STX, ETX] = ["\u0002", "\u0003"];

/** Reads a log that is served in chunks of those sizes, the last size over and over. */
async function read(
  log: string,
  sizes: readonly number[],
  grows: readonly number[] = [],
): Promise<{ lines: LogLine[]; isOver: boolean }> {
  const bytes = Buffer.from(log);
  const lines: LogLine[] = [];
  let call = 0;
  let visible = grows[0] ?? bytes.length;
  const logChunk = (_url: string, offset: number, limit: number) => {
    const size = sizes[Math.min(call++, sizes.length - 1)] ?? limit;
    return Promise.resolve(bytes.subarray(offset, Math.min(offset + size, visible)));
  };
  const stream = new LogStream({ logChunk }, "http://log", (line) => lines.push(line));
  await stream.read();
  for (const upTo of [...grows.slice(1), bytes.length]) {
    visible = upTo;
    await stream.read();
  }
  const { isOver } = stream;
  stream.close();
  return { lines, isOver };
}

const texts = ({ lines }: { lines: LogLine[] }) => lines.map(({ text }) => text);

describe("LogStream", () => {
  test("gives each line once, without the marks around the log", async () => {
    const log = await read(`${STX}one\ntwo\n${ETX}`, [65_536]);
    expect([texts(log), log.isOver]).toEqual([["one", "two"], true]);
  });

  test("gives the last line of a log that was broken off", async () => {
    const log = await read(`${STX}one\ntw`, [65_536]);
    expect([texts(log), log.isOver]).toEqual([["one", "tw"], false]);
  });

  test("reads a log without marks", async () => {
    expect(texts(await read("one\ntwo\n", [65_536]))).toEqual(["one", "two"]);
  });

  test("joins a character that a chunk has cut", async () => {
    expect(texts(await read(`${STX}ünïcode ✓ 😀\n${ETX}`, [1]))).toEqual(["ünïcode ✓ 😀"]);
  });

  test("gives the same lines wherever the log is cut, and however it grows", async () => {
    const text = fc.string({ unit: "grapheme", maxLength: 40 }).map((one) => one.replaceAll(/\p{Cc}/gu, ""));
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 20 }),
        fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 4 }),
        async (lines, sizes, grows) => {
          const log = `${STX}${lines.map((line) => `${line}\n`).join("")}${ETX}`;
          const length = Buffer.byteLength(log);
          const steps = grows.map((upTo) => Math.min(upTo, length)).sort((one, other) => one - other);
          const result = await read(log, sizes, steps);
          expect([result.lines.map(({ raw }) => raw), result.isOver]).toEqual([lines, true]);
        },
      ),
    );
  });
});

describe("lineOf", () => {
  test.each([
    ['{"@level":"info","@message":"Plan: 1 to add","type":"change_summary"}', "Plan: 1 to add"],
    ['{"other":"program"}', '{"other":"program"}'],
    ['{"@message":"cut sh', '{"@message":"cut sh'],
    ["Terraform v1.11.4", "Terraform v1.11.4"],
    ["", ""],
  ])("%s says %s", (raw, text) => {
    expect(lineOf(raw)).toEqual({ text, raw });
  });
});
