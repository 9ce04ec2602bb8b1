import { type RedisClient } from "../client.js";
import { type ReliableKeys } from "./keys.js";
import { recover } from "./scripts/recover.js";
import { type ReliableSettings } from "./settings.js";

/** The most messages that one call moves, so that Redis is not kept busy by it. */
const MOST_AT_ONCE = 1000;

/** Milliseconds after its lease for which a consumer that holds nothing stays known, at the least. */
const REMEMBERED = 600_000;

export interface Recovered {
  /** Messages that went back to the queue. */
  recovered: number;
  /** Messages that became dead letters. */
  dead: number;
}

interface RecoveredOnce extends Recovered {
  more: boolean;
  /** Milliseconds until the next delayed message is due; null where none is. */
  nextDue: number | null;
}

type Reply = [[Buffer, number][], [Buffer, Buffer, number, Buffer][], number, number];

/** One call of the script; tells the events. */
export async function recoverOnce(
  client: RedisClient,
  keys: ReliableKeys,
  { attempts, lease, onEvent }: ReliableSettings,
): Promise<RecoveredOnce> {
  const [recovered, dead, more, wait] = (await recover.run(
    client,
    [keys.queue, keys.consumers, keys.attempts, keys.delayed, keys.dead, keys.reports],
    [keys.heldPrefix, attempts, MOST_AT_ONCE, Math.max(10 * lease, REMEMBERED)],
  )) as Reply;
  for (const [consumer, count] of recovered) {
    onEvent({ type: "recovered", consumer: String(consumer), count });
  }
  for (const [id, bytes, failures, consumer] of dead) {
    const reason = "its consumer died";
    onEvent({ type: "dead", id: String(id), bytes, reason, failures, consumer: String(consumer) });
  }
  return {
    recovered: recovered.reduce((sum, [, count]) => sum + count, 0),
    dead: dead.length,
    more: more === 1,
    nextDue: wait < 0 ? null : wait,
  };
}

/** Until nothing is left to recover. */
export async function recoverAll(
  client: RedisClient,
  keys: ReliableKeys,
  settings: ReliableSettings,
): Promise<Recovered> {
  const sum = { recovered: 0, dead: 0 };
  for (let more = true; more;) {
    const once = await recoverOnce(client, keys, settings);
    sum.recovered += once.recovered;
    sum.dead += once.dead;
    more = once.more;
  }
  return sum;
}
