import { setTimeout as delay } from "node:timers/promises";
import { HotQueue } from "../../queue/hot-queue.js";
import { Observer } from "../../redis/observe/observer.js";
import { replay } from "../../lab/trace/replay.js";
import { type QueueTrace } from "../../lab/trace/queue-trace.js";
import { waitUntil } from "../../lab/wait-until.js";
import { type Note, notesOf } from "../../lab/program/program-notes.js";
import { findTraceback, type Traceback } from "../../lab/python/traceback.js";
import { type Keep, openPrivateServer } from "../../lab/private-redis/private-server.js";
import { Program, type ProgramOptions } from "../../lab/program/program.js";
import { type Ending } from "../../lab/python/python-process.js";

export interface WorkerRunOptions {
  program: Omit<ProgramOptions, "redisPort">;
  /** The queue on which messages are put for it. */
  queue: { name: string; db: number };
  /** Makes the messages different each time, and the same for the same seed. */
  seed: string;
  keep: Keep;
  signal: AbortSignal;
}

/** What a worker in a file did in a private Redis, with messages put for it. */
export interface WorkerRun {
  /** Its notes: connections asked for, functions decorated. */
  notes: Note[];
  /** Where it waited for its first message; null where it did not. */
  waitedOn: Pick<QueueTrace, "db" | "key"> | null;
  /** How it ended before any message was put; null where it lived. */
  endedAtStart: Ending | null;
  /** The first messages: put one by one, while it waited. */
  first: Batch;
  /** Many more at once, and a while without any. */
  many: Batch;
  /** A message that cannot be read was put: it raises an exception in the worker. */
  exception: { ended: Ending | null; left: number };
  /** What it printed only when it was ended. */
  printedAtEnd: string[];
  /** The last exception that it said. */
  traceback: Traceback | null;
  errors: string;
}

export interface Batch {
  put: string[];
  /** How many of them it took. */
  taken: number;
  /** The messages that it printed, in its order; a message that it printed twice stands twice. */
  printed: string[];
  /** How it ended meanwhile; null where it lives. */
  ended: Ending | null;
}

/**
 * Milliseconds: for its first wait (Python's start is slow), for printing what it took, of idleness, and for what it
 * has printed to arrive.
 */
const PATIENCE = { start: 10_000, print: 1500, idle: 150, grace: 100 };

/** Between two looks. */
const PAUSE = 10;

/** Enough to show that it does not end after some. */
const MANY = 20;

export async function runWorker({
  program,
  queue: at,
  seed,
  keep,
  signal,
}: WorkerRunOptions): Promise<WorkerRun> {
  await using redis = await openPrivateServer("one worker", keep);
  const connection = { host: "127.0.0.1", port: redis.port };
  using observer = await Observer.open(connection, { live: false });
  await using raw = new HotQueue<string>(at.name, { ...connection, db: at.db, serializer: "text" });
  await using worker = new Program({ ...program, redisPort: redis.port });
  const waitedOn = await waitForWait(worker, observer, signal);
  const serializer = serializerOf(worker);
  await using queue = new HotQueue<string>(at.name, { ...connection, db: at.db, serializer });
  const endedAtStart = worker.ended;
  const waitsElsewhere = waitedOn !== null && (waitedOn.key !== queue.key || waitedOn.db !== at.db);

  const send = async (messages: string[], atOnce: boolean): Promise<Batch> => {
    const before = await queue.length();
    const from = worker.lines.length;
    for (const part of atOnce ? [messages] : messages.map((message) => [message])) await queue.put(...part);
    const printed = (): string[] => find(worker.lines.slice(from), messages);
    await waitUntil(
      async () =>
        printed().length >= messages.length ||
        worker.ended !== null ||
        (await asksForMore(observer, before + messages.length)),
      waitsElsewhere ? PATIENCE.grace : PATIENCE.print,
      signal,
    );
    // What it has written takes a moment to arrive; and one may be printed twice.
    if (worker.ended === null && printed().length < messages.length) await delay(PATIENCE.grace);
    await delay(PAUSE);
    const taken = before + messages.length - (await queue.length());
    return { put: messages, taken, printed: printed(), ended: worker.ended };
  };
  const first = await send(
    [1, 2, 3].map((n) => `message ${n} of ${seed}`),
    false,
  );
  const works = first.printed.length > 0 && !first.ended;
  const many = works
    ? await send(
        Array.from({ length: MANY }, (_, n) => `more ${n + 1} of ${seed}`),
        true,
      )
    : { put: [], taken: 0, printed: [], ended: worker.ended };
  if (works) {
    await delay(PATIENCE.idle);
    many.ended = worker.ended;
    await raw.put("no pickle");
    await until(() => worker.ended !== null, PATIENCE.print, signal);
  }
  const exception = { ended: worker.ended, left: await queue.length() };
  const before = worker.lines.length;
  await worker.stop(PATIENCE.print);
  const printedAtEnd = find(worker.lines.slice(before), first.put);
  return {
    notes: worker.notes,
    waitedOn,
    endedAtStart,
    first,
    many,
    exception,
    printedAtEnd,
    traceback: findTraceback(worker.errors, program.folder),
    errors: worker.errors,
  };
}

