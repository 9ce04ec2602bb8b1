import { type CommandModule } from "../command.js";
import { confirmRemoval } from "../confirm-removal.js";
import { countMessages } from "../count-messages.js";
import { withQueue } from "../open-queue.js";

export const clear: CommandModule = {
  define: (command) => command.option("--yes", "do not ask"),

  run: (context, { yes }: { yes?: true }) =>
    withQueue(context, async (queue, target) => {
      const { out, settings } = context;
      const where = `queue "${queue.name}" (${target.url}, database ${target.connection.db})`;
      const length = await queue.length();
      const removal = { what: `${countMessages(length)} of ${where}`, command: "tq clear" };
      if (length > 0 && !yes && !(await confirmRemoval(context, removal))) return 0;
      await queue.clear();
      await out.line(
        settings.json
          ? JSON.stringify({ queue: queue.name, removed: length })
          : `${countMessages(length)} removed`,
      );
      return 0;
    }),
};
