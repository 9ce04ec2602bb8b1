import { createInterface } from "node:readline/promises";
import input from "@inquirer/input";
import { type Context } from "../context.js";
import { interrupt } from "./interrupt.js";

/** Asks for a line on the terminal; "" where nothing was answered. Rejects when the command is stopped. */
export async function ask(question: string, context: Context): Promise<string> {
  const { openStdin, out, settings, signal } = context;
  if (settings.plain) {
    const lines = createInterface({ input: openStdin(), output: out.terminal, terminal: false });
    try {
      return await lines.question(`${question} (Enter leaves it out) `, { signal });
    } finally {
      lines.close();
    }
  }
  try {
    return await input({ message: question }, { input: openStdin(), output: out.terminal, signal });
  } catch (error) {
    const { name } = error as Error;
    if (name !== "ExitPromptError" && name !== "AbortPromptError") throw error;
    return interrupt(signal);
  }
}
