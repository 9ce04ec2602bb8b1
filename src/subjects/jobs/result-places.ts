import { type CommandEvent } from "../../redis/observe/event.js";
import { type RecordWrite } from "./records.js";

/** What a worker writes of a job beside its result. */
const OF_RECORD =
  /^(?:status|state|id|jid|job_id|.*time.*|.*start.*|.*end.*|.*date.*|.*worker.*|.*update.*)$/i;

const WRITES = /^(?:SET|SETEX|PSETEX|SETNX|GETSET|HSET|HMSET|HSETNX|[LR]PUSH|JSON\.SET|APPEND)$/;
const READS = /^(?:GET|HGET|HGETALL|HMGET|HVALS|LRANGE|LINDEX|JSON\.GET|MGET)$/;

/**
 * Whether a command reads what the worker has written as a result: a key of its own, or a field of the record. A record that is one
 * JSON text tells its result nowhere else.
 */
export function resultReads(
  events: readonly CommandEvent[],
  worker: ReadonlySet<string>,
  record: readonly RecordWrite[],
): (event: CommandEvent) => boolean {
  const [first] = record;
  const isRecord = ({ db, args: [key] }: CommandEvent): boolean =>
    String(key) === first?.key && db === first.db;
  const places = events
    .filter(({ name, client }) => WRITES.test(name) && (worker.has(client) || client === "lua"))
    .filter((event) => {
      if (!isRecord(event)) return true;
      if (!event.name.startsWith("H")) return false;
      return event.args.slice(1).some((word, n) => n % 2 === 0 && !OF_RECORD.test(String(word)));
    });
  return (event) =>
    READS.test(event.name) &&
    places.some(({ db, args }) => {
      if (db !== event.db || !event.args.some((word) => String(word) === String(args[0]))) return false;
      if (event.name !== "HGET" && event.name !== "HMGET") return true;
      return event.args
        .slice(1)
        .some((field) => args.slice(1).some((word) => String(word) === String(field)));
    });
}
