import { type HotQueue } from "../queue/hot-queue.js";
import { type ReliableOptions } from "../queue/reliable/settings.js";
import { type Context } from "./context.js";
import { withQueue } from "./open-queue.js";

export interface WaitOptions {
  /** Seconds; see `HotQueue.messages`. */
  timeout?: number | undefined;
  reliable?: ReliableOptions | undefined;
}

/** How many messages were taken, unless nobody reads what is made of them. */
export type Taken = number | "nobody-reads";

/** Says on which queue it waits, lets `take` have messages until its end, and returns the exit code. */
export function waitForMessages(
  context: Context,
  { timeout = 0, reliable }: WaitOptions,
  take: (queue: HotQueue) => Promise<Taken>,
): Promise<number> {
  const { notes, signal } = context;
  return withQueue(
    context,
    async (queue, target) => {
      const place = `queue "${queue.name}" (${target.url}, database ${target.connection.db})`;
      if (notes.interactive) notes.say(`waiting on ${place}; Ctrl-C ends`);
      if ((await take(queue)) !== 0 || signal.aborted) return 0;
      notes.say(`no message came in ${timeout} s on ${place}`);
      return 1;
    },
    reliable,
  );
}
