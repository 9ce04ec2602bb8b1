import { notesOf, type RefusedNote, type SleepNote } from "../../lab/program/program-notes.js";
import { type SystemFile } from "../../lab/system-file/system-file.js";
import { runAlone } from "./alone-run.js";
import { ApiProgram, type Start } from "./api-program.js";
import { type DataRun, runData } from "./data-run.js";
import { jobIdOf } from "./job-id.js";
import { answersOf, askedOf, findResult, type JobView, noteStatus, viewJob } from "./job-view.js";
import { findLateResult, type LateResult } from "./late-result.js";
import { recordWrites, statusesOf } from "./records.js";
import { resultReads } from "./result-places.js";
import { nameOf } from "./routes/route.js";
import { type JobRoute } from "./job-routes.js";
import { type JobsProgram, type JobsRunOptions, programFor, smallRange } from "./run-options.js";
import { NOTHING, type SystemRun } from "./run-result.js";
import { RunRedis } from "../../lab/private-redis/run-redis.js";
import { runSharing } from "./sharing-run.js";
import { submit } from "./submission.js";
import { type JobSent, submitJob } from "./submit-job.js";
import { type Ask, describeSystem, isFine, type System } from "./system.js";
import { addressesOf, deliveriesOf, WatchedWorker } from "./watched-worker.js";

export interface SystemRunOptions extends JobsRunOptions {
  worker: string;
  /** The body of a job, where it was given. */
  given: unknown;
  file: SystemFile | null;
  report: (line: string) => void;
  /** So many jobs that were taken are passed over. */
  skip: number;
  /** Something of one job may still be there in the next, as the code looks. */
  mayCarry: boolean;
}

/** Milliseconds for a job, from the start of its worker, while sleeps are shortened. */
const PATIENCE = 6000;

/** Milliseconds: an API that takes longer to answer is not asked for twelve jobs more. */
const QUICK = 3000;

/** Seconds that each job takes at least: it is seen while it is in work, and a busy machine does not hide who shares. */
const WORK = 0.15;

/** Seconds of processor time for one line: real data are loaded, and real work is done. */
const COMPUTES = 3.5;

type ProgramOn = (file: string, redisPort: number) => JobsProgram;

