import { randomUUID } from "node:crypto";
import { type ConnectNote, notesOf, type SleepNote } from "../../lab/program/program-notes.js";
import { findTraceback, type Traceback } from "../../lab/python/traceback.js";
import { ApiProgram, type Start } from "./api-program.js";
import { type RecordWrite, recordWrites, statusesOf, type StatusWrite } from "./records.js";
import { jobRange, type JobsRunOptions, programFor } from "./run-options.js";
import { type CommandEvent } from "../../redis/observe/event.js";
import { messageLike } from "../../lab/private-redis/message-text.js";
import { RunRedis } from "../../lab/private-redis/run-redis.js";
import { type StoredKey } from "../../lab/private-redis/store.js";
import { jobIdOf } from "./job-id.js";
import { queuedBy, type Submission, submit } from "./submission.js";
import { deliveriesOf, isPop, WatchedWorker, type WorkerState } from "./watched-worker.js";

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
  /** Other records whose key names it, too. */
  otherKeys: Pick<StoredKey, "db" | "key">[];
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

/** Milliseconds for the worker to be done with a job (sleeps are shortened). */
const PATIENCE = 2500;

/** Jobs that are submitted at once, after the first. */
const MORE = 3;

/** Serves the student's API, runs the worker, and submits jobs. */
export async function runWork(options: JobsRunOptions & { worker: string }): Promise<WorkRun> {
  const { api: file, worker: workerFile, seed, signal, sandbox } = options;
  await using redis = await RunRedis.open("API and worker, REDIS_IP set", options);
  const more = { variables: { [VARIABLE]: HOST } };
  await using api = await ApiProgram.run(file, programFor(options, file, redis.port, more), signal);
  const submissions: Submission[] = [];
  const send = async (n: number): Promise<string | null> => {
    const submission = await submit(api, redis, { method: "POST", path: "/jobs", body: jobRange(seed, n) });
    submissions.push(submission);
    return jobIdOf(submission);
  };
  const first = api.start.up ? await send(1) : null;
  const program = { ...programFor(options, workerFile, redis.port, more), file: workerFile };
  await using worker = WatchedWorker.start(program, redis, signal);
  // Without a job there is nothing to wait for, and nothing of the worker that could be judged.
  if (first !== null) {
    await worker.firstWait();
    await worker.untilDone([first], PATIENCE);
  }
  let unknown: UnknownRun | null = null;
  if (await worker.isIdle([first])) {
    // On a busy machine it could be done with one before there is another, and so have no choice.
    const more = await redis.whileNothingIsTaken(async () => {
      const ids: (string | null)[] = [];
      for (let n = 2; n < 2 + MORE; n += 1) ids.push(await send(n));
      return ids;
    });
    await worker.untilDone(more, PATIENCE * MORE);
    await worker.quiet();
    await worker.afterEmpty();
    const push = pushOf(submissions[0]);
    if (push && first !== null && (await worker.isIdle(more)))
      unknown = await tryUnknown(worker, { push, first }, { redis, folder: sandbox.folder });
  }

  const [events, queues, store] = [await redis.events(), await redis.queues(), await redis.store()];
  const order = queues.flatMap(({ deliveries }) => deliveries).sort((a, b) => a.order - b.order);
  const state = await worker.describe();
  const { notes } = worker.program;
  const sleeps = worker.sleeps;
  const began =
    events.find(({ name, args }) => isPop(name) && String(args[0]) === state.waitedOn?.key)?.time ?? 0;
  const jobs = submissions.map((submission): JobRun => {
    const id = jobIdOf(submission);
    const writes = id === null ? [] : recordWrites(events, id);
    const [delivery] = deliveriesOf(queues, id);
    const taken = deliveriesOf(queues, id).map((one) => order.indexOf(one));
    const doneAt = delivery?.doneAt ?? null;
    // A worker takes the next message in the moment in which it is done with the one before.
    const from = order[(taken[0] ?? 0) - 1]?.doneAt ?? began;
    return {
      submission,
      id,
      queue: queueOf(submission),
      writes,
      statuses: statusesOf(writes),
      taken,
      doneAt,
      after: store.find((one) => isAt(one, writes[0])) ?? null,
      otherKeys: store.filter(
        (one) => one.fields !== null && id !== null && one.key.includes(id) && !isAt(one, writes[0]),
      ),
      sleeps: sleeps.filter(({ time }) => time >= from && time < (doneAt ?? Infinity)),
    };
  });
  return {
    api: api.start,
    worker: state,
    jobs,
    unknown,
    host: HOST,
    connects: [...notesOf(api.notes, "connect"), ...notesOf(notes, "connect")],
  };
}

function isAt({ db, key }: StoredKey, at: RecordWrite | undefined): boolean {
  return key === at?.key && db === at.db;
}

async function tryUnknown(
  worker: WatchedWorker,
  { push, first }: { push: CommandEvent; first: string },
  { redis, folder }: { redis: RunRedis; folder: string },
): Promise<UnknownRun> {
  const { program } = worker;
  const id = randomUUID();
  const [lines, errors] = [program.lines.length, program.errors.length];
  // As the API puts its ids, which the worker can read.
  const [key, message = Buffer.alloc(0)] = push.args;
  await redis.put({ db: push.db ?? 0, key: String(key) }, messageLike(message, first, id), push.name);
  await worker.untilDone([id], PATIENCE);
  const said = program.errors.slice(errors);
  return {
    id,
    outcome: program.ended ? "ended" : (await worker.isDone([id])) ? "went on" : "stuck",
    traceback: findTraceback(said, folder),
    lines: [...program.lines.slice(lines), ...said.split("\n")].filter(Boolean),
  };
}

function queueOf(submission: Submission | undefined): Pick<StoredKey, "db" | "key"> | null {
  if (!submission) return null;
  const pushed = pushOf(submission);
  const [queued] = queuedBy(submission);
  if (queued) return queued.at;
  // A worker that waited has taken it already.
  return pushed ? { db: pushed.db ?? 0, key: String(pushed.args[0]) } : null;
}

function pushOf(submission: Submission | undefined): CommandEvent | undefined {
  return submission?.events.find(({ name }) => name === "RPUSH" || name === "LPUSH");
}
