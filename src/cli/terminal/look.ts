import { styleText } from "node:util";
import { type Look } from "../../report/text.js";
import { type Context } from "../context.js";

/** How reports look on standard output: plain text in a pipe, with --plain and on a dumb terminal. */
export function lookFor({ out, settings }: Context): Look {
  const colored = out.isTerminal && settings.color;
  return {
    width: out.isTerminal ? out.columns : Infinity,
    clean: (text) => out.clean(text),
    symbols: !settings.plain,
    paint: (color, text) => (colored ? styleText(color, text, { validateStream: false }) : text),
  };
}
