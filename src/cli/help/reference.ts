import { type Command } from "commander";
import { noteOf } from "../command-tree.js";
import { pathOf } from "./settings.js";

/** All that the help of a command says, for what is made from it. */
export interface CommandFacts {
  /** Such as `tq redis up`. */
  path: string;
  usage: string;
  description: string;
  arguments: Term[];
  options: Term[];
  note: string | undefined;
}

export interface Term {
  term: string;
  says: string;
}

/** Every command that somebody may call, in the order of the tree, groups before their members. */
export function describeCommands(program: Command): CommandFacts[] {
  const help = program.createHelp();
  return help
    .visibleCommands(program)
    .flatMap((command) => [describe(command), ...describeCommands(command)]);
}

/** The options of every command. */
export function describeOptions(program: Command): Term[] {
  const help = program.createHelp();
  return help
    .visibleOptions(program)
    .map((option) => ({ term: help.optionTerm(option), says: help.optionDescription(option) }));
}

function describe(command: Command): CommandFacts {
  const help = command.createHelp();
  const path = pathOf(command);
  return {
    path,
    usage: `${path} ${command.usage()}`,
    description: help.commandDescription(command),
    arguments: help
      .visibleArguments(command)
      .map((argument) => ({ term: help.argumentTerm(argument), says: help.argumentDescription(argument) })),
    options: help
      .visibleOptions(command)
      .filter(({ long }) => long !== "--help")
      .map((option) => ({ term: help.optionTerm(option), says: help.optionDescription(option) })),
    note: noteOf(command),
  };
}
