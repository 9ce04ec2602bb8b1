import { type Connect, disconnect, type RedisClient } from "./client.js";

export interface QueueSummary {
  name: string;
  /** Waiting messages; null where the key is not a list and so no queue. */
  length: number | null;
  /** Redis' word for what the key holds: list, string, hash, … */
  type: string;
}

const PREFIX = "hotqueue:";

/** Every queue of a database, in no particular order, without ever blocking Redis (SCAN). */
export async function* listQueues(connect: Connect): AsyncGenerator<QueueSummary, void, undefined> {
  const client = await connect();
  try {
    for (const node of client.nodes?.("master") ?? [client]) yield* listOnNode(node);
  } finally {
    disconnect(client);
  }
}

async function* listOnNode(node: RedisClient): AsyncGenerator<QueueSummary, void, undefined> {
  const seen = new Set<string>(); // SCAN may name a key twice
  let cursor = "0";
  do {
    const reply = await node.callBuffer("SCAN", cursor, "MATCH", `${PREFIX}*`, "COUNT", 1000);
    const [next, keys] = reply as [Buffer, Buffer[]];
    cursor = String(next);
    const fresh = keys.filter((key) => {
      const id = key.toString("latin1");
      return !seen.has(id) && seen.add(id);
    });
    yield* await Promise.all(fresh.map((key) => summarize(node, key)));
  } while (cursor !== "0");
}

async function summarize(node: RedisClient, key: Buffer): Promise<QueueSummary> {
  const [type, length] = await Promise.all([
    node.callBuffer("TYPE", key).then(String),
    node.callBuffer("LLEN", key).then(Number, () => null),
  ]);
  return { name: key.subarray(PREFIX.length).toString(), type, length };
}
