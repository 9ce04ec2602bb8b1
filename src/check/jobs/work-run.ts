import { setTimeout as delay } from "node:timers/promises";
import { randomUUID } from "node:crypto";
import { type CommandEvent } from "../../redis/observe/event.js";
import { type ConnectNote, type Note, notesOf, type SleepNote } from "../python/notes.js";
import { type Ending, Program } from "../python/program.js";
import { findTraceback, type Traceback } from "../python/traceback.js";
import { type Delivery, type QueueTrace } from "../trace/queue-trace.js";
import { readMessage } from "../trace/describe-message.js";
import { ApiProgram, type Start } from "./api-program.js";
import { type RecordWrite, recordWrites, statusesOf, type StatusWrite } from "./records.js";
import { jobRange, type JobsRunOptions, programFor } from "./run-options.js";
import { RunRedis } from "./run-redis.js";
import { type StoredKey } from "./store.js";
import { jobIdOf, queuedBy, type Submission, submit } from "./submission.js";

/** What an API and one worker did in a private Redis. */
export interface WorkRun {
  api: Start;
  worker: WorkerState;
  /** The first one alone, then several while the worker was busy with the one before. */
  jobs: JobRun[];
  /** An id that has no record; null where it did not come so far. */
  unknown: UnknownRun | null;
  /** The Redis that each client asked for, while the course's variable named `host`. */
  connects: ConnectNote[];
  host: string;
}

interface WorkerState {
  /** Functions that were made workers. */
  decorated: string[];
  /** Where it waited for messages; null where it did not. */
  waitedOn: Pick<QueueTrace, "db" | "key"> | null;
  /** How it ended before it was told to; null where it lives. */
  ended: Ending | null;
  /** The last thing that it did in Redis was to ask for a message: it ended because none came. */
  endedIdle: boolean;
  traceback: Traceback | null;
  lines: string[];
}

export interface JobRun {
  submission: Submission;
  id: string | null;
  /** Where the job was queued. */
  queue: Pick<StoredKey, "db" | "key"> | null;
  /** What was written into its record, from the request on. */
  writes: RecordWrite[];
  statuses: StatusWrite[];
  /** Its record in the end. */
  after: StoredKey | null;
  /** How often it was taken, and its place in the order in which jobs were taken. */
  taken: number[];
  /** The worker's sleeps while it had this job. */
  sleeps: SleepNote[];
  /** When the worker came back for another message; null where it did not. */
  doneAt: number | null;
}

interface UnknownRun {
  id: string;
  /** It ended the worker, it went on with the next job, or neither. */
  outcome: "ended" | "went on" | "stuck";
  traceback: Traceback | null;
  /** What the worker printed about it. */
  lines: string[];
}

/** The course's variable, and a host that no student names. */
const VARIABLE = "REDIS_IP";
const HOST = "redis-of-this-check";

/** Milliseconds for the worker's first wait, for it to be done with a job (sleeps are shortened), and of idleness. */
const PATIENCE = { start: 10_000, job: 2500, idle: 250, pause: 15 };

/** Seconds of a sleep that counts as work: a shortened one takes some milliseconds, which the clocks tell apart. */
const SHORTEST = 0.5;

/** Jobs that are submitted at once, after the first. */
const MORE = 3;

/** Serves the student's API, runs the worker, and submits jobs. */
export async function runWork(options: JobsRunOptions & { worker: string }): Promise<WorkRun> {
  const { api: file, worker: workerFile, seed, signal, sandbox } = options;
  await using redis = await RunRedis.open();
  const more = { variables: { [VARIABLE]: HOST } };
  await using api = await ApiProgram.run(file, programFor(options, file, redis.port, more), signal);
  const submissions: Submission[] = [];
  const send = async (n: number): Promise<string | null> => {
    const submission = await submit(api, redis, { method: "POST", path: "/jobs", body: jobRange(seed, n) });
    submissions.push(submission);
    return jobIdOf(submission);
  };
  const first = api.start.up ? await send(1) : null;
  await using worker = new Program({
    ...programFor(options, workerFile, redis.port, more),
    command: [base(workerFile)],
  });
  const watched = new WatchedWorker(worker, redis, signal);
  const waitedOn = await watched.firstWait();
  await watched.untilDone(first, PATIENCE.job);
  let unknown: UnknownRun | null = null;
  if (await watched.isIdle(first)) {
    let last = first;
    for (let n = 2; n < 2 + MORE; n += 1) last = await send(n);
    await watched.untilDone(last, PATIENCE.job * MORE);
    await delay(PATIENCE.idle, undefined, { signal });
    const at = queueOf(submissions[0]);
    if (at && (await watched.isIdle(last))) unknown = await tryUnknown(watched, at, sandbox.folder);
  }

  const [events, queues, store] = [await redis.events(), await redis.queues(), await redis.store()];
  const order = queues.flatMap(({ deliveries }) => deliveries).sort((a, b) => a.order - b.order);
  const sleeps = notesOf(worker.notes, "sleep").filter(({ seconds }) => seconds >= SHORTEST);
  const began = events.find(({ name, args }) => isPop(name) && String(args[0]) === waitedOn?.key)?.time ?? 0;
  const jobs = submissions.map((submission): JobRun => {
    const id = jobIdOf(submission);
    const writes = id === null ? [] : recordWrites(events, id);
    const [delivery] = deliveriesOf(queues, id);
    const taken = deliveriesOf(queues, id).map((one) => order.indexOf(one));
    const doneAt = delivery?.doneAt ?? null;
    // A worker takes the next message in the moment in which it is done with the one before.
    const from = order[(taken[0] ?? 0) - 1]?.doneAt ?? began;
    return {
      ...{ submission, id, queue: queueOf(submission), writes, statuses: statusesOf(writes), taken, doneAt },
      after: store.find(({ db, key }) => key === writes[0]?.key && db === writes[0].db) ?? null,
      sleeps: sleeps.filter(({ time }) => time >= from && time < (doneAt ?? Infinity)),
    };
  });
  return {
    api: api.start,
    worker: {
      decorated: notesOf(worker.notes, "worker").map((note) => note.function),
      ...{ waitedOn, ended: worker.ended, lines: worker.lines },
      endedIdle: worker.ended !== null && endsAsking(worker.notes, events),
      traceback: findTraceback(worker.errors, sandbox.folder),
    },
    ...{ jobs, unknown, host: HOST },
    connects: [...notesOf(api.notes, "connect"), ...notesOf(worker.notes, "connect")],
  };
}

