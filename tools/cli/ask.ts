import { createInterface } from "node:readline";

interface Streams {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/** Asks a question and waits for a line; undefined if there is none, because of Ctrl-C, a signal or the end of the input. */
export function ask(question: string, { input, output }: Streams): Promise<string | undefined> {
  const reader = createInterface({ input, output });
  return new Promise((resolve) => {
    const end = (answer: string | undefined) => {
      resolve(answer); // first of all, since closing the reader calls this again
      process.off("SIGTERM", giveUp);
      reader.close();
    };
    const giveUp = () => end(undefined);
    process.on("SIGTERM", giveUp);
    reader.once("SIGINT", giveUp);
    reader.once("close", giveUp);
    reader.question(question, end);
  });
}
