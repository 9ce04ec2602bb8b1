import { type Exchange } from "./api-program.js";
import { isFine } from "./data-run.js";
import { type Ask } from "./job-answers.js";
import { type RunRedis } from "./run-redis.js";
import { answerOf } from "./submission.js";
import { type Program } from "../python/program.js";
import { waitUntil } from "../wait-until.js";
import { isDone } from "./watched-worker.js";

/** A job's result, before and after other jobs were done. */
export interface OtherJobs {
  /** The result of the first job, asked again when the others were done. */
  again: Exchange;
  /** Those that were done, each with its result. */
  others: readonly { id: string; results: Exchange }[];
}

export interface OtherJobsOptions {
  send: Ask;
  /** Bodies of jobs that come to another result than the first. */
  bodies: readonly unknown[];
  /** The job whose result is asked for again. */
  id: string;
  workers: readonly Pick<Program, "ended">[];
  redis: RunRedis;
  signal: AbortSignal;
}

/** Milliseconds for all of them: they are as long as the jobs before. */
const PATIENCE = 3000;

/**
 * Has other jobs done, and asks for the first result once more. The workers may fail on what the API took for a job: what
 * is not done then is left out, so this comes last of all.
 */
export async function runOthers(options: OtherJobsOptions): Promise<OtherJobs> {
  const { send, bodies, id: first, workers, redis, signal } = options;
  const submitted: { id: string; message: string }[] = [];
  for (const body of bodies) {
    const known = new Set(await redis.messages());
    const exchange = await send({ method: "POST", path: "/jobs", body });
    const id = answerOf(exchange)?.["id"];
    const message = (await redis.messages()).find((one) => !known.has(one));
    if (isFine(exchange) && typeof id === "string" && message !== undefined) submitted.push({ id, message });
  }
  const done: string[] = [];
  await waitUntil(
    async () => {
      const queues = await redis.queues();
      const ids = submitted.filter(({ message }) => isDone(queues, message)).map(({ id }) => id);
      done.splice(0, done.length, ...ids);
      return done.length === submitted.length || workers.every(({ ended }) => ended !== null);
    },
    PATIENCE,
    signal,
  );
  const results = (id: string): Promise<Exchange> => send({ method: "GET", path: `/jobs/${id}/results` });
  const others: { id: string; results: Exchange }[] = [];
  for (const id of done) others.push({ id, results: await results(id) });
  return { again: await results(first), others };
}

/** The job whose result the first one's has become; null where it is as it was, or has merely changed. */
export function takenOver(before: Exchange, id: string, { again, others }: OtherJobs): string | null {
  const of = ({ text }: Exchange, own: string): string => text.replaceAll(own, "");
  const now = of(again, id);
  if (!isFine(again) || now === of(before, id)) return null;
  return others.find((other) => isFine(other.results) && of(other.results, other.id) === now)?.id ?? null;
}
