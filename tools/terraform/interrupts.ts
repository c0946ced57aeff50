import type { Children } from "./children";

interface InterruptOptions {
  readonly children: Children;
  /** Tells the user what happens. */
  readonly say: (line: string) => void;
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** npm passes on the Ctrl-C which the terminal has sent to this process already; within this time the two are one. */
const ECHO_MILLISECONDS = 500;

/**
 * From now on the first Ctrl-C lets every child end in good order and the second one ends them at once. Returns a function that
 * restores what was before. Children never outlive this process.
 */
export function handleInterrupts({ children, say }: InterruptOptions): () => void {
  let first: number | undefined;
  const onSignal = () => {
    const now = Date.now();
    if (first === undefined) {
      first = now;
      say("Interrupted: waiting for what runs to end in good order. Press Ctrl-C again to end it at once.");
      children.interrupt();
    } else if (now - first > ECHO_MILLISECONDS) {
      say("Ended at once: a resource that was being made may exist without being in a state.");
      children.kill();
    }
  };
  const onExit = () => children.kill();
  for (const signal of SIGNALS) process.on(signal, onSignal);
  process.on("exit", onExit);
  return () => {
    for (const signal of SIGNALS) process.off(signal, onSignal);
    process.off("exit", onExit);
  };
}
