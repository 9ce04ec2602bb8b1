import { type CommandEvent } from "../../redis/observe/event.js";
import { type Exchange, type Request } from "../../lab/http/exchange.js";
import { type ApiProgram } from "./api-program.js";
import { type RunRedis } from "../../lab/private-redis/run-redis.js";
import { changesBetween, type StoredItem, type StoredKey } from "../../lab/private-redis/store.js";

/** A request, with what it changed in Redis. */
export interface Submission {
  exchange: Exchange;
  /** Keys that are new, or hold something else than before. */
  changed: StoredKey[];
  /** What the API did in Redis meanwhile, in order. */
  events: CommandEvent[];
}

/** Sends a request while no worker runs, and looks at Redis before and after. */
export async function submit(api: ApiProgram, redis: RunRedis, request: Request): Promise<Submission> {
  const [before, known] = [await redis.store(), await redis.events()];
  const exchange = await api.ask(request);
  const [after, events] = [await redis.store(), await redis.events()];
  return { exchange, changed: changesBetween(before, after), events: events.slice(known.length) };
}

/** The answer's fields, where it is a JSON object. */
export function answerOf({ json }: Exchange): Readonly<Record<string, unknown>> | null {
  return typeof json === "object" && json !== null && !Array.isArray(json)
    ? (json as Record<string, unknown>)
    : null;
}

/** The last message of a list, with the list that it is in. */
export interface Queued {
  at: StoredKey;
  item: StoredItem;
}

/** What a request put on lists. */
export function queuedBy({ changed }: Pick<Submission, "changed">): Queued[] {
  return changed.flatMap((at) => {
    const item = at.items.at(-1);
    return item ? [{ at, item }] : [];
  });
}

/** What it saved as records: hashes, and JSON objects. */
export function recordsOf({ changed }: Pick<Submission, "changed">): StoredKey[] {
  return changed.filter(({ fields }) => fields !== null);
}

/** What the course's editions call a job's id. */
const ID_NAMES = ["id", "jid", "job_id"];

/** The name under which a job's id stands among these fields; null where there is none. */
export function idNameIn(fields: Readonly<Record<string, unknown>>): string | null {
  return ID_NAMES.find((name) => /^(string|number)$/.test(typeof fields[name])) ?? null;
}

/** What the answer calls its id; null where it calls nothing so. */
export function namedId(exchange: Exchange): string | null {
  const answer = answerOf(exchange) ?? {};
  const name = idNameIn(answer);
  return name === null ? null : String(answer[name]);
}

/** What it saved: hashes, JSON objects, and what has the job's id in its key. */
export function savedBy({ changed }: Pick<Submission, "changed">, id: string | null): StoredKey[] {
  return changed.filter(
    ({ key, fields, items }) => items.length === 0 && (fields !== null || (id !== null && key.includes(id))),
  );
}

/** The id is on the queue before there is a record; two commands of one transaction come as they stand in it. */
export function isQueuedFirst({ events }: Submission): boolean {
  // A list of all ids may be written before the record; the queue is the last to be.
  const put = events.findLastIndex(({ name }) => /^[RL]PUSH$/.test(name));
  const saved = events.findIndex(({ name }) => /^(?:HSET|HMSET|SET)$/.test(name));
  return saved !== -1 && put !== -1 && put < saved;
}
