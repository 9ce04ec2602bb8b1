import { type RedisClient, replyCode } from "./client.js";
import { WrongTypeError } from "./errors.js";
import { keyForName } from "./hot-queue.js";
import { reliableKeys } from "./reliable/keys.js";
import { status } from "./reliable/scripts/status.js";

/** A consumer in reliable mode. Others leave no trace in Redis, so they are not known. */
export interface ConsumerStatus {
  /** Host, process id and a random part. */
  name: string;
  /** Its lease has not run out. What a dead one holds goes back to the queue with the next recovery. */
  alive: boolean;
  /** Messages that it has in work. */
  holds: number;
  /** Since when the oldest of them has been in work, as far as it has said; null where nothing is. */
  since: Date | null;
  /** Messages a second between its last two heartbeats; 0 for a dead one. */
  rate: number;
}

/** One moment of a queue. */
export interface QueueStatus {
  name: string;
  /** Messages that wait. */
  waiting: number;
  /** Messages that consumers in reliable mode hold. */
  inWork: number;
  /** Messages that have failed and come again later. */
  delayed: number;
  /** Messages that have failed for good. */
  dead: number;
  /** Messages that consumers in reliable mode have done a second; null where there is none alive. */
  rate: number | null;
  consumers: ConsumerStatus[];
}

type Reply = [
  now: number,
  waiting: number,
  delayed: number,
  dead: number,
  consumers: [name: Buffer, end: Buffer, holds: number, report: Buffer][],
];

/** All of it at one moment. Throws `WrongTypeError` where the queue's key holds something else. */
export async function readQueueStatus(client: RedisClient, name: string): Promise<QueueStatus> {
  if (/[{}]/.test(name)) return readLength(client, name);
  const { queue, consumers, delayed, dead, reports, heldPrefix } = reliableKeys(name);
  try {
    const reply = await status.run(client, [queue, consumers, delayed, dead, reports], [heldPrefix]);
    return understand(name, reply as Reply);
  } catch (error) {
    throw await explain(client, name, error);
  }
}

/** Of a queue whose name rules reliable mode out. */
async function readLength(client: RedisClient, name: string): Promise<QueueStatus> {
  try {
    const waiting = Number(await client.callBuffer("LLEN", keyForName(name)));
    return { name, waiting, inWork: 0, delayed: 0, dead: 0, rate: null, consumers: [] };
  } catch (error) {
    throw await explain(client, name, error);
  }
}

async function explain(client: RedisClient, name: string, error: unknown): Promise<unknown> {
  const isWrongType =
    replyCode(error) === "WRONGTYPE" || (error instanceof Error && error.message.includes("WRONGTYPE"));
  if (!isWrongType) return error;
  const key = keyForName(name);
  return new WrongTypeError(key, String(await client.callBuffer("TYPE", key)));
}

function understand(name: string, [now, waiting, delayed, dead, known]: Reply): QueueStatus {
  const consumers = known
    .map(([consumer, end, holds, report]): ConsumerStatus => {
      const alive = Number(end) > now;
      const [at = 0, since = 0, , rate = 0] = String(report).split(" ").map(Number);
      return {
        name: String(consumer),
        alive,
        holds,
        // What it took after its last heartbeat it has not told of yet.
        since: holds === 0 ? null : new Date(since || at),
        rate: alive ? rate : 0,
      };
    })
    // Who is dead and holds nothing is only remembered.
    .filter(({ alive, holds }) => alive || holds > 0);
  const living = consumers.filter(({ alive }) => alive);
  return {
    name,
    waiting,
    delayed,
    dead,
    consumers,
    inWork: consumers.reduce((sum, { holds }) => sum + holds, 0),
    rate: living.length === 0 ? null : living.reduce((sum, { rate }) => sum + rate, 0),
  };
}
