import { type CommandModule } from "../command.js";
import { countMessages } from "../count-messages.js";
import { repeatCommand } from "../repeat-command.js";
import { withQueue } from "../open-queue.js";
import { wholeNumber } from "../options.js";

export const recover: CommandModule = {
  define: (command) =>
    command.option("--attempts <n>", "so many failures make a dead letter (default: 3)", wholeNumber(1)),

  run: (context, { attempts }: { attempts?: number }) =>
    withQueue(
      context,
      async (queue) => {
        const { recovered, dead } = await queue.recover();
        const { out, settings } = context;
        const letters =
          dead === 0
            ? ""
            : `; ${countMessages(dead)} became dead letters:  ${repeatCommand(context, "tq dead list")}`;
        await out.line(
          settings.json
            ? JSON.stringify({ queue: queue.name, recovered, dead })
            : `${countMessages(recovered)} recovered${letters}`,
        );
        return 0;
      },
      { attempts },
    ),
};
