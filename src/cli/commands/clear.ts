import { TqError } from "../../errors.js";
import { type CommandModule } from "../command.js";
import { countMessages } from "../count-messages.js";
import { withQueue } from "../open-queue.js";

export const clear: CommandModule = {
  define: (command) => command.option("--yes", "do not ask"),

  run: (context, { yes }: { yes?: true }) =>
    withQueue(context, async (queue, target) => {
      const { out, settings, openStdin, notes } = context;
      const where = `queue "${queue.name}" (${target.url}, database ${target.connection.db})`;
      const length = await queue.length();
      if (length > 0 && !yes) {
        if (!openStdin().isTTY || !notes.interactive) {
          throw new TqError(`clear would remove ${countMessages(length)} of ${where}`, {
            code: "clear-not-confirmed",
            exitCode: 2,
            hint: "Without a terminal to ask on, say so:  tq clear --yes",
          });
        }
        const { confirm } = await import("../terminal/confirm.js");
        if (!(await confirm(`Remove ${countMessages(length)} of ${where}?`, context))) {
          notes.say("Nothing was removed.");
          return 0;
        }
      }
      await queue.clear();
      await out.line(
        settings.json
          ? JSON.stringify({ queue: queue.name, removed: length })
          : `${countMessages(length)} removed`,
      );
      return 0;
    }),
};
