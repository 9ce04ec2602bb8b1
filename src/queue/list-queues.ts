import { type Connect, disconnect, type RedisClient } from "./client.js";
import { scanKeys } from "./scan-keys.js";

export interface QueueSummary {
  name: string;
  /** Waiting messages; null where the key is not a list and so no queue. */
  length: number | null;
  /** Redis' word for what the key holds: list, string, hash, … */
  type: string;
}

const PREFIX = "hotqueue:";

/** A queue's own key, or one of those beside it; see `reliableKeys`. */
const ANY_KEY = /^(?:hotqueue:(.*)|\{hotqueue:([^{}]*)\}:(?:consumers|delayed|dead|held:.*))$/s;

/** Every queue of a database, in no particular order, without ever blocking Redis. */
export async function* listQueues(connect: Connect): AsyncGenerator<QueueSummary, void, undefined> {
  const client = await connect();
  try {
    for await (const keys of scanKeys(client, `${PREFIX}*`)) {
      yield* await Promise.all(keys.map((key) => summarize(client, key)));
    }
  } finally {
    disconnect(client);
  }
}

/** Names of queues, also of those that are empty and have something in work, delayed or dead; sorted. */
export async function listQueueNames(client: RedisClient): Promise<string[]> {
  const names = new Set<string>();
  for await (const keys of scanKeys(client, `*${PREFIX}*`)) {
    for (const key of keys) {
      const [, waiting, beside] = ANY_KEY.exec(key.toString()) ?? [];
      const name = waiting ?? beside;
      if (name !== undefined) names.add(name);
    }
  }
  return [...names].sort();
}

async function summarize(client: RedisClient, key: Buffer): Promise<QueueSummary> {
  const [type, length] = await Promise.all([
    client.callBuffer("TYPE", key).then(String),
    client.callBuffer("LLEN", key).then(Number, () => null),
  ]);
  return { name: key.subarray(PREFIX.length).toString(), type, length };
}
