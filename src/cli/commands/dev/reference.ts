import { type Command } from "commander";
import { type CommandModule } from "../../command.js";
import { defineAll, rootOf } from "../../command-tree.js";
import { commandsPage } from "../../help/markdown.js";
import { manualPage } from "../../help/manual.js";
import { version } from "../../version.js";

export const reference: CommandModule = {
  define: (command) => command.option("--man", "the page that man tq shows, in roff"),

  run: async ({ out }, { man }: { man?: true }, command: Command) => {
    const program = rootOf(command);
    await defineAll(program);
    await out.write(man ? manualPage(program, version) : commandsPage(program));
    return 0;
  },
};