/** Runs API and workers. */
export async function runSystem(options: SystemRunOptions): Promise<SystemRun> {
  const { api: file, worker: workerFile, signal, report } = options;
  await using redis = await RunRedis.open("the whole system", options);
  const programOn: ProgramOn = (program, port) =>
    programFor(options, program, port, { computes: COMPUTES, ...(program === workerFile && { work: WORK }) });
  const { start, refused, begun } = await begin(options, redis, programOn);
  if (!begun) return { ...NOTHING, start, refused };
  const { system, data, job, id, view } = begun;

  report("starting the API again");
  await using api = await ApiProgram.run(file, programOn(file, redis.port), signal);
  const send: Ask = (request) => api.ask(request);
  const askStatus = async () => (view?.status ? send(view.status.request(view.id)) : null);
  const status = api.start.up ? await askStatus() : null;
  const isKept =
    id !== null && (await redis.store()).some(({ key, fields }) => key.includes(id) || id in (fields ?? {}));
  const program = { ...programOn(workerFile, redis.port), file: workerFile };
  report("starting a worker");
  await using worker = WatchedWorker.start(program, redis, signal);
  const { message } = job;
  const statuses: string[] = [];
  const wordsNow = async () =>
    id === null ? [] : statusesOf(recordWrites(await redis.events(), id)).map((one) => one.status);
  await worker.untilDone([message], PATIENCE, async () => {
    noteStatus(statuses, await askStatus(), { id, words: await wordsNow() });
  });
  const done = message !== null && (await worker.isDone([message]));
  const events = await redis.events();
  const record = id === null ? [] : recordWrites(events, id);
  const words = statusesOf(record).map((one) => one.status);
  const isOfResult = resultReads(events, addressesOf(worker.program.notes), record);
  const found = view && (await findResult(view, send, { events: () => redis.events(), isOfResult }));
  const result = found?.result ?? null;
  const late = { ...answersOf(found?.late ?? new Map(), view?.status ?? null, result), done };
  noteStatus(statuses, late.status, { id, words });
  const lateResult =
    !done || id === null || !result ? null : await lookForLateResult(send, redis, { id, result }, worker);
  const doneEarly =
    id === null || message === null ? null : await findEarlyEnd(worker, redis, { id, message });
  const { durationMs, slept } = job.submission.exchange;
  const isQuick = durationMs + slept * 1000 < QUICK;
  report("one worker against three");
  const sharing =
    done && isQuick && !worker.program.ended
      ? await runSharing({ send, job, id, result, worker, program, redis, signal })
      : null;
  const isTold = sharing?.others?.allTheSame === true || options.mayCarry;
  const last = isTold ? sharing?.others?.others.at(-1) : undefined;
  const again = sharing?.carried ? [job.request, job.request] : last ? [last.request, job.request] : null;
  const loads = data.loads.filter(({ exchange }) => isFine(exchange)).map(({ request }) => request);
  const alone = again && result ? await runAlone(again, { ...options, programOn, loads, result }) : null;
  return {
    start,
    routes: system.isKnown ? system.routes.map(nameOf) : null,
    isCourse:
      !system.isKnown ||
      system.routes.some(({ method, path }) => method === "GET" && /^\/jobs\/\{\w+\}\/results$/.test(path)),
    data,
    job,
    id,
    statusAsked: askedOf(view?.status ?? null, view?.routes.status),
    resultAsked: askedOf(result, view?.routes.result),
    early: view ? answersOf(view.early, view.status, result) : NOTHING.early,
    unknown: view
      ? answersOf(view.unknown, view.status?.isList ? null : view.status, result?.isList ? null : result)
      : NOTHING.unknown,
    list: view?.list ?? null,
    restarted: { start: api.start, status, isKept },
    worker: await worker.describe(),
    statuses,
    written: words,
    late,
    kept: notesOf(worker.program.notes, "wrote"),
    looked: (found?.reads ?? []).map(({ db, args }) => ({ db: db ?? 0, key: String(args[0]) })),
    doneEarly,
    lateResult,
    sharing,
    alone,
    refused: [...refused, ...notesOf(worker.program.notes, "refused")],
  };
}

interface Begun {
  system: System;
  data: DataRun;
  job: JobSent;
  id: string | null;
  view: JobView | null;
}

/** Serves the API for the first time: loads the data, submits a job, and asks for it while no worker runs. */
async function begin(
  options: SystemRunOptions,
  redis: RunRedis,
  programOn: ProgramOn,
): Promise<{ start: Start; refused: RefusedNote[]; begun: Begun | null }> {
  const { api: file, given, seed, signal, report, skip } = options;
  report("starting the API");
  await using api = await ApiProgram.run(file, { ...programOn(file, redis.port), routes: true }, signal);
  const refused = () => notesOf(api.notes, "refused");
  if (!api.start.up) return { start: api.start, refused: refused(), begun: null };
  const [table] = notesOf(api.notes, "routes");
  const system = describeSystem(table?.routes ?? null, {
    send: (request) => api.ask(request),
    told: options.file,
    range: smallRange(seed),
    report,
  });
  const data = await runData(system);
  const job = await submitJob({
    system,
    given,
    records: data.raw.length > 0 ? data.raw : (table?.records ?? []),
    submit: (request) => submit(api, redis, request),
    messages: () => redis.messages(),
    skip,
  });
  const id = jobIdOf(job.submission);
  const words =
    id === null ? [] : statusesOf(recordWrites(await redis.events(), id)).map(({ status }) => status);
  const view = id === null ? null : await viewJob(system, id, { ofData: data.routes, words });
  return { start: api.start, refused: refused(), begun: { system, data, job, id, view } };
}

/** What the API reads to give the result out tells where that is. */
async function lookForLateResult(
  send: Ask,
  redis: RunRedis,
  { id, result }: { id: string; result: JobRoute },
  { program }: WatchedWorker,
): Promise<LateResult | null> {
  const events = await redis.events();
  await send(result.request(id));
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