/** Messages are put as its queue reads them. */
function serializerOf({ notes }: Program): "pickle" | "json" | "text" {
  const [worker] = notesOf(notes, "worker");
  if (!worker) return "pickle";
  return worker.serializer === "json" ? "json" : worker.serializer === null ? "text" : "pickle";
}

/** What two workers on one queue did. */
export interface TwoWorkersRun {
  put: string[];
  /** What each printed. */
  printed: [string[], string[]];
  /** How many of the two waited at the beginning. */
  waited: number;
}

/** Two of them at once, and messages for both. */
export async function runTwoWorkers({
  program,
  queue: at,
  seed,
  keep,
  signal,
}: WorkerRunOptions): Promise<TwoWorkersRun> {
  await using redis = await openPrivateServer("two workers", keep);
  const connection = { host: "127.0.0.1", port: redis.port };
  using observer = await Observer.open(connection, { live: false });
  await using one = new Program({ ...program, redisPort: redis.port });
  await using two = new Program({ ...program, redisPort: redis.port });
  let waited = 0;
  const ended = (): boolean => one.ended !== null && two.ended !== null;
  await waitUntil(
    async () => {
      waited = (await look(observer)).reduce((sum, { waiting }) => sum + waiting.length, 0);
      return waited >= 2 || ended();
    },
    PATIENCE.start,
    signal,
  );
  const serializer = serializerOf(one);
  await using queue = new HotQueue<string>(at.name, { ...connection, db: at.db, serializer });
  const put = Array.from({ length: MANY }, (_, n) => `shared ${n + 1} of ${seed}`);
  await queue.put(...put);
  const printed = (): [string[], string[]] => [find(one.lines, put), find(two.lines, put)];
  await until(() => printed().flat().length >= put.length || ended(), PATIENCE.print, signal);
  await delay(PAUSE);
  return { put, printed: printed(), waited };
}

async function waitForWait(
  worker: Program,
  observer: Observer,
  signal: AbortSignal,
): Promise<WorkerRun["waitedOn"]> {
  let found: WorkerRun["waitedOn"] = null;
  await waitUntil(
    async () => {
      found = (await look(observer)).find(({ waiting }) => waiting.length > 0) ?? null;
      return found !== null || worker.ended !== null;
    },
    PATIENCE.start,
    signal,
  );
  return found;
}

/** It has taken so many messages, and then come back for another. */
async function asksForMore(observer: Observer, messages: number): Promise<boolean> {
  const traces = await look(observer);
  const deliveries = traces.flatMap((trace) => trace.deliveries);
  return deliveries.length >= messages && deliveries.every(({ doneAt }) => doneAt !== null);
}

async function look(observer: Observer): Promise<QueueTrace[]> {
  const seen = await observer.look();
  return replay(seen.events, seen);
}

/** The messages that stand in the lines, in the order of the lines. */
function find(lines: readonly string[], messages: readonly string[]): string[] {
  return lines.flatMap((line) => messages.filter((message) => line.includes(message)));
}

function until(isTrue: () => boolean, patience: number, signal: AbortSignal): Promise<void> {
  return waitUntil(() => Promise.resolve(isTrue()), patience, signal);
}
