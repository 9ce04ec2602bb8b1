import { type CommandModule } from "../command.js";
import { withQueue } from "../open-queue.js";

export const len: CommandModule = {
  define: (command) => command,

  run: (context) =>
    withQueue(context, async (queue) => {
      const length = await queue.length();
      await context.out.line(
        context.settings.json ? JSON.stringify({ queue: queue.name, length }) : String(length),
      );
      return 0;
    }),
};
