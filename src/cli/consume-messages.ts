import { setTimeout as delay } from "node:timers/promises";
import { type Context } from "./context.js";
import { deliver } from "./deliver.js";
import { type ReliableOptions } from "../queue/reliable/settings.js";
import { withQueue } from "./open-queue.js";

export interface ConsumeMessagesOptions {
  /** Seconds; see `HotQueue.messages`. */
  timeout?: number | undefined;
  /** End after so many messages. */
  max?: number | undefined;
  /** Seconds of work on each message, after it is printed. */
  work?: number | undefined;
  /** Stands before each line. */
  prefix?: string | undefined;
  reliable?: ReliableOptions | undefined;
}

/** Prints messages until the timeout, the maximum, a stop or a closed pipe; returns the exit code. */
export function consumeMessages(context: Context, options: ConsumeMessagesOptions): Promise<number> {
  const { timeout, max = Infinity, work = 0, prefix, reliable } = options;
  const { notes, signal } = context;
  return withQueue(
    context,
    async (queue, target) => {
      const place = `queue "${queue.name}" (${target.url}, database ${target.connection.db})`;
      if (notes.interactive) notes.say(`waiting on ${place}; Ctrl-C ends`);
      let count = 0;
      for await (const message of queue.messages({ timeout, signal })) {
        if ((await deliver(context, message, prefix)) === "nobody-reads") return 0;
        count += 1;
        if (work > 0 && count < max) await delay(work * 1000, undefined, { signal }).catch(() => undefined);
        if (count < max) continue;
        await message.acknowledge();
        return 0;
      }
      if (count > 0 || signal.aborted) return 0;
      notes.say(`no message came in ${timeout ?? 0} s on ${place}`);
      return 1;
    },
    reliable,
  );
}
