import { type QueueTrace } from "../../lab/trace/queue-trace.js";
import { type RunRedis } from "../../lab/private-redis/run-redis.js";
import { waitUntil } from "../../lab/wait-until.js";
import { addressesOf, deliveriesOf, isDone, type WatchedWorker } from "./watched-worker.js";

/** Resolves when all of these messages are done, or no worker comes on with one: with what became of the queues. */
export async function untilWorkedOff(
  messages: readonly string[],
  workers: readonly WatchedWorker[],
  { redis, patience, signal }: { redis: RunRedis; patience: number; signal: AbortSignal },
): Promise<readonly QueueTrace[]> {
  let queues: readonly QueueTrace[] = [];
  const looks = workers.map((one) => ({ one, look: one.watchStuck(Date.now()) }));
  const nobodyWorks = (): boolean =>
    looks.every(({ one: { program }, look }) => {
      if (program.ended !== null) return true;
      const stuck = look();
      // It was seen to wait for a message; on a busy machine it may have got one since.
      return stuck !== null && !(stuck.idle && holdsOne(queues, messages, addressesOf(program.notes)));
    });
  await waitUntil(
    async () => {
      queues = await redis.queues();
      return messages.every((message) => isDone(queues, message)) || nobodyWorks();
    },
    patience,
    signal,
  );
  return queues;
}

/** Whether a worker of these addresses has taken one of the messages, and is not done with it. */
function holdsOne(
  queues: readonly QueueTrace[],
  messages: readonly string[],
  own: ReadonlySet<string>,
): boolean {
  return messages.some((message) =>
    deliveriesOf(queues, message).some(({ taker, doneAt }) => own.has(taker) && doneAt === null),
  );
}
