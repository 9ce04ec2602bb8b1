import { type CommandModule } from "../../command.js";
import { withQueue } from "../../open-queue.js";
import { checkChoice, letterIds, reportLetters } from "./letter-ids.js";

export const retry: CommandModule = {
  define: (command) =>
    command.argument("[id...]", "which", letterIds, []).option("--all", "all that there are"),

  run: async (context, { all }: { all?: true }, ids: string[]) => {
    checkChoice(ids, all);
    return withQueue(context, async (queue) => {
      const letters = queue.deadLetters();
      const count = all ? await letters.retryAll() : await letters.retry(...ids);
      return reportLetters(context, "retried", count, ids);
    });
  },
};
