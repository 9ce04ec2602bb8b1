import { type CommanderError } from "commander";
import { TqError } from "../errors.js";
import { shellCommand } from "../text/shell-word.js";
import { type CommandPath } from "./arrange-arguments.js";

/** Commander's complaint in tq's form; `tq redis` without a subcommand is one too. */
export function explainUsage(error: CommanderError, argv: readonly string[], path: CommandPath): TqError {
  const { names, children } = path;
  const options = { code: "usage", exitCode: 2 } as const;
  const see = `See: ${["tq", ...names, "--help"].join(" ")}`;
  if (error.code === "commander.help") {
    const known = children.filter(({ hidden }) => !hidden).map(({ name }) => name);
    const message = `${names.length === 0 ? "tq" : names.join(" ")} needs one of: ${known.join(", ")}`;
    return new TqError(message, { ...options, hint: see });
  }
  const message = withoutUrls(error.message.replace(/^error: /, ""));
  const unknown = /^unknown option '([^']*)'/.exec(message)?.[1];
  if (error.code === "commander.unknownOption" && unknown !== undefined && names[0] === "push") {
    const at = argv.findIndex((word) => word === unknown || word.startsWith(`${unknown}=`));
    const meant = argv.some((word) => /:\/\/|@/.test(word))
      ? "tq push -- <message>"
      : shellCommand("tq", ...argv.slice(0, at), "--", ...argv.slice(at));
    return new TqError(message, {
      ...options,
      hint: `A message that begins with - stands behind --:  ${meant}\n${see}`,
    });
  }
  return new TqError(message, { ...options, hint: see });
}

/** Commander repeats what it does not understand: a url with a password, behind a mistyped option, is not. */
function withoutUrls(message: string): string {
  return message
    .replace(/^(unknown option '[^=']*)=.*'/s, "$1'")
    .replace(/(argument|command) '.*(:\/\/|@).*'/s, "$1 '…'");
}
