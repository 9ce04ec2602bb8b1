import { type ConnectNote, notesOf } from "../../lab/program/program-notes.js";
import { ApiProgram, type Start } from "./api-program.js";
import { jobRange, type JobsRunOptions, programFor } from "./run-options.js";
import { RunRedis } from "../../lab/private-redis/run-redis.js";
import { jobIdOf } from "./job-id.js";
import { submit } from "./submission.js";
import { WatchedWorker, type WorkerState } from "./watched-worker.js";

/** What became of one job without the course's variable. */
export interface DefaultRun {
  api: Start;
  worker: WorkerState;
  /** The hosts that the clients asked for. */
  connects: ConnectNote[];
}

/** Milliseconds for the job. */
const PATIENCE = 2500;

/** Does one job without the course's variable. */
export async function runWithoutVariable(options: JobsRunOptions & { worker: string }): Promise<DefaultRun> {
  const { api: file, worker: workerFile, seed, signal } = options;
  await using redis = await RunRedis.open("API and worker, REDIS_IP not set", options);
  const none = { variables: {} };
  const program = { ...programFor(options, workerFile, redis.port, none), file: workerFile };
  await using worker = WatchedWorker.start(program, redis, signal);
  await using api = await ApiProgram.run(file, programFor(options, file, redis.port, none), signal);
  if (api.start.up) {
    const request = { method: "POST", path: "/jobs", body: jobRange(seed, 1) } as const;
    await worker.untilDone([jobIdOf(await submit(api, redis, request))], PATIENCE);
  }
  return {
    api: api.start,
    worker: await worker.describe(),
    connects: [...notesOf(api.notes, "connect"), ...notesOf(worker.program.notes, "connect")],
  };
}
