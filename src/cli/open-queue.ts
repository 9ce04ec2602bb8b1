import { HotQueue } from "../queue/hot-queue.js";
import { connectTo } from "../queue/connect.js";
import { type Connect } from "../queue/client.js";
import { type ReliableOptions } from "../queue/reliable/settings.js";
import { explainRedisError } from "../redis/explain-error.js";
import { readStarted } from "../redis/lifecycle/state.js";
import { chooseTarget, type Target } from "../redis/target.js";
import { type Context } from "./context.js";
import { explainQueueError } from "./explain-queue-error.js";

/** The Redis that the options, the environment and tq's own state point to. */
export function findTarget({ settings, env, home, notes }: Context): Target {
  const { redisUrl, db } = settings;
  const target = chooseTarget({ redisUrl, db, env, started: readStarted(home) });
  if (target.note) notes.say(`note: ${target.note}`);
  if (settings.debug) {
    notes.always(`Redis: ${target.url}, database ${target.connection.db} (${target.why})`);
  }
  return target;
}

/** Opens connections to it; a stop does not wait for one that hangs. */
function connector({ signal }: Context, target: Target): Connect {
  const connect = connectTo(target.connection);
  return () => {
    const connecting = connect();
    return signal.aborted ? connecting : unlessAborted(signal, connecting);
  };
}

/** Listens to the signal no longer than it takes: a consumer may try for days. */
function unlessAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      reject(signal.reason as Error);
    };
    signal.addEventListener("abort", stop, { once: true });
    promise.then(resolve, reject).finally(() => {
      signal.removeEventListener("abort", stop);
    });
  });
}

/** Runs `work` with what opens connections to that Redis, and explains what Redis denies. */
export async function withRedis<T>(
  context: Context,
  work: (connect: Connect, target: Target) => Promise<T>,
): Promise<T> {
  const target = findTarget(context);
  try {
    return await work(connector(context, target), target);
  } catch (error) {
    throw explainQueueError(error, target);
  }
}

/** What is said where a database has no queue. */
export function noQueues({ url, connection }: Target): string {
  return `no queues in database ${connection.db} of ${url}`;
}

/** Runs `work` with the queue that the options name, closes it, and explains what Redis or a message denies. */
export async function withQueue<T>(
  context: Context,
  work: (queue: HotQueue, target: Target) => Promise<T>,
  options: ReliableOptions = {},
): Promise<T> {
  const { settings, notes } = context;
  const target = findTarget(context);
  const open = () =>
    new HotQueue(settings.queue, {
      ...options,
      serializer: settings.serializer,
      connect: connector(context, target),
      onConnection: (state, reason) => {
        if (state === "back") notes.say(`Redis is back at ${target.url}; waiting on.`);
        else
          notes.say(
            `${explainRedisError(reason, target).message}. Trying again until it is back; Ctrl-C ends.`,
          );
      },
    });
  let queue: HotQueue | undefined;
  try {
    queue = open();
    return await work(queue, target);
  } catch (error) {
    throw explainQueueError(error, target);
  } finally {
    await queue?.close();
  }
}
