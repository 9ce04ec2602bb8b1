import { type Exchange, type Request } from "../../lab/http/exchange.js";
import { ApiProgram } from "./api-program.js";
import { type JobsProgram, type JobsRunOptions } from "./run-options.js";
import { jobIdOf } from "./job-id.js";
import { type JobRoute } from "./job-routes.js";
import { RunRedis } from "../../lab/private-redis/run-redis.js";
import { submit } from "./submission.js";
import { isFine } from "./system.js";
import { WatchedWorker } from "./watched-worker.js";

/** A job that was the first of its system. */
export interface AloneRun {
  id: string;
  results: Exchange;
}

export interface AloneOptions extends JobsRunOptions {
  worker: string;
  /** How a file of the student's is run against the Redis on this port. */
  programOn: (file: string, redisPort: number) => JobsProgram;
  /** The requests that load the data. */
  loads: readonly Request[];
  result: JobRoute;
}

/** Milliseconds for the job. */
const PATIENCE = 4000;

/** Runs the whole system anew for each of the jobs: what it comes to where no other was done before; null where it is not done. */
export function runAlone(requests: readonly Request[], options: AloneOptions): Promise<(AloneRun | null)[]> {
  return Promise.all(requests.map((request) => runOne(request, options)));
}

async function runOne(request: Request, options: AloneOptions): Promise<AloneRun | null> {
  const { api: file, worker: workerFile, programOn, loads, result, signal } = options;
  await using redis = await RunRedis.open("one job by itself", options);
  await using api = await ApiProgram.run(file, programOn(file, redis.port), signal);
  if (!api.start.up) return null;
  for (const load of loads) await api.ask(load);
  const known = new Set(await redis.messages());
  const submission = await submit(api, redis, request);
  const id = jobIdOf(submission);
  const message = (await redis.messages()).find((one) => !known.has(one));
  if (!isFine(submission.exchange) || id === null || message === undefined) return null;
  const program = { ...programOn(workerFile, redis.port), file: workerFile };
  await using worker = WatchedWorker.start(program, redis, signal);
  await worker.untilDone([message], PATIENCE);
  if (!(await worker.isDone([message]))) return null;
  return { id, results: await api.ask(result.request(id)) };
}
