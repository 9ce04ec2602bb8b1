import { type Command } from "commander";
import { TqError } from "../../errors.js";
import { type CommandEntry } from "../command.js";
import { findPath } from "../arrange-arguments.js";
import { formatOptions, formatOverview } from "./overview.js";
import { helpSettings, PIPE } from "./settings.js";
import { noteOf } from "../command-tree.js";
import { wrapLines } from "../../report/wrap.js";

/**
 * Prepares the program for a command line that asks for help. Returns the text, where it is not the help of one
 * command; else the words that commander is to read; null where it asks for none.
 */
export function answerHelp(
  program: Command,
  argv: readonly string[],
  commands: readonly CommandEntry[],
  { columns = PIPE, canChoose }: { columns: number | undefined; canChoose: boolean },
): string | string[] | null {
  const width = Math.max(columns, 20);
  program.configureHelp(helpSettings(width));
  program.addHelpText("afterAll", ({ command }) => {
    const note = noteOf(command);
    const lines = [...(note === undefined ? [] : [note, ""]), "Options of every command:  tq help options"];
    return `\n${wrapLines(lines.join("\n"), width)}`;
  });
  if (argv.length === 0) return canChoose ? ["menu"] : formatOverview(width);
  const { names, end, next } = findPath(argv, commands);
  if (names.length === 0 && next === undefined) return formatOverview(width);
  if (names[0] !== "help") return null;
  const wanted = argv.slice(end).filter((word) => !word.startsWith("-"));
  if (wanted.length === 0) return formatOverview(width);
  if (wanted[0] === "options") return formatOptions(program, width);
  const path = findPath(wanted, commands);
  if (path.end === wanted.length) return [...wanted, "--help"];
  const known = path.children.filter(({ hidden }) => !hidden).map(({ name }) => name);
  throw new TqError(`there is no command ${["tq", ...wanted.map(withoutUrl)].join(" ")}`, {
    code: "usage",
    exitCode: 2,
    hint: known.length > 0 ? `There are: ${known.join(", ")}` : `See: tq help ${path.names.join(" ")}`,
  });
}

/** A url may hold a password, and is no command. */
function withoutUrl(word: string): string {
  return /:\/\/|@/.test(word) ? "…" : word;
}
