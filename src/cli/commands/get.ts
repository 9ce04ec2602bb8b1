import { type CommandModule } from "../command.js";
import { deliver } from "../deliver.js";
import { withQueue } from "../open-queue.js";
import { seconds } from "../options.js";

interface GetOptions {
  block?: true;
  timeout?: number;
}

export const get: CommandModule = {
  define: (command) =>
    command
      .option("--block", "wait until one comes")
      .option("--timeout <seconds>", "wait for so long at the most; 0 waits for ever", seconds),

  run: (context, { block, timeout }: GetOptions) =>
    withQueue(context, async (queue, target) => {
      const wait = block === true || timeout !== undefined;
      const message = await queue.getMessage({ block: wait, timeout, signal: context.signal });
      if (message) {
        await deliver(context, message);
        return 0;
      }
      if (context.signal.aborted) return 0;
      const { db } = target.connection;
      context.notes.say(
        wait
          ? `no message came in ${timeout ?? 0} s on queue "${queue.name}" (${target.url}, database ${db})`
          : `queue "${queue.name}" is empty (${target.url}, database ${db})`,
      );
      return 1;
    }),
};
