import { type AloneRun } from "./alone-run.js";
import { type Exchange, type Request } from "../../lab/http/exchange.js";
import { jobIdOf } from "./job-id.js";
import { type JobRoute } from "./job-routes.js";
import { recordWrites, statusesOf } from "./records.js";
import { type Ask, isFine } from "./system.js";
import { type RunRedis } from "../../lab/private-redis/run-redis.js";
import { changesBetween } from "../../lab/private-redis/store.js";
import { untilWorkedOff } from "./worked-off.js";
import { isDone, type WatchedWorker } from "./watched-worker.js";

/** A job's result, before and after other jobs were done. */
export interface OtherJobs {
  /** The result of the first job, asked again when the others were done. */
  again: Exchange;
  /** Those that were done, each with its result. */
  others: readonly OtherJob[];
  /** Every job that was done has the result of the first, whatever it was about. */
  allTheSame: boolean;
  /** One that ended its worker; null where none did. */
  broke: { request: Request; error: string } | null;
}

interface OtherJob {
  id: string;
  request: Request;
  results: Exchange;
  /** What its record said last; null where it says nothing. */
  status: string | null;
}

interface OtherJobsOptions {
  send: Ask;
  /** Jobs that come to another result than the first. */
  requests: readonly Request[];
  result: JobRoute;
  /** The job whose result is asked for again. */
  id: string;
  /** Those that were done meanwhile. */
  ids: readonly string[];
  workers: readonly WatchedWorker[];
  redis: RunRedis;
  signal: AbortSignal;
}

/** Milliseconds for all of them, where somebody works on: they are as long as the jobs before. */
const PATIENCE = 15_000;

/**
 * Has other jobs done, and asks for the first result once more. The workers may fail on what the API took for a job: what
 * is not done then is left out, so this comes last of all.
 */
export async function runOthers(options: OtherJobsOptions): Promise<OtherJobs> {
  const { send, requests, result, id: first, ids, workers, redis, signal } = options;
  const submitted: { id: string; request: Request; message: string }[] = [];
  for (const request of requests) {
    const [known, before] = [new Set(await redis.messages()), await redis.store()];
    const exchange = await send(request);
    const id = jobIdOf({ exchange, changed: changesBetween(before, await redis.store()) });
    const message = (await redis.messages()).find((one) => !known.has(one));
    if (isFine(exchange) && id !== null && message !== undefined) submitted.push({ id, request, message });
  }
  const alive = workers.filter(({ program }) => program.ended === null);
  const messages = submitted.map(({ message }) => message);
  const queues = await untilWorkedOff(messages, workers, { redis, patience: PATIENCE, signal });
  const done = submitted.filter(({ message }) => isDone(queues, message));
  const results = (id: string): Promise<Exchange> => send(result.request(id));
  const others: OtherJob[] = [];
  const events = await redis.events();
  for (const { id, request } of done) {
    const status = statusesOf(recordWrites(events, id)).at(-1)?.status ?? null;
    others.push({ id, request, results: await results(id), status });
  }
  const again = await results(first);
  const isSame = (id: string, { text }: Exchange): boolean =>
    isFine(again) && withoutId(text, id) === withoutId(again.text, first);
  let allTheSame = others.length > 0 && others.every((one) => isSame(one.id, one.results));
  for (const id of ids) allTheSame &&= isSame(id, await results(id));
  return { again, others, allTheSame, broke: await findBroken(submitted, done, alive) };
}

/** Of those that were not done the first, where a worker ended meanwhile. */
async function findBroken(
  submitted: readonly { request: Request }[],
  done: readonly { request: Request }[],
  workers: readonly WatchedWorker[],
): Promise<OtherJobs["broke"]> {
  const ended = workers.find(({ program }) => program.ended !== null);
  const undone = submitted.find((one) => !done.includes(one));
  if (!ended || !undone) return null;
  const { traceback } = await ended.describe();
  return { request: undone.request, error: traceback?.error ?? "it ended" };
}

/** A result without its job's id: those of two jobs can be compared. */
export function ownText({ results: { text }, id }: { results: Exchange; id: string }): string {
  return withoutId(text, id);
}

function withoutId(text: string, id: string): string {
  return text.replaceAll(id, "");
}

/** The job whose result the first one's has become; null where it is as it was, or has merely changed. */
export function takenOver(before: Exchange, id: string, { again, others }: OtherJobs): string | null {
  const now = withoutId(again.text, id);
  if (!isFine(again) || now === withoutId(before.text, id)) return null;
  return (
    others.find((other) => isFine(other.results) && withoutId(other.results.text, other.id) === now)?.id ??
    null
  );
}

/**
 * Whether the last job has the result of the first one, though by itself it comes to another. Where the first one, too, comes to
 * another by itself, results differ from run to run.
 */
export function hasFirstResult(
  { again, others }: OtherJobs,
  id: string,
  [last, first]: readonly (AloneRun | null)[],
): boolean {
  const own = (run: AloneRun | null | undefined): string | null =>
    run && isFine(run.results) ? withoutId(run.results.text, run.id) : null;
  const given = withoutId(again.text, id);
  return others.length > 0 && own(first) === given && own(last) !== null && own(last) !== given;
}
