import { createInterface } from "node:readline/promises";
import select from "@inquirer/select";
import { type Context } from "../context.js";
import { escapeControls } from "./escape.js";
import { untilInterrupted } from "./interrupt.js";

interface Choice<T> {
  value: T;
  /** A line of the list. */
  name: string;
  /** Shown below the list while it is the one that Enter takes. */
  description?: string;
}

export interface Choosing<T> {
  question: string;
  choices: readonly Choice<T>[];
  /** The one that Enter takes if no other is sought out. */
  first?: T;
}

/** Somebody can choose from a list: both ends are a terminal. */
export function canChoose({ openStdin, out, settings }: Context): boolean {
  return out.isTerminal && !settings.json && !settings.quiet && openStdin().isTTY === true;
}

/** One of a list on the terminal; in plain text by its number. Rejects when the command is stopped. */
export async function choose<T>({ question, choices, first }: Choosing<T>, context: Context): Promise<T> {
  const { openStdin, out, settings, signal } = context;
  const shown = choices.map(({ value, name, description }) => ({
    value,
    name: escapeControls(name),
    ...(description !== undefined && { description: escapeControls(description) }),
  }));
  if (settings.plain)
    return choosePlainly({ question, choices: shown, ...(first !== undefined && { first }) }, context);
  // A list that is longer than the screen would scroll it.
  const pageSize = Math.max((out.terminal.rows ?? 24) - 5, 3);
  return untilInterrupted(
    select(
      {
        message: question,
        choices: shown,
        pageSize,
        loop: false,
        ...(first !== undefined && { default: first }),
      },
      { input: openStdin(), output: out.terminal, signal, clearPromptOnDone: true },
    ),
    signal,
  );
}

async function choosePlainly<T>({ question, choices, first }: Choosing<T>, context: Context): Promise<T> {
  const { openStdin, out, signal } = context;
  const usual = choices.findIndex(({ value }) => value === first) + 1;
  for (const [n, { name, description }] of choices.entries()) {
    await out.tell(`${String(n + 1).padStart(2)}) ${name}`);
    if (description !== undefined) await out.tell(`    ${description}`);
  }
  const lines = createInterface({ input: openStdin(), output: out.terminal, terminal: false });
  try {
    for (;;) {
      const hint = usual > 0 ? `1 to ${choices.length}, Enter for ${usual}` : `1 to ${choices.length}`;
      const answer = (await lines.question(`${question} (${hint}) `, { signal })).trim();
      const chosen = choices[Number(answer === "" ? usual : answer) - 1];
      if (chosen) return chosen.value;
      await out.tell("Type one of the numbers.");
    }
  } finally {
    lines.close();
  }
}
