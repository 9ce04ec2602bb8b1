import { notesOf, type RefusedNote, type SleepNote } from "../../lab/program/program-notes.js";
import { type AloneRun, runAlone } from "./alone-run.js";
import { type Exchange } from "../../lab/http/exchange.js";
import { ApiProgram, type Start } from "./api-program.js";
import { type DataRun, runData } from "./data-run.js";
import {
  type Ask,
  askBoth,
  askEarly,
  type EarlyAnswers,
  type JobAnswers,
  noteStatus,
} from "./job-answers.js";
import { findLateResult, type LateResult } from "./late-result.js";
import { recordWrites, statusesOf } from "./records.js";
import { firstAccepted, listJobBodies, listOtherBodies } from "./job-body.js";
import { type JobsRunOptions, programFor, smallRange } from "./run-options.js";
import { RunRedis } from "../../lab/private-redis/run-redis.js";
import { runSharing, type SharingRun } from "./sharing-run.js";
import { jobIdOf, type Submission, submit } from "./submission.js";
import { waitUntil } from "../../lab/wait-until.js";
import { addressesOf, deliveriesOf, WatchedWorker, type WorkerState } from "./watched-worker.js";

/** What a whole jobs API did: run by tq, or, from outside, wherever it runs. */
export interface SystemRun extends EarlyAnswers {
  start: Start;
  data: DataRun;
  /** The body that was sent. */
  body: unknown;
  submission: Submission;
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
  /** The result was saved after the last status; null from outside, too. */
  lateResult: LateResult | null;
  /** One worker against three; null from outside, and where the first job was not done. */
  sharing: SharingRun | null;
  /** The last of the other jobs, and the first, each done by a system that did no other; null where not all had one result. */
  alone: readonly (AloneRun | null)[] | null;
  /** What the programs wanted to touch and were not let. */
  refused: RefusedNote[];
}

/** Milliseconds for a job while sleeps are shortened. */
const PATIENCE = 4000;

/** Milliseconds: an API that takes longer to answer is not asked for twelve jobs more. */
const QUICK = 3000;

/** Seconds that each job takes at least: it is seen while it is in work, and a busy machine does not hide who shares. */
const WORK = 0.15;

/** Seconds of processor time for one line: real data are loaded, and real work is done. */
const COMPUTES = 3.5;

/** Runs API and workers. `given` is the body of a job, where the API wants another than start and end. */
export async function runSystem(
  options: JobsRunOptions & { worker: string },
  given: unknown,
): Promise<SystemRun> {
  const { api: file, worker: workerFile, seed, signal } = options;
  await using redis = await RunRedis.open("the whole system", options);
  const programOn = (program: string, port: number) =>
    programFor(options, program, port, { computes: COMPUTES, ...(program === workerFile && { work: WORK }) });
  const serve = () => ApiProgram.run(file, programOn(file, redis.port), signal);
  const begin = async () => {
    await using api = await serve();
    const send: Ask = (request) => api.ask(request);
    if (!api.start.up) return { start: api.start, refused: notesOf(api.notes, "refused"), asked: null };
    const data = await runData(send);
    const bodies = await listJobBodies(given, { range: smallRange(seed), records: data.records, send });
    const { body, submission } = await firstAccepted(bodies, (one) => submit(api, redis, one));
    const otherBodies = given === undefined ? listOtherBodies(bodies, body) : [];
    const asked = { data, body, submission, otherBodies, ...(await askEarly(send, jobIdOf(submission))) };
    return { start: api.start, refused: notesOf(api.notes, "refused"), asked };
  };
  const { start, asked, refused } = await begin();
  if (!asked) return { ...NOTHING, start, refused };
  const { id, body, otherBodies, ...first } = asked;

  await using api = await serve();
  const send: Ask = (request) => api.ask(request);
  const status = api.start.up && id !== null ? await api.ask({ method: "GET", path: `/jobs/${id}` }) : null;
  const found = { ...first, id, body, start, restarted: { start: api.start, status } };
  const program = { ...programOn(workerFile, redis.port), file: workerFile };
  await using worker = WatchedWorker.start(program, redis, signal);
  const [message = null] = await redis.messages();
  const statuses: string[] = [];
  const done = waitUntil(
    async () => {
      noteStatus(statuses, id === null ? null : await send({ method: "GET", path: `/jobs/${id}` }));
      return worker.program.ended !== null || (message !== null && (await worker.isDone(message)));
    },
    PATIENCE,
    signal,
  );
  await done;
  const isDone = message !== null && (await worker.isDone(message));
  const late = { ...(await askBoth(send, id)), done: isDone };
  const lateResult = id === null || !isDone ? null : await lookForLateResult(send, redis, id, worker);
  const doneEarly =
    id === null || message === null ? null : await findEarlyEnd(worker, redis, { id, message });
  noteStatus(statuses, late.status);
  const { durationMs, slept } = asked.submission.exchange;
  const isQuick = durationMs + slept * 1000 < QUICK;
  const sharing =
    isDone && isQuick && !worker.program.ended
      ? await runSharing({ send, body, otherBodies, id, worker, program, redis, signal })
      : null;
  const last = sharing?.others?.allTheSame ? sharing.others.others.at(-1) : undefined;
  const alone = last ? await runAlone([last.body, body], { ...options, programOn }) : null;
  return {
    ...found,
    worker: await worker.describe(),
    statuses,
    late,
    doneEarly,
    lateResult,
    sharing,
    alone,
    refused: [...refused, ...notesOf(worker.program.notes, "refused")],
  };
}

/** What the API reads to give the result out tells where that is. */
async function lookForLateResult(
  send: Ask,
  redis: RunRedis,
  id: string,
  { program }: WatchedWorker,
): Promise<LateResult | null> {
  const events = await redis.events();
  await send({ method: "GET", path: `/jobs/${id}/results` });
  return findLateResult(events, (await redis.events()).slice(events.length), id, addressesOf(program.notes));
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

const UNASKED: Exchange = {
  request: "",
  status: null,
  problem: "not asked",
  text: "",
  json: undefined,
  durationMs: 0,
  slept: 0,
  traceback: null,
};

/** Of a system that did not come up. */
export const NOTHING: Omit<SystemRun, "start"> = {
  data: { load: UNASKED, list: UNASKED, records: null, one: null, tried: [], search: null, unknown: UNASKED },
  body: null,
  submission: { exchange: UNASKED, changed: [], events: [] },
  id: null,
  early: { status: UNASKED, results: UNASKED },
  list: UNASKED,
  unknown: { status: UNASKED, results: UNASKED },
  restarted: null,
  worker: null,
  statuses: [],
  late: { status: UNASKED, results: UNASKED, done: false },
  doneEarly: null,
  lateResult: null,
  sharing: null,
  alone: null,
  refused: [],
};
