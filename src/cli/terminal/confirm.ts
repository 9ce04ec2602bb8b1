import { createInterface } from "node:readline/promises";
import ask from "@inquirer/confirm";
import { type Context } from "../context.js";
import { escapeControls } from "./escape.js";
import { interrupt } from "./interrupt.js";

/** Asks on the terminal, on standard error; "no" unless the person says yes. Rejects when the command is stopped. */
export function confirm(question: string, context: Context): Promise<boolean> {
  const asked = escapeControls(question);
  return context.settings.plain ? confirmPlainly(asked, context) : confirmWithPrompt(asked, context);
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
    return interrupt(signal);
  }
}
