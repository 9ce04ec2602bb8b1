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
/** What saves nothing. */
const SAVES_NOTHING =
  /^(?:H?M?GET|H(?:GETALL|KEYS|VALS|LEN|EXISTS)|L(?:RANGE|INDEX|LEN)|S(?:MEMBERS|ISMEMBER|CARD|TRLEN)|EXISTS|TYPE|P?TTL|WATCH|DEL|UNLINK|P?EXPIRE|PERSIST)$/;
/** How Redis calls who runs a script. */
const SCRIPT = "lua";
const RUNS_SCRIPT = /^(?:EVAL|EVALSHA|FCALL)$/;

/**
 * The first saving of this job's result, where it came after the last status. `reads` is what the API did to give the result
 * out, and `worker` are the addresses of who saves it. Null where the result was there before, came with the status, or cannot be told from the record.
 */
export function findLateResult(
  events: readonly CommandEvent[],
  reads: readonly CommandEvent[],
  id: string,
  worker: ReadonlySet<string>,
): LateResult | null {
  const record = recordWrites(events, id);
  const status = statusesOf(record).at(-1);
  if (!status) return null;
  const places = reads
    .filter(({ name }) => READS.test(name))
    .map(placeOf)
    .filter(({ field }) => field?.toLowerCase() !== "status")
    // A record that is read whole is read for its status.
    .filter(({ key, field }) =>
      key === record[0]?.key ? field !== null : `${key} ${field ?? ""}`.includes(id),
    );
  const order = events.findIndex(
    (event) =>
      (worker.has(event.client) || event.client === SCRIPT) &&
      !SAVES_NOTHING.test(event.name) &&
      places.some((place) => isIn(event, place)),
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
  if (db !== place.db) return false;
  if (name.startsWith("RENAME")) return String(rest[0]) === place.key;
  if (String(key) !== place.key) return false;
  return (
    !name.startsWith("H") ||
    place.field === null ||
    rest.some((word, n) => n % 2 === 0 && String(word) === place.field)
  );
}

/** Both were done in one transaction or script: nobody sees one without the other. */
function areOne(events: readonly CommandEvent[], first: number, second: number): boolean {
  const { client } = events[first] ?? {};
  // MONITOR calls who runs a script by a name of its own; the embedded engine tells its commands as the client's, after it.
  const script =
    client === SCRIPT ? first : events.slice(0, first).findLastIndex(({ name }) => RUNS_SCRIPT.test(name));
  if (script !== -1 && events.slice(script, second + 1).every((event) => event.client === client))
    return true;
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
