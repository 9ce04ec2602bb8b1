import { describeStuck, explainLimit } from "../../../src/course/authoring.js";
import { type SystemRun } from "../../../src/subjects/jobs/probe.js";

/** Why a job was not done. */
export function explainUndone(
  { worker }: SystemRun,
  outside: boolean,
): { cause: string; next: string; mistake: string } {
  if (outside || !worker) {
    return {
      cause: "no worker runs, or it waits on another queue than the API uses",
      next: "docker compose ps   and   docker compose logs worker",
      mistake: "not-done",
    };
  }
  const limited = explainLimit(worker.ended?.limit ?? null);
  if (limited) return limited;
  if (worker.ended) {
    return {
      cause: "the worker ended without taking it",
      next: "call the function that @q.worker decorates, at the end of the file",
      mistake: "worker-ended",
    };
  }
  if (worker.stuck) {
    return {
      cause: describeStuck(worker.stuck),
      next: "let execute_job come to its end with each job, and the worker begin with its call",
      mistake: "not-done",
    };
  }
  return {
    cause: worker.waitedOn
      ? `the worker waits on ${worker.waitedOn.key} in database ${worker.waitedOn.db}, or does not come to an end with the job`
      : "the worker does not ask Redis for a job",
    next: "make the queue object once, in jobs.py, and import it in the worker",
    mistake: "not-done",
  };
}
