import { TqError } from "../errors.js";
import { type Context } from "./context.js";
import { repeatCommand } from "./repeat-command.js";

interface Removal {
  /** What would be removed, and from where. */
  what: string;
  /** The command, which does it without asking when `--yes` is added. */
  command: string;
}

/** Whether a person says yes; exit 2 where there is nobody to ask. */
export async function confirmRemoval(context: Context, { what, command }: Removal): Promise<boolean> {
  const { openStdin, notes } = context;
  if (!openStdin().isTTY || !notes.interactive) {
    throw new TqError(`${command.replace(/^tq /, "")} would remove ${what}`, {
      code: "clear-not-confirmed",
      exitCode: 2,
      hint: `Without a terminal to ask on, say so:  ${repeatCommand(context, `${command} --yes`)}`,
    });
  }
  const { confirm } = await import("./terminal/confirm.js");
  if (await confirm(`Remove ${what}?`, context)) return true;
  notes.say("Nothing was removed.");
  return false;
}
