import { InvalidArgumentError } from "commander";
import { TqError } from "../../../errors.js";
import { type Context } from "../../context.js";
import { repeatCommand } from "../../repeat-command.js";

/** An id as `tq dead list` prints it. */
export function letterId(text: string): string {
  if (/^\d{1,18}-\d{1,18}$/.test(text)) return text;
  throw new InvalidArgumentError("It is an id as tq dead list prints it, such as 1795549122563-0.");
}

export function letterIds(text: string, before: string[] = []): string[] {
  return [...before, letterId(text)];
}

/** Either ids or --all, and not both. */
export function checkChoice(ids: readonly string[], all: true | undefined): void {
  if (ids.length > 0 !== (all === true)) return;
  throw new TqError(ids.length > 0 ? "either ids or --all, not both" : "which dead letters?", {
    code: "which-letters",
    exitCode: 2,
    hint: "Name their ids, as tq dead list prints them, or say --all.",
  });
}

/** Says how many there were; exit 1 where an id names none. */
export async function reportLetters(
  context: Context,
  what: string,
  count: number,
  ids: readonly string[],
): Promise<number> {
  const { out, settings, notes } = context;
  await out.line(
    settings.json
      ? JSON.stringify({ queue: settings.queue, [what]: count })
      : `${count} dead letter${count === 1 ? "" : "s"} ${what}`,
  );
  const missing = new Set(ids).size - count;
  if (missing <= 0) return 0;
  const list = repeatCommand(context, "tq dead list");
  notes.say(`${missing} of these ids name no dead letter of queue "${settings.queue}":  ${list}`);
  return 1;
}
