import { type Note, notesOf, type WorkNote } from "../../lab/program/program-notes.js";
import { type Delivery } from "../../lab/trace/queue-trace.js";
import { type JobRoute } from "./job-routes.js";
import { type OtherJobs, ownText, runOthers } from "./other-jobs.js";
import { type RunRedis } from "../../lab/private-redis/run-redis.js";
import { type Exchange } from "../../lab/http/exchange.js";
import { idAmong } from "./job-id.js";
import { type JobSent } from "./submit-job.js";
import { type Ask, isFine } from "./system.js";
import { type Spent, spentOn, stoodStill } from "./stood-still.js";
import { untilWorkedOff } from "./worked-off.js";
import { addressesOf, deliveriesOf, isDone, WatchedWorker, type WorkerOptions } from "./watched-worker.js";

/** The same number of jobs, done by one worker and by three. */
export interface SharingRun {
  jobs: number;
  /** Milliseconds from the first request until all were done; null where they were not. */
  one: number | null;
  three: number | null;
  /** Milliseconds that a worker had a job, in the middle of all; null where none was done. */
  each: { one: number | null; three: number | null };
  /** The jobs of the three stood still for longer than they computed, and those of the one did not. */
  stoodStill: boolean;
  /** How many of the jobs each of the three did. */
  shares: number[];
  /** Messages that were taken more than once. */
  twice: string[];
  /** Two of the three slept at the same time, each over a job; null where the jobs have no such sleep. */
  atOnce: boolean | null;
  /** The same job again, done by the same worker, that has another result than the first; null where they are the same. */
  carried: CarriedOver | null;
  /** The ids in the answers to the requests, where they have one. */
  ids: string[];
  /** Jobs that come to something else; null where the others were not done, or in turn, or the first has no id. */
  others: OtherJobs | null;
}

export interface SharingOptions {
  send: Ask;
  job: JobSent;
  /** The route of the results; null where there is none. */
  result: JobRoute | null;
  /** Of the first job, which is done. */
  id: string | null;
  /** The one that runs already. */
  worker: WatchedWorker;
  program: WorkerOptions;
  redis: RunRedis;
  signal: AbortSignal;
}

/** So many jobs that should come to something else are tried. */
const MOST_OTHERS = 4;

/** So many that three can share them evenly. */
const JOBS = 6;

/** Milliseconds for all of them, where somebody works on: a machine may be busy. */
const PATIENCE = 45_000;

export async function runSharing(options: SharingOptions): Promise<SharingRun> {
  const { worker, program, id, job, result, redis, signal } = options;
  const one = await runBatch(options, [worker]);
  const carried = one.duration === null ? null : await lookForCarried(options, one.ids.at(-1));
  await using second = WatchedWorker.start(program, redis, signal);
  await using third = WatchedWorker.start(program, redis, signal);
  await Promise.all([second.firstWait(), third.firstWait()]);
  const all = [worker, second, third];
  const since = Date.now() / 1000;
  let three = await runBatch(options, all);
  // A machine that is busy with something else makes a measurement longer, never shorter.
  // Who works in turn, though, is as slow the second time.
  const atOnce = (): boolean | null =>
    workAtOnce(all.map(({ program: { notes } }) => sleepsOver(notes, since)));
  if (isSlow(three, one) && atOnce() !== false) three = fasterOf(three, await runBatch(options, all));
  const shares = all.map(({ program: { notes } }) => {
    const own = addressesOf(notes);
    return three.takers.filter((taker) => own.has(taker)).length;
  });
  const ids = [...one.ids, ...three.ids];
  const others =
    three.duration === null || id === null || result === null || atOnce() === false
      ? null
      : await runOthers({
          ...options,
          result,
          id,
          ids,
          requests: job.others.slice(0, MOST_OTHERS),
          workers: all,
        });
  return {
    jobs: JOBS,
    one: one.duration,
    three: three.duration,
    each: { one: one.each, three: three.each },
    stoodStill: stoodStill(one.spent, three.spent),
    shares,
    twice: [...one.twice, ...three.twice],
    ids,
    atOnce: atOnce(),
    carried,
    others,
  };
}

