import { type RedisClient } from "./client.js";

/** Keys that match the pattern, in pages and in no particular order, each once, without ever blocking Redis (SCAN). */
export async function* scanKeys(
  client: RedisClient,
  pattern: string,
): AsyncGenerator<Buffer[], void, undefined> {
  for (const node of client.nodes?.("master") ?? [client]) yield* scanNode(node, pattern);
}

async function* scanNode(node: RedisClient, pattern: string): AsyncGenerator<Buffer[], void, undefined> {
  const seen = new Set<string>(); // SCAN may name a key twice
  let cursor = "0";
  do {
    const reply = await node.callBuffer("SCAN", cursor, "MATCH", pattern, "COUNT", 1000);
    const [next, keys] = reply as [Buffer, Buffer[]];
    cursor = String(next);
    yield keys.filter((key) => {
      const id = key.toString("latin1");
      return !seen.has(id) && seen.add(id);
    });
  } while (cursor !== "0");
}
