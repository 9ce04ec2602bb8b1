import { type CommandModule } from "../command.js";

/** Answered before a command is chosen (see cli/help/answer.ts); here it only has a place in the tree. */
export const help: CommandModule = {
  define: (command) => command.argument("[command...]", 'which; "options": what every command understands'),
  run: () => Promise.resolve(0),
};
