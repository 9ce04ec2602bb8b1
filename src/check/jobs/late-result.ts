import { type CommandEvent } from "../../redis/observe/event.js";
import { recordWrites, statusesOf } from "./records.js";

/** A result that was saved when the record already said that the job is done. */
export interface LateResult {
  status: string;
  /** The command that saved it, such as SET job.1 or HSET results job.1. */
  saved: string;
}

/** Where something is kept; `field` is null of a whole key. */
interface Place {
  db: number | null;
  key: string;
  field: string | null;
}

const READS = /^(?:GET|HGET|HGETALL|LRANGE|LINDEX|SMEMBERS)$/;
const WRITES = /^(?:SET|SETEX|PSETEX|SETNX|GETSET|HSET|HMSET|HSETNX|RPUSH|LPUSH|SADD)$/;

/**
 * The first saving of this job's result, where it came after the last status. `reads` is what the API did to give the result
 * out. Null where the result was there before, came with the status, or cannot be told from the record.
 */
export function findLateResult(
  events: readonly CommandEvent[],
  reads: readonly CommandEvent[],
  id: string,
): LateResult | null {
  const record = recordWrites(events, id);
  const status = statusesOf(record).at(-1);
  if (!status) return null;
  const places = reads
    .filter(({ name }) => READS.test(name))
    .map(placeOf)
    // A record that is read whole is read for its status.
    .filter(({ key, field }) =>
      key === record[0]?.key ? field !== null : `${key} ${field ?? ""}`.includes(id),
    );
  const order = events.findIndex(
    (event) => WRITES.test(event.name) && places.some((place) => isIn(event, place)),
  );
  const write = events[order];
  if (!write || order <= status.order || areOne(events, status.order, order)) return null;
  const { key, field } = placeOf(write);
  return { status: status.status, saved: `${write.name} ${key}${field === null ? "" : ` ${field}`}` };
}

function placeOf({ name, db, args: [key, field] }: CommandEvent): Place {
  return { db, key: String(key), field: /^H(?!GETALL)/.test(name) ? String(field) : null };
}

function isIn({ name, db, args: [key, ...rest] }: CommandEvent, place: Place): boolean {
  if (db !== place.db || String(key) !== place.key) return false;
  return (
    !name.startsWith("H") ||
    place.field === null ||
    rest.some((word, n) => n % 2 === 0 && String(word) === place.field)
  );
}

/** Both were done in one transaction: nobody sees one without the other. */
function areOne(events: readonly CommandEvent[], first: number, second: number): boolean {
  const { client } = events[first] ?? {};
  const edges = events
    .slice(0, second)
    .flatMap((event, order) =>
      event.client === client && /^(?:MULTI|EXEC|DISCARD)$/.test(event.name)
        ? [{ name: event.name, order }]
        : [],
    );
  const last = edges.at(-1);
  return events[second]?.client === client && last?.name === "MULTI" && last.order < first;
}
