import { PassThrough } from "node:stream";
import { ask } from "../../../tools/cli/ask";

function asked() {
  const [input, output] = [new PassThrough(), new PassThrough()];
  return { input, output, answer: ask("Sure? ", { input, output }) };
}

describe("ask", () => {
  test("asks, and gives the line that is typed", async () => {
    const { input, output, answer } = asked();
    input.write("yes\nmore\n");
    expect(await answer).toBe("yes");
    expect(String(output.read())).toContain("Sure? ");
  });

  test("gives an empty line as it is", async () => {
    const { input, answer } = asked();
    input.write("\n");
    expect(await answer).toBe("");
  });

  test("is undefined at the end of the input", async () => {
    const { input, answer } = asked();
    input.end();
    expect(await answer).toBeUndefined();
  });

  test("is undefined on a signal, and leaves no listener behind", async () => {
    const before = process.listenerCount("SIGTERM");
    const { answer } = asked();
    process.emit("SIGTERM");
    expect(await answer).toBeUndefined();
    expect(process.listenerCount("SIGTERM")).toBe(before);
  });
});
