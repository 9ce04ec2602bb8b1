import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import ask from "@inquirer/confirm";
import { type Context } from "../context.js";

/** Asks on the terminal, on standard error; "no" unless the person says yes. Rejects when the command is stopped. */
export function confirm(question: string, context: Context): Promise<boolean> {
  return context.settings.plain ? confirmPlainly(question, context) : confirmWithPrompt(question, context);
}

async function confirmPlainly(question: string, { openStdin, signal, notes }: Context): Promise<boolean> {
  const lines = createInterface({ input: openStdin(), output: notes.stream, terminal: false });
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} (y/N) `, { signal })).trim());
  } finally {
    lines.close();
  }
}

async function confirmWithPrompt(question: string, { openStdin, signal, notes }: Context): Promise<boolean> {
  try {
    return await ask(
      { message: question, default: false },
      { input: openStdin(), output: notes.stream, signal },
    );
  } catch (error) {
    const { name } = error as Error;
    if (name !== "ExitPromptError" && name !== "AbortPromptError") throw error;
    // While a prompt reads the keys, Ctrl-C is one of them; it is made the signal that it is otherwise.
    if (!signal.aborted) {
      process.kill(process.pid, "SIGINT");
      await once(signal, "abort");
    }
    throw signal.reason;
  }
}
