import { type RedisClient } from "../../queue/client.js";
import { describeValue } from "../../queue/values/value-form.js";
import { jsonText } from "./message-text.js";
import { readMessage } from "../trace/describe-message.js";

/** A key of the private Redis, with what it holds. */
export interface StoredKey {
  db: number;
  key: string;
  type: string;
  /** Of a hash: its fields; of a string that holds a JSON object: that object's. */
  fields: Readonly<Record<string, string>> | null;
  /** Of a string. */
  text: string | null;
  /** Of a list. */
  items: readonly StoredItem[];
}

export interface StoredItem {
  /** The message, where it is a string in pickle or in JSON: HotQueue(serializer=json) puts such ones. */
  value: string | null;
  /** HotQueue could read it. */
  pickled: boolean;
  /** As a person reads it. */
  shown: string;
  /** The same, however long it is. */
  text?: string;
}

/** All there is in all databases, in a steady order. Leaves the connection in database 0. */
export async function readStore(client: RedisClient): Promise<StoredKey[]> {
  const found: StoredKey[] = [];
  const keyspace = String(await client.callBuffer("INFO", "keyspace"));
  for (const [, db = "0"] of keyspace.matchAll(/^db(\d+):/gm)) {
    await client.callBuffer("SELECT", db);
    const keys = (await client.callBuffer("KEYS", "*")) as Buffer[];
    for (const key of keys.map(String).sort()) found.push(await readKey(client, Number(db), key));
  }
  await client.callBuffer("SELECT", 0);
  return found;
}

async function readKey(client: RedisClient, db: number, key: string): Promise<StoredKey> {
  const type = String(await client.callBuffer("TYPE", key));
  const none = { db, key, type, fields: null, text: null, items: [] };
  switch (type) {
    case "hash": {
      const flat = ((await client.callBuffer("HGETALL", key)) as Buffer[]).map(String);
      const fields = flat.flatMap((name, n) => (n % 2 === 0 ? [[name, flat[n + 1] ?? ""] as const] : []));
      return { ...none, fields: Object.fromEntries(fields) };
    }
    case "string": {
      const text = String(await client.callBuffer("GET", key));
      return { ...none, text, fields: readFields(text) };
    }
    case "list": {
      const items = (await client.callBuffer("LRANGE", key, 0, -1)) as Buffer[];
      return { ...none, items: items.map(readItem) };
    }
    default:
      return none;
  }
}

function readItem(bytes: Buffer): StoredItem {
  const reading = readMessage(bytes);
  const pickled = reading.form === "pickle";
  return {
    pickled,
    shown: reading.shown,
    text: reading.form === "pickle" ? describeValue(reading.value) : bytes.toString(),
    value: pickled ? (typeof reading.value === "string" ? reading.value : null) : jsonText(bytes.toString()),
  };
}

/** The fields of a record that is kept as JSON; null where the text is no JSON object. */
export function readFields(text: string): Record<string, string> | null {
  try {
    const value = JSON.parse(text) as unknown;
    if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [name, typeof one === "string" ? one : JSON.stringify(one)]),
    );
  } catch {
    return null;
  }
}

/** What is new or other in the later of two states. */
export function changesBetween(before: readonly StoredKey[], after: readonly StoredKey[]): StoredKey[] {
  const known = new Set(before.map((one) => JSON.stringify(one)));
  return after.filter((one) => !known.has(JSON.stringify(one)));
}
