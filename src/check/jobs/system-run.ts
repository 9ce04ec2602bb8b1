import { randomUUID } from "node:crypto";
import { notesOf, type RefusedNote, type SleepNote } from "../python/notes.js";
import { ApiProgram, ask, type Exchange, type Request, type Start } from "./api-program.js";
import { type DataRun, isFine, runData } from "./data-run.js";
import { recordWrites, statusesOf } from "./records.js";
import { listJobBodies } from "./job-body.js";
import { type JobsRunOptions, programFor, smallRange } from "./run-options.js";
import { RunRedis } from "./run-redis.js";
import { runSharing, type SharingRun } from "./sharing-run.js";
import { saysSomething, statusIn } from "./status-answers.js";
import { jobIdOf, type Submission, submit } from "./submission.js";
import { waitUntil } from "../wait-until.js";
import { deliveriesOf, WatchedWorker, type WorkerState } from "./watched-worker.js";

/** What a whole jobs API did: run by tq, or, from outside, wherever it runs. */
export interface SystemRun {
  start: Start;
  data: DataRun;
  /** The body that was sent. */
  body: unknown;
  submission: Submission;
  id: string | null;
  /** Asked right after it was submitted. */
  early: JobAnswers;
  /** GET /jobs. */
  list: Exchange;
  /** An id that no job has. */
  unknown: JobAnswers;
  /** The API was ended and started again while the job waited; null from outside. */
  restarted: { start: Start; status: Exchange | null } | null;
  /** A worker that was started when the job already waited; null from outside. */
  worker: WorkerState | null;
  /** The statuses that were seen, in order. */
  statuses: string[];
  /** Asked when the job was done, or when the time for it was over. */
  late: JobAnswers & { done: boolean };
  /** The last status was written before the work: a sleep of the student's that came after it. */
  doneEarly: SleepNote | null;
  /** One worker against three; null from outside, and where the first job was not done. */
  sharing: SharingRun | null;
  /** What the programs wanted to touch and were not let. */
  refused: RefusedNote[];
}

interface JobAnswers {
  status: Exchange;
  results: Exchange;
}

/** Milliseconds: for a job while sleeps are shortened; for one of a running system, whose sleeps are its own. */
const PATIENCE = { job: 4000, outside: 60_000 };

/** Milliseconds: an API that takes longer to answer is not asked for twelve jobs more. */
const QUICK = 3000;

/** Seconds that each job takes at least: it is seen while it is in work, and a busy machine does not hide who shares. */
const WORK = 0.3;

/** Seconds of processor time for one line: real data are loaded, and real work is done. */
const COMPUTES = 3.5;

type Ask = (request: Request) => Promise<Exchange>;

/** Runs API and workers. `given` is the body of a job, where the API wants another than start and end. */
export async function runSystem(
  options: JobsRunOptions & { worker: string },
  given: unknown,
): Promise<SystemRun> {
  const { api: file, worker: workerFile, seed, signal } = options;
  await using redis = await RunRedis.open("the whole system", options);
  const serve = () =>
    ApiProgram.run(file, programFor(options, file, redis.port, { computes: COMPUTES }), signal);
  const begin = async () => {
    await using api = await serve();
    const send: Ask = (request) => api.ask(request);
    if (!api.start.up) return { start: api.start, refused: notesOf(api.notes, "refused"), asked: null };
    const data = await runData(send);
    const bodies = await listJobBodies(given, { range: smallRange(seed), records: data.records, send });
    const { body, submission } = await firstAccepted(bodies, (one) => submit(api, redis, one));
    const asked = { data, body, submission, ...(await askEarly(send, jobIdOf(submission))) };
    return { start: api.start, refused: notesOf(api.notes, "refused"), asked };
  };
  const { start, asked, refused } = await begin();
  if (!asked) return { ...NOTHING, start, refused };
  const { id, body } = asked;

  await using api = await serve();
  const send: Ask = (request) => api.ask(request);
  const status = api.start.up && id !== null ? await api.ask({ method: "GET", path: `/jobs/${id}` }) : null;
  const found = { ...asked, start, restarted: { start: api.start, status } };
  const program = {
    ...programFor(options, workerFile, redis.port, { work: WORK, computes: COMPUTES }),
    file: workerFile,
  };
  await using worker = WatchedWorker.start(program, redis, signal);
  const [message = null] = await redis.messages();
  const statuses: string[] = [];
  const done = waitUntil(
    async () => {
      note(statuses, id === null ? null : await send({ method: "GET", path: `/jobs/${id}` }));
      return worker.program.ended !== null || (message !== null && (await worker.isDone(message)));
    },
    PATIENCE.job,
    signal,
  );
  await done;
  const isDone = message !== null && (await worker.isDone(message));
  const late = { ...(await askBoth(send, id)), done: isDone };
  const doneEarly =
    id === null || message === null ? null : await findEarlyEnd(worker, redis, { id, message });
  note(statuses, late.status);
  const { durationMs, slept } = asked.submission.exchange;
  const isQuick = durationMs + slept * 1000 < QUICK;
  const sharing =
    isDone && isQuick && !worker.program.ended
      ? await runSharing({ send, body, worker, program, redis, signal })
      : null;
  return {
    ...{ ...found, worker: await worker.describe(), statuses, late, doneEarly, sharing },
    refused: [...refused, ...notesOf(worker.program.notes, "refused")],
  };
}

