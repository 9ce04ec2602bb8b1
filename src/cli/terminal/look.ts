import { Chalk } from "chalk";
import { type Look } from "../../report/text.js";
import { type Context } from "../context.js";

/** How reports look on standard output: plain text in a pipe, with --plain and on a dumb terminal. */
export function lookFor({ out, settings }: Context): Look {
  const chalk = new Chalk({ level: out.isTerminal && settings.color ? 1 : 0 });
  return {
    width: out.isTerminal ? out.columns : Infinity,
    clean: (text) => out.clean(text),
    symbols: !settings.plain,
    paint: (color, text) => chalk[color](text),
  };
}
