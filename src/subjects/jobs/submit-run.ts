import { notesOf, type RefusedNote } from "../../lab/program/program-notes.js";
import { ApiProgram, type Start } from "./api-program.js";
import { jobRange, type JobsRunOptions, programFor } from "./run-options.js";
import { RunRedis } from "../../lab/private-redis/run-redis.js";
import { type Submission, submit } from "./submission.js";

/** What an API did in a private Redis, with requests and without a worker. */
export interface SubmitRun {
  start: Start;
  /** Two well-formed requests, both with the same values. */
  good: (Submission & { range: { start: number; end: number } })[];
  /** Requests that are to be refused, each with what is wrong with it. */
  bad: (Submission & { what: string })[];
  /** What it wanted to touch and was not let. */
  refused: RefusedNote[];
}

/** Serves the student's API, and sends it requests. */
export async function runSubmissions(options: JobsRunOptions): Promise<SubmitRun> {
  const { api: file, seed, signal } = options;
  await using redis = await RunRedis.open("requests without a worker", options);
  await using api = await ApiProgram.run(file, programFor(options, file, redis.port), signal);
  const run: SubmitRun = { start: api.start, good: [], bad: [], refused: [] };
  if (api.start.up) {
    const range = jobRange(seed, 1);
    for (let n = 1; n <= 2; n += 1) {
      const submission = await submit(api, redis, { method: "POST", path: "/jobs", body: range });
      run.good.push({ ...submission, range });
      // What is not answered once will not be answered again, and each takes its time.
      if (n === 1 && submission.exchange.status === null) break;
    }
    const { start, end } = jobRange(seed, 2);
    const bodies: [what: string, body: unknown][] = [
      ["is not JSON", "start and end"],
      ["lacks end", { start }],
      ["lacks start", { end }],
    ];
    for (const [what, body] of run.good.length === 2 ? bodies : []) {
      const submission = await submit(api, redis, { method: "POST", path: "/jobs", body });
      run.bad.push({ ...submission, what });
      if (submission.exchange.status === null) break;
    }
  }
  run.refused = notesOf(api.notes, "refused");
  return run;
}
