import { type Command } from "commander";
import { type CommandModule } from "../command.js";
import { rootOf } from "../command-tree.js";
import { findCandidates } from "../completion/find-candidates.js";
import { machineSources } from "../completion/sources.js";

/** What the scripts of `tq completion` ask: a line for each word, with a tab before what it is. Never an error. */
export const complete: CommandModule = {
  define: (command) => command.argument("[word...]", "all words up to the one that is being typed"),

  run: async (context, _options: object, words: string[], command: Command) => {
    const found = await findCandidates(rootOf(command), words, machineSources(context)).catch(() => []);
    // A word that is no line cannot be completed by its line.
    const lines = found
      .filter(({ word }) => !/[\t\n\r]/.test(word))
      .map(({ word, says }) => `${word}\t${says}\n`);
    await context.out.write(lines.join(""));
    return 0;
  },
};
