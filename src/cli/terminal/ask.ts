import { createInterface } from "node:readline/promises";
import input from "@inquirer/input";
import { type Context } from "../context.js";
import { untilInterrupted } from "./interrupt.js";

/** Asks for a line on the terminal; "" where nothing was answered. Rejects when the command is stopped. */
export async function ask(question: string, context: Context): Promise<string> {
  const { openStdin, out, settings, signal } = context;
  if (settings.plain) {
    await out.tell(question);
    const lines = createInterface({ input: openStdin(), output: out.terminal, terminal: false });
    try {
      return await lines.question("> ", { signal });
    } finally {
      lines.close();
    }
  }
  const answer = await untilInterrupted(
    input(
      { message: question },
      { input: openStdin(), output: out.terminal, signal, clearPromptOnDone: true },
    ),
    signal,
  );
  // Whether it is right is not known yet: inquirer would set a tick before it.
  await out.tell(`? ${question} ${answer}`);
  return answer;
}
