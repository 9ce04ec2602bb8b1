import { type CommandModule } from "../../command.js";
import { confirmRemoval } from "../../confirm-removal.js";
import { countMessages } from "../../count-messages.js";
import { withQueue } from "../../open-queue.js";
import { checkChoice, letterIds, reportLetters } from "./letter-ids.js";

export const drop: CommandModule = {
  define: (command) =>
    command
      .argument("[id...]", "which", letterIds, [])
      .option("--all", "all that there are; asks first")
      .option("--yes", "do not ask"),

  run: async (context, { all, yes }: { all?: true; yes?: true }, ids: string[]) => {
    checkChoice(ids, all);
    return withQueue(context, async (queue, target) => {
      const letters = queue.deadLetters();
      const waiting = all ? await letters.count() : 0;
      if (all && waiting === 0) return reportLetters(context, "dropped", 0, ids);
      if (all && !yes) {
        const where = `queue "${queue.name}" (${target.url}, database ${target.connection.db})`;
        const what = `${countMessages(waiting)} that failed for good, of ${where}`;
        if (!(await confirmRemoval(context, { what, command: "tq dead drop --all" }))) return 0;
      }
      const count = all ? await letters.dropAll() : await letters.drop(...ids);
      return reportLetters(context, "dropped", count, ids);
    });
  },
};
