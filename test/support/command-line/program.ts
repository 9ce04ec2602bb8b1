import { Command } from "commander";
import { answerHelp } from "../../../src/cli/help/answer.js";
import { addCommands, defineAll } from "../../../src/cli/command-tree.js";
import { commands } from "../../../src/cli/commands/index.js";
import { addGlobalOptions } from "../../../src/cli/options.js";

/** The command tree as tq itself makes it; nothing of it runs. */
export async function wholeProgram(): Promise<Command> {
  const program = addGlobalOptions(new Command("tq")).version("0.0.0");
  program.helpCommand(false).exitOverride();
  addCommands(program, commands, () => Promise.resolve());
  await defineAll(program);
  return program;
}

/** What `tq …`, asking for help, prints on a terminal of so many columns. */
export async function helpOf(argv: readonly string[], columns: number): Promise<string> {
  const program = addGlobalOptions(new Command("tq")).version("0.0.0");
  let printed = "";
  program.helpCommand(false).exitOverride();
  program.configureOutput({ writeOut: (text) => (printed += text), writeErr: () => undefined });
  const answer = answerHelp(program, argv, commands, { columns, canChoose: false });
  addCommands(program, commands, () => Promise.resolve());
  if (typeof answer === "string") return `${answer}\n`;
  await program.parseAsync(answer ?? argv, { from: "user" }).catch(() => undefined);
  return printed;
}
