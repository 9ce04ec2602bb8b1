import {
  explainLimit,
  describeStuck,
  explainTraceback,
  type Judgement,
  notYet,
  passed,
  type Place,
} from "../../../src/course/authoring.js";
import { explainStart, type JobRun, type WorkRun } from "../../../src/subjects/jobs/probe.js";
import { type Project } from "../../../src/subjects/python-code/probe.js";

/** 6.1: the worker takes the job. */
export function judgeTaken(run: WorkRun | null, { api, worker, findings }: Project, place: Place): Judgement {
  const facts = { expected: "the worker takes a job that POST /jobs has queued", probe: place.again("6.1") };
  if (!run || !api || !worker) {
    const missing = api ? "a worker" : "a Flask or FastAPI application";
    return notYet({
      ...facts,
      observed: `no Python file in ${place.folder} has ${missing}`,
      mistake: api ? "no-worker" : "no-api",
      next: `lay out the starter: ${place.tq("exercise 6 --start")}`,
    });
  }
  const problem = explainStart(run.api, api.file, findings);
  if (problem) return notYet({ ...facts, ...problem });
  const [job] = run.jobs;
  if (!job) throw new Error("an API that came up was sent no request");
  if (!job.queue || job.id === null) {
    const { request, status, text } = job.submission.exchange;
    return notYet({
      ...facts,
      mistake: "not-submitted",
      observed: `${request} was answered ${status ?? "by nothing"}: ${text.trim()}; no job was queued`,
      cause: "the request does not save and queue a job",
      next: `that is exercise 5: ${place.again("5.1")}`,
    });
  }
  if (job.taken.length > 0)
    return passed(`job ${job.id} was taken from ${job.queue.key} in database ${job.queue.db}`);
  return notYet({ ...facts, ...explainNotTaken(run, job, { file: worker.file, findings }) });
}

function explainNotTaken(
  { worker }: WorkRun,
  { queue }: JobRun,
  { file, findings }: { file: string; findings: Project["findings"] },
): { observed: string; cause: string; next: string; mistake: string } {
  const { traceback, ended, decorated, waitedOn, stuck } = worker;
  const missing = "no function has the decorator @q.worker: execute_job is called as a plain function";
  const decorate = {
    cause: missing,
    next: "write @q.worker on the line above def execute_job(jid):",
    mistake: "worker-not-decorated",
  };
  const limited = explainLimit(ended?.limit ?? null);
  if (limited) return { observed: `python ${file} was ended before it took a job`, ...limited };
  if (ended && traceback) {
    const observed = `python ${file} ended with an error: ${traceback.error}`;
    const isPlain = decorated.length === 0 && /missing 1 required positional argument/.test(traceback.error);
    return isPlain ? { observed, ...decorate } : { observed, ...explainTraceback(traceback, findings) };
  }
  if (ended) {
    const observed = `python ${file} ended at once, without waiting for a job`;
    return decorated.length === 0
      ? { observed, ...decorate }
      : {
          observed,
          cause: `the worker ${decorated.join(", ")} is never called: the decorator alone starts nothing`,
          next: `call it at the end of ${file}: ${decorated[0] ?? "execute_job"}()`,
          mistake: "worker-not-started",
        };
  }
  if (queue && waitedOn && (waitedOn.key !== queue.key || waitedOn.db !== queue.db)) {
    return {
      observed: `the worker waits on ${waitedOn.key} in database ${waitedOn.db}; the job is on ${queue.key} in database ${queue.db}`,
      cause: "worker and API have queue objects that differ in name or db",
      next: "make q once, in jobs.py, and import it in worker.py: from jobs import q",
      mistake: "queue-differs",
    };
  }
  return {
    observed: `python ${file} runs, and does not ask Redis for a job`,
    cause: stuck
      ? describeStuck(stuck)
      : "it does something else before it calls the worker, or waits for something else",
    next: `let ${file} define execute_job, and call it at the end`,
    mistake: "worker-busy-elsewhere",
  };
}