interface CarriedOver {
  first: { id: string; results: Exchange };
  again: { id: string; results: Exchange };
}

async function lookForCarried(
  { send, result, id: first }: SharingOptions,
  again: string | undefined,
): Promise<CarriedOver | null> {
  if (!result || first === null || again === undefined) return null;
  const found = {
    first: { id: first, results: await send(result.request(first)) },
    again: { id: again, results: await send(result.request(again)) },
  };
  const isSame = ownText(found.first) === ownText(found.again);
  return isSame || !isFine(found.first.results) || !isFine(found.again.results) ? null : found;
}

function sleepsOver(notes: readonly Note[], since: number): WorkNote[] {
  return notesOf(notes, "work").filter(({ asleep, began }) => asleep && began >= since);
}

/** A busy machine makes a sleep longer, and keeps no two workers from theirs; a lock does. */
function workAtOnce(workers: readonly WorkNote[][]): boolean | null {
  if (workers.filter((sleeps) => sleeps.length > 0).length < 2) return null;
  return workers.some((sleeps, n) =>
    workers
      .slice(n + 1)
      .flat()
      .some((other) => sleeps.some(({ began, ended }) => began < other.ended && other.began < ended)),
  );
}

function isSlow(three: Batch, one: Batch): boolean {
  return three.duration !== null && one.duration !== null && three.duration > one.duration / 2;
}

function fasterOf(a: Batch, b: Batch): Batch {
  const faster = (b.duration ?? Infinity) < (a.duration ?? Infinity) ? b : a;
  return { ...faster, twice: [...a.twice, ...b.twice] };
}

interface Batch {
  duration: number | null;
  each: number | null;
  spent: Spent | null;
  takers: string[];
  twice: string[];
  ids: string[];
}

/** A worker takes a job when it is done with the one before, or when it is put. */
function medianOf(deliveries: readonly Delivery[]): number | null {
  const spans = deliveries.flatMap(({ taker, order, put, doneAt }) => {
    const before = deliveries
      .filter((one) => one.taker === taker && one.order < order)
      .map((one) => one.doneAt ?? 0);
    const takenAt = Math.max(put?.time ?? 0, ...before);
    return doneAt === null ? [] : [(doneAt - takenAt) * 1000];
  });
  const middle = spans.sort((a, b) => a - b)[spans.length >> 1];
  return middle === undefined ? null : Math.round(middle);
}

async function runBatch(
  { send, job, redis, signal }: SharingOptions,
  workers: readonly WatchedWorker[],
): Promise<Batch> {
  const known = new Set(await redis.messages());
  const began = performance.now();
  const since = Date.now() / 1000;
  // All at once: else, on a busy machine, a worker may be done with a job before there is another.
  const exchanges = await Promise.all(Array.from({ length: JOBS }, () => send(job.request)));
  const mine = (await redis.messages()).filter((message) => !known.has(message));
  const ids = exchanges.flatMap((exchange) => idAmong(exchange, mine) ?? []);
  const queues = await untilWorkedOff(mine, workers, { redis, patience: PATIENCE, signal });
  const areDone = mine.every((message) => isDone(queues, message));
  const duration = mine.length > 0 && areDone ? Math.round(performance.now() - began) : null;
  const deliveries = mine.map((message) => deliveriesOf(queues, message));
  return {
    ids,
    duration,
    each: medianOf(deliveries.flat()),
    spent: spentOn(
      workers.flatMap(({ program: { notes } }) => notesOf(notes, "work")),
      since,
    ),
    takers: deliveries.flat().map(({ taker }) => taker),
    twice: mine.filter((_, n) => (deliveries[n]?.length ?? 0) > 1),
  };
}
