import { Argument } from "commander";
import { type CommandModule } from "../command.js";
import { SCRIPTS, type Shell, SHELLS } from "../completion/scripts.js";

export const completion: CommandModule = {
  define: (command) => command.addArgument(new Argument("<shell>", "which").choices(SHELLS)),

  note: [
    "It prints what the shell is to read. For good, add the line to its file:",
    "  bash        echo 'source <(tq completion bash)' >> ~/.bashrc",
    "  zsh         echo 'source <(tq completion zsh)' >> ~/.zshrc",
    "  fish        tq completion fish > ~/.config/fish/completions/tq.fish",
    "  powershell  tq completion powershell >> $PROFILE",
  ].join("\n"),

  run: async ({ out }, _options: object, shell: Shell) => {
    await out.write(SCRIPTS[shell]);
    return 0;
  },
};
