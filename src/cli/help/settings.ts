import { type Command, type HelpConfiguration } from "commander";
import { wrap } from "../../report/wrap.js";
import { formatRows } from "./rows.js";

/** Columns of a pipe, as commander takes them to be. */
export const PIPE = 80;

/** How the help of a command is laid out: no word is broken, however narrow the terminal. */
export function helpSettings(width: number): HelpConfiguration {
  return {
    helpWidth: width,
    minWidthToWrap: 1,
    formatItem: (term, termWidth, description) =>
      formatRows([[term, description]], termWidth, width).join("\n"),
    commandUsage: (command) => {
      const usage = `${pathOf(command)} ${command.usage()}`;
      return wrap(usage, width - "Usage: ".length).join("\n         ");
    },
  };
}

/** Such as `tq redis up`. */
export function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
}