/** Submits the first of the bodies that is taken; where none is, the first answer tells. */
async function firstAccepted(
  bodies: readonly unknown[],
  send: (request: Request) => Promise<Submission>,
): Promise<{ body: unknown; submission: Submission }> {
  let first: { body: unknown; submission: Submission } | undefined;
  for (const body of bodies) {
    const tried = { body, submission: await send({ method: "POST", path: "/jobs", body }) };
    if (isFine(tried.submission.exchange)) return tried;
    first ??= tried;
  }
  if (!first) throw new Error("there is no body to try");
  return first;
}

async function findEarlyEnd(
  worker: WatchedWorker,
  redis: RunRedis,
  { id, message }: { id: string; message: string },
): Promise<SleepNote | null> {
  const [, ...words] = statusesOf(recordWrites(await redis.events(), id));
  const last = words.at(-1);
  const doneAt = deliveriesOf(await redis.queues(), message)[0]?.doneAt;
  if (!last || !doneAt) return null;
  const within = worker.sleeps.filter(({ time }) => time < doneAt);
  return within.find(({ time }) => time >= last.time) ?? null;
}

/** Asks a system that runs somewhere. Nothing of it is started or stopped. */
export async function observeSystem(
  url: string,
  given: unknown,
  seed: string,
  signal: AbortSignal,
): Promise<SystemRun> {
  const send: Ask = (request) => ask(url, request);
  const first = await send({ method: "GET", path: "/jobs" });
  if (first.status === null) {
    return {
      ...NOTHING,
      start: {
        up: false,
        reason: "silent",
        stuck: null,
        code: null,
        limit: null,
        traceback: null,
        lines: [first.problem ?? ""],
      },
    };
  }
  const data = await runData(send);
  const bodies = await listJobBodies(given, { range: smallRange(seed), records: data.records, send });
  const { body, submission } = await firstAccepted(bodies, async (request) => ({
    ...{ exchange: await send(request), changed: [], events: [] },
  }));
  const early = await askEarly(send, jobIdOf(submission));
  const statuses: string[] = [];
  let done = false;
  let late = early.early;
  await waitUntil(
    async () => {
      late = await askBoth(send, early.id);
      note(statuses, late.status);
      done = late.results.status === 200 && saysSomething(late.results) && isLastStatus(statuses, late);
      return done || early.id === null;
    },
    PATIENCE.outside,
    signal,
    300,
  );
  return {
    ...{ ...NOTHING, start: { up: true, app: url }, data, body, submission, ...early, statuses },
    late: { ...late, done },
  };
}

/** It is another status than the first, or the only one there is: a job may be done before it is asked for. */
function isLastStatus(statuses: readonly string[], { results }: JobAnswers): boolean {
  return statuses.length > 1 || /complete|done|finish|success/i.test(statuses.at(-1) ?? results.text);
}

function note(statuses: string[], exchange: Exchange | null): void {
  const status = exchange && statusIn(exchange);
  if (status && statuses.at(-1) !== status) statuses.push(status);
}

async function askEarly(
  send: Ask,
  id: string | null,
): Promise<Pick<SystemRun, "id" | "early" | "list" | "unknown">> {
  const early = await askBoth(send, id);
  const list = await send({ method: "GET", path: "/jobs" });
  return { id, early, list, unknown: await askBoth(send, randomUUID()) };
}

async function askBoth(send: Ask, id: string | null): Promise<JobAnswers> {
  const status = await send({ method: "GET", path: `/jobs/${id ?? "none"}` });
  return { status, results: await send({ method: "GET", path: `/jobs/${id ?? "none"}/results` }) };
}

const UNASKED: Exchange = {
  ...{ request: "", status: null, problem: "not asked", text: "", json: undefined, durationMs: 0, slept: 0 },
  traceback: null,
};

/** Of a system that did not come up. */
const NOTHING: Omit<SystemRun, "start"> = {
  data: { load: UNASKED, list: UNASKED, records: null, one: null, tried: [], search: null, unknown: UNASKED },
  ...{ body: null, submission: { exchange: UNASKED, changed: [], events: [] }, id: null },
  ...{ early: { status: UNASKED, results: UNASKED }, list: UNASKED },
  ...{ unknown: { status: UNASKED, results: UNASKED }, restarted: null, worker: null, statuses: [] },
  ...{
    late: { status: UNASKED, results: UNASKED, done: false },
    doneEarly: null,
    sharing: null,
    refused: [],
  },
};