/** A worker that runs, and what Redis shows of it. */
class WatchedWorker {
  constructor(
    readonly program: Program,
    readonly redis: RunRedis,
    private readonly signal: AbortSignal,
  ) {}

  /** Where it took or waited for its first message; null where it did neither. */
  async firstWait(): Promise<WorkerState["waitedOn"]> {
    let found: QueueTrace | undefined;
    await this.until(async () => {
      found = (await this.redis.queues()).find(
        ({ waiting, deliveries }) => waiting.length > 0 || deliveries.length > 0,
      );
      return found !== undefined;
    }, PATIENCE.start);
    return found ? { db: found.db, key: found.key } : null;
  }

  /** Resolves when it is done with this message, or has ended, or its time is over. */
  untilDone(message: string | null, patience: number): Promise<void> {
    return this.until(() => this.isDone(message), patience);
  }

  async isDone(message: string | null): Promise<boolean> {
    return deliveriesOf(await this.redis.queues(), message).some(({ doneAt }) => doneAt !== null);
  }

  /** It is done with this message, and lives. */
  async isIdle(message: string | null): Promise<boolean> {
    return !this.program.ended && (await this.isDone(message));
  }

  private until(isTrue: () => Promise<boolean>, patience: number): Promise<void> {
    return waitUntil(async () => this.program.ended !== null || (await isTrue()), patience, this.signal);
  }
}

async function tryUnknown(
  watched: WatchedWorker,
  at: Pick<StoredKey, "db" | "key">,
  folder: string,
): Promise<UnknownRun> {
  const { program, redis } = watched;
  const id = randomUUID();
  const [lines, errors] = [program.lines.length, program.errors.length];
  await redis.put(at, id);
  await watched.untilDone(id, PATIENCE.job);
  const said = program.errors.slice(errors);
  return {
    id,
    outcome: program.ended ? "ended" : (await watched.isDone(id)) ? "went on" : "stuck",
    traceback: findTraceback(said, folder),
    lines: [...program.lines.slice(lines), ...said.split("\n")].filter(Boolean),
  };
}

/** What became of one job without the course's variable. */
export interface DefaultRun {
  api: Start;
  worker: Pick<WorkerState, "ended" | "traceback">;
  connects: ConnectNote[];
}

/** Does one job without the course's variable, and notes for which hosts the clients ask. */
export async function runWithoutVariable(options: JobsRunOptions & { worker: string }): Promise<DefaultRun> {
  const { api: file, worker: workerFile, seed, signal, sandbox } = options;
  await using redis = await RunRedis.open();
  await using worker = new Program({
    ...programFor(options, workerFile, redis.port),
    command: [base(workerFile)],
  });
  await using api = await ApiProgram.run(file, programFor(options, file, redis.port), signal);
  if (api.start.up) {
    const { exchange } = await submit(api, redis, { method: "POST", path: "/jobs", body: jobRange(seed, 1) });
    const isDone = async (): Promise<boolean> =>
      (await redis.queues()).some(({ deliveries }) => deliveries.some(({ doneAt }) => doneAt !== null));
    if (exchange.status !== null)
      await waitUntil(async () => worker.ended !== null || (await isDone()), PATIENCE.job, signal);
  }
  return {
    api: api.start,
    worker: { ended: worker.ended, traceback: findTraceback(worker.errors, sandbox.folder) },
    connects: [...notesOf(api.notes, "connect"), ...notesOf(worker.notes, "connect")],
  };
}

function queueOf(submission: Submission | undefined): Pick<StoredKey, "db" | "key"> | null {
  if (!submission) return null;
  const pushed = submission.events.find(({ name }) => name === "RPUSH" || name === "LPUSH");
  const [queued] = queuedBy(submission);
  if (queued) return queued.at;
  // A worker that waited has taken it already.
  return pushed ? { db: pushed.db ?? 0, key: String(pushed.args[0]) } : null;
}

function deliveriesOf(queues: readonly QueueTrace[], id: string | null): Delivery[] {
  return queues.flatMap(({ deliveries }) =>
    deliveries.filter(({ put, position }) => {
      const bytes = put?.messages[position];
      const reading = bytes && readMessage(bytes);
      return reading?.form === "pickle" && reading.value === id;
    }),
  );
}

function endsAsking(notes: readonly Note[], events: readonly CommandEvent[]): boolean {
  const own = new Set(notesOf(notes, "connected").map(({ address }) => address));
  return isPop(events.findLast(({ client }) => own.has(client))?.name ?? "");
}

function isPop(name: string): boolean {
  return name === "BLPOP" || name === "LPOP";
}

function base(file: string): string {
  return file.slice(file.lastIndexOf("/") + 1);
}

async function waitUntil(
  isTrue: () => Promise<boolean>,
  patience: number,
  signal: AbortSignal,
): Promise<void> {
  const deadline = performance.now() + patience;
  while (!(await isTrue()) && performance.now() < deadline)
    await delay(PATIENCE.pause, undefined, { signal });
}
