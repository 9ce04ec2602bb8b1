import { once } from "node:events";

const own = { interrupted: false };

/** The Ctrl-C was a key: the terminal has shown no ^C for it. */
export function wasKey(): boolean {
  return own.interrupted;
}

/** While keys are read one by one, Ctrl-C is one of them; it is made the signal that it is otherwise. Always throws. */
export async function interrupt(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) {
    // Waiting for a signal does not keep Node from ending.
    const patience = setTimeout(() => undefined, 10_000);
    own.interrupted = true;
    process.kill(process.pid, "SIGINT");
    await once(signal, "abort");
    clearTimeout(patience);
  }
  throw signal.reason;
}

/** A question of inquirer's; Ctrl-C, which ends it, stops the command. */
export async function untilInterrupted<T>(asking: Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return await asking;
  } catch (error) {
    const { name } = error as Error;
    if (name !== "ExitPromptError" && name !== "AbortPromptError") throw error;
    return interrupt(signal);
  }
}
