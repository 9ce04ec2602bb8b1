import { type Exchange } from "../../lab/http/exchange.js";
import { ApiProgram } from "./api-program.js";
import { isFine, runData } from "./data-run.js";
import { type Ask } from "./job-answers.js";
import { type JobsProgram, type JobsRunOptions } from "./run-options.js";
import { RunRedis } from "../../lab/private-redis/run-redis.js";
import { namedId } from "./submission.js";
import { waitUntil } from "../../lab/wait-until.js";
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
}

/** Milliseconds for the job. */
const PATIENCE = 4000;

/** Runs the whole system anew for each of the jobs: what it comes to where no other was done before; null where it is not done. */
export function runAlone(bodies: readonly unknown[], options: AloneOptions): Promise<(AloneRun | null)[]> {
  return Promise.all(bodies.map((body) => runOne(body, options)));
}

async function runOne(body: unknown, options: AloneOptions): Promise<AloneRun | null> {
  const { api: file, worker: workerFile, programOn, signal } = options;
  await using redis = await RunRedis.open("one job by itself", options);
  await using api = await ApiProgram.run(file, programOn(file, redis.port), signal);
  if (!api.start.up) return null;
  const send: Ask = (request) => api.ask(request);
  await runData(send);
  const exchange = await send({ method: "POST", path: "/jobs", body });
  const id = namedId(exchange);
  const [message] = await redis.messages();
  if (!isFine(exchange) || id === null || message === undefined) return null;
  const program = { ...programOn(workerFile, redis.port), file: workerFile };
  await using worker = WatchedWorker.start(program, redis, signal);
  await waitUntil(
    async () => worker.program.ended !== null || (await worker.isDone(message)),
    PATIENCE,
    signal,
  );
  if (!(await worker.isDone(message))) return null;
  return { id, results: await send({ method: "GET", path: `/jobs/${id}/results` }) };
}
