import { type RedisClient } from "../../queue/client.js";

/** A list in Redis: what a queue is. */
export interface RedisList {
  db: number;
  key: string;
  length: number;
  /** Its first elements, the oldest first. */
  head: Buffer[];
}

/** As many lists are looked at, and as many elements of each. */
const MOST = { lists: 200, elements: 50 };

/** The lists in all databases. Leaves the connection in database 0. */
export async function listLists(client: RedisClient): Promise<RedisList[]> {
  const found: RedisList[] = [];
  const keyspace = String(await client.callBuffer("INFO", "keyspace"));
  for (const [, db = "0"] of keyspace.matchAll(/^db(\d+):/gm)) {
    await client.callBuffer("SELECT", db);
    let cursor = "0";
    do {
      const [next, keys] = (await client.callBuffer("SCAN", cursor, "COUNT", 500, "TYPE", "list")) as [
        Buffer,
        Buffer[],
      ];
      cursor = String(next);
      for (const key of keys) {
        if (found.length >= MOST.lists) break;
        const length = Number(await client.callBuffer("LLEN", key));
        const head = (await client.callBuffer("LRANGE", key, 0, MOST.elements - 1)) as Buffer[];
        found.push({ db: Number(db), key: String(key), length, head });
      }
    } while (cursor !== "0" && found.length < MOST.lists);
  }
  await client.callBuffer("SELECT", 0);
  return found;
}
