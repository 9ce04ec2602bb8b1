import { listQueues, type QueueSummary } from "../../queue/list-queues.js";
import { type CommandModule } from "../command.js";
import { noQueues, withRedis } from "../open-queue.js";

export const queues: CommandModule = {
  define: (command) => command,

  run: (context) =>
    withRedis(context, async (connect, target) => {
      const { out, notes, settings } = context;
      let found = 0;
      for await (const queue of listQueues(connect)) {
        found += 1;
        if (settings.json) await out.line(JSON.stringify(queue));
        else await out.styled(describe({ ...queue, name: out.clean(queue.name) }));
      }
      if (found === 0) notes.say(noQueues(target));
      return 0;
    }),
};

/** Length, a tab, the name: names may hold spaces, numbers do not. */
function describe({ name, length, type }: QueueSummary): string {
  return length === null ? `-\t${name}\t(a ${type}, not a queue)` : `${length}\t${name}`;
}
