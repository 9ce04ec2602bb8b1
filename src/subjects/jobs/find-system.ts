import { isFailedWord } from "./status-answers.js";
import { type SystemRun } from "./run-result.js";
import { runSystem, type SystemRunOptions } from "./system-run.js";

/** So many more jobs are tried, each with a system of its own, where the worker could make nothing of the first. */
const MORE = 2;

/** Runs the system with the first job that comes to something; where none does, with the first of all. */
export async function findSystem(options: Omit<SystemRunOptions, "skip">): Promise<SystemRun> {
  const first = await runSystem({ ...options, skip: 0 });
  let last = first;
  for (let skip = 1; skip <= MORE; skip += 1) {
    if (!cameToNothing(last) || last.job?.by !== "found" || last.job.others.length === 0) break;
    options.report("the job came to nothing: trying another");
    const again = await runSystem({ ...options, skip });
    if (!again.job?.isTaken || again.job.tried.length <= last.job.tried.length) break;
    if (!cameToNothing(again)) return again;
    // What fails in the same line is not about the values.
    if (placeOf(again) === placeOf(last)) break;
    last = again;
  }
  return first;
}

function cameToNothing({ job, worker, late, written, statuses }: SystemRun): boolean {
  if (!job?.isTaken || !worker) return false;
  return worker.traceback !== null || !late.done || isFailedWord(written.at(-1) ?? statuses.at(-1) ?? "");
}

function placeOf({ worker }: SystemRun): string {
  return JSON.stringify(worker?.traceback ?? worker?.lines.slice(-2) ?? null);
}
