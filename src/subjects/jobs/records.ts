import { type CommandEvent } from "../../redis/observe/event.js";
import { readFields } from "../../lab/private-redis/store.js";

/** A write into a job's record. */
export interface RecordWrite {
  db: number | null;
  key: string;
  /** The fields that were written, with the values they got. */
  fields: Readonly<Record<string, string>>;
  /** Seconds since 1970. */
  time: number;
  client: string;
  /** Which of the events it was. */
  order: number;
}

/**
 * The writes into the record of this job, in order: the first record whose key names it, whatever stands around the
 * id in it, also under the names that it is given later.
 */
export function recordWrites(events: readonly CommandEvent[], id: string): RecordWrite[] {
  const writes = events.flatMap(
    (event, order) => readShared(event, order, id) ?? readWrite(event, order) ?? [],
  );
  const first = writes.find(({ key }) => namesJob(key, id));
  const keys = new Set([first?.key]);
  for (const { name, args } of events) {
    const [from, to] = args.map(String);
    if (name.startsWith("RENAME") && keys.has(from)) keys.add(to);
  }
  return writes.filter(({ key, db }) => keys.has(key) && db === first?.db);
}

/** One hash may hold all jobs: the record is the value of a field that is its id. */
function readShared(
  { name, db, args, time, client }: CommandEvent,
  order: number,
  id: string,
): RecordWrite | null {
  if (!/^(?:HSET|HMSET|HSETNX)$/.test(name)) return null;
  const [key = "", ...rest] = args.map(String);
  const value = pairs(rest)[id];
  const fields = value === undefined ? null : readFields(value);
  return fields && { db, key: `${key} ${id}`, fields, time, client, order };
}

function readWrite({ name, db, args, time, client }: CommandEvent, order: number): RecordWrite | null {
  const [key = "", ...rest] = args.map(String);
  const fields = /^(?:HSET|HMSET|HSETNX)$/.test(name)
    ? pairs(rest)
    : /^(?:SET|GETSET|SETNX)$/.test(name)
      ? readFields(rest[0] ?? "")
      : /^P?SETEX$/.test(name)
        ? readFields(rest[1] ?? "")
        : null;
  return fields && { db, key, fields, time, client, order };
}

/** The id stands in the key as a word of its own: job.<id>, job:<id>, <id>. */
function namesJob(key: string, id: string): boolean {
  const at = key.indexOf(id);
  if (at === -1 || id === "") return false;
  return !/\w/.test(key[at - 1] ?? "") && !/\w/.test(key[at + id.length] ?? "");
}

/** A status that was written into a job's record. */
export interface StatusWrite {
  status: string;
  time: number;
  /** Which of the events it was. */
  order: number;
}

export function statusesOf(writes: readonly RecordWrite[]): StatusWrite[] {
  return writes.flatMap(({ fields, time, order }) => {
    const [, status] = Object.entries(fields).find(([name]) => name.toLowerCase() === "status") ?? [];
    return status === undefined ? [] : [{ status, time, order }];
  });
}

function pairs(words: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    words.flatMap((word, n) => (n % 2 === 0 ? [[word, words[n + 1] ?? ""] as const] : [])),
  );
}
