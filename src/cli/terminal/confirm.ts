import { createInterface } from "node:readline/promises";
import ask from "@inquirer/confirm";
import { type Context } from "../context.js";
import { escapeControls } from "./escape.js";
import { untilInterrupted } from "./interrupt.js";

/** Asks on the terminal, on standard error; "no" unless the person says yes. Rejects when the command is stopped. */
export function confirm(question: string, context: Context): Promise<boolean> {
  const { openStdin, signal, notes } = context;
  const asked = escapeControls(question);
  if (context.settings.plain) return confirmPlainly(asked, context);
  return untilInterrupted(
    ask({ message: asked, default: false }, { input: openStdin(), output: notes.stream, signal }),
    signal,
  );
}

async function confirmPlainly(question: string, { openStdin, signal, notes }: Context): Promise<boolean> {
  const lines = createInterface({ input: openStdin(), output: notes.stream, terminal: false });
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} (y/N) `, { signal })).trim());
  } finally {
    lines.close();
  }
}
