import { listQueues, type QueueSummary } from "../../queue/list-queues.js";
import { type CommandModule } from "../command.js";
import { explainQueueError } from "../explain-queue-error.js";
import { connector, findTarget } from "../open-queue.js";

export const queues: CommandModule = {
  define: (command) => command,

  run: async (context) => {
    const { out, notes, settings } = context;
    const target = findTarget(context);
    let found = 0;
    try {
      for await (const queue of listQueues(connector(context, target))) {
        found += 1;
        if (settings.json) await out.line(JSON.stringify(queue));
        else await out.styled(describe({ ...queue, name: out.clean(queue.name) }));
      }
    } catch (error) {
      throw explainQueueError(error, target);
    }
    if (found === 0) notes.say(`no queues in database ${target.connection.db} of ${target.url}`);
    return 0;
  },
};

/** Length, a tab, the name: names may hold spaces, numbers do not. */
function describe({ name, length, type }: QueueSummary): string {
  return length === null ? `-\t${name}\t(a ${type}, not a queue)` : `${length}\t${name}`;
}
