import { setTimeout as delay } from "node:timers/promises";
import { type Context } from "./context.js";
import { type HotQueue } from "../queue/hot-queue.js";
import { deliver, deliverBatch } from "./deliver.js";
import { type Taken, waitForMessages, type WaitOptions } from "./wait-for-messages.js";

export interface ConsumeMessagesOptions extends WaitOptions {
  /** End after so many messages. */
  max?: number | undefined;
  /** Take and print up to so many at once; see `HotQueue.getBatch`. */
  batch?: number | undefined;
  /** Seconds of work on each message, after it is printed. */
  work?: number | undefined;
  /** Stands before each line. */
  prefix?: string | undefined;
}

/** Prints messages until the timeout, the maximum, a stop or a closed pipe; returns the exit code. */
export function consumeMessages(context: Context, options: ConsumeMessagesOptions): Promise<number> {
  const take = (options.batch ?? 1) > 1 ? consumeInBatches : consumeOneByOne;
  return waitForMessages(context, options, (queue) => take(context, queue, options));
}

async function consumeOneByOne(
  context: Context,
  queue: HotQueue,
  { timeout, max = Infinity, work = 0, prefix }: ConsumeMessagesOptions,
): Promise<Taken> {
  const { signal } = context;
  let count = 0;
  for await (const message of queue.messages({ timeout, signal })) {
    if ((await deliver(context, message, prefix)) === "nobody-reads") return "nobody-reads";
    count += 1;
    if (work > 0 && count < max) await delay(work * 1000, undefined, { signal }).catch(() => undefined);
    // Work that was stopped is not done: with --reliable its message goes back.
    if (work > 0 && signal.aborted) break;
    if (count < max) continue;
    await message.acknowledge();
    break;
  }
  return count;
}

async function consumeInBatches(
  context: Context,
  queue: HotQueue,
  { timeout, max = Infinity, batch = 1 }: ConsumeMessagesOptions,
): Promise<Taken> {
  const { signal } = context;
  let count = 0;
  while (count < max) {
    const size = Math.min(batch, max - count);
    const messages = await queue.getBatch(size, { block: true, timeout, signal });
    if (messages.length === 0) break;
    if ((await deliverBatch(context, messages)) === "nobody-reads") return "nobody-reads";
    count += messages.length;
  }
  return count;
}
