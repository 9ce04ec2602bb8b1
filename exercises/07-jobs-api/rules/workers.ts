import {
  explainLimit,
  describeStuck,
  explainTraceback,
  type Judgement,
  notYet,
  passed,
  type Place,
} from "../../../src/course/authoring.js";
import {
  hasFirstResult,
  isFine,
  saysSomething,
  statusIn,
  type SystemRun,
  takenOver,
} from "../../../src/subjects/jobs/probe.js";
import { placeOfStatus, type Project } from "../../../src/subjects/python-code/probe.js";
import { describe, explainError, isServerError } from "./words.js";

/** Three workers need a third of the time of one; what a busy machine adds is not the student's. */
const SHARE = 0.6;

/** A job takes three workers so much longer than one when they wait for each other. */
const WAIT = 1.5;

interface Options {
  place: Place;
  outside: boolean;
  project: Project | null;
}

/** 7.8: a worker does it, and the result can be read. */
export function judgeDone(run: SystemRun, { place, outside, project }: Options): Judgement {
  const { late, early, worker, statuses, id } = run;
  const facts = {
    expected: outside
      ? "the job is done, its status says so, and its result can be read"
      : "a job that was submitted while no worker ran is done when one starts, and its result can be read",
    probe: place.again("7.8"),
  };
  const seen = `job ${id ?? ""}: ${statuses.map((status) => `"${status}"`).join(", then ") || "no status"}`;
  if (worker?.traceback && (worker.ended || !late.done)) {
    return notYet({
      ...facts,
      observed: `${seen}; the worker ended: ${worker.traceback.error}`,
      ...explainTraceback(worker.traceback),
    });
  }
  if (!late.done && !isThereAllTheSame(run)) {
    return notYet({
      ...facts,
      observed: `${seen}; ${describe(late.results)}`,
      ...explainUndone(run, outside),
    });
  }
  const [before, after] = [statusIn(early.status), statusIn(late.status)];
  if (!outside && before === after) {
    return notYet({
      ...facts,
      observed: `${seen}; the worker is done with it`,
      cause: "the worker does not change the status, or changes it in another record",
      next: 'update_job_status(jid, "in progress") before the work, and "complete" after it',
      mistake: "status-unchanged",
    });
  }
  if (!outside && /progress|running|started|working|pending|queued|waiting/i.test(after ?? "")) {
    return notYet({
      ...facts,
      observed: `${seen}; the worker is done with it`,
      cause: `${placeOfStatus(project, "last", after ?? "")}the last status is one of work, not of its end`,
      next: 'update_job_status(jid, "complete") as the last line of execute_job',
      mistake: "never-complete",
    });
  }
  if (run.doneEarly) {
    const { at, seconds } = run.doneEarly;
    return notYet({
      ...facts,
      observed: `${seen}; "${after ?? ""}" was written before the work`,
      cause: `${placeOfStatus(project, "last", after ?? "")}the work${at ? ` (${at.file}:${at.line}: time.sleep(${seconds}))` : ""} comes after the line that says it is done`,
      next: "move the line that sets the last status below the work",
      mistake: "complete-before-work",
    });
  }
  if (isServerError(late.results)) {
    return notYet({
      ...facts,
      observed: `${seen}; ${describe(late.results)}`,
      mistake: "results-fail",
      ...explainError(late.results, "mend what GET /jobs/<id>/results does"),
    });
  }
  if (!isFine(late.results) || !saysSomething(late.results) || late.results.text === early.results.text) {
    return notYet({
      ...facts,
      observed: `${seen}; ${describe(late.results)}`,
      cause: "the worker keeps no result, or keeps it where the API does not look",
      next: "save the result under the job's id, and read it from the same database",
      mistake: "no-result",
    });
  }
  if (run.lateResult) {
    const { status, saved } = run.lateResult;
    return notYet({
      ...facts,
      observed: `${seen}; "${status}" was written, and then the result (${saved})`,
      cause: `${placeOfStatus(project, "last", status)}who asks in between is told that the job is done, and gets no result`,
      next: "save the result first, and set the last status after it",
      mistake: "complete-before-result",
    });
  }
  const others = run.sharing?.others;
  const other = others && id !== null ? takenOver(late.results, id, others) : null;
  if (others && other !== null) {
    return notYet({
      ...facts,
      observed: `after job ${other}, the result of job ${id ?? ""} is no longer its own:\nfirst  ${describe(late.results)}\nthen   ${describe(others.again)}, as for job ${other}`,
      cause: "all results are kept in one place, and the last job's replaces the one before",
      next: "save each result under the id of its job, and read it from there",
      mistake: "one-result-for-all",
    });
  }
  const [last, alone] = [others?.others.at(-1), run.alone];
  if (others && last && id !== null && alone?.[0] && hasFirstResult(others, id, alone)) {
    return notYet({
      ...facts,
      observed: `all jobs have the result of job ${id}; the last of them, done by itself, has another:\nhere          ${describe(last.results)}\nby itself     ${describe(alone[0].results)}`,
      cause: "the first job's result is kept, and given to the jobs after it",
      next: "make a result for each job, save it under the id of that job, and read it from there",
      mistake: "one-result-for-all",
    });
  }
  return passed(`${seen}; the result: ${late.results.text.trim().slice(0, 120)}`);
}

/** The worker ended after the job, and did it: that it takes no other is judged where there are others. */
function isThereAllTheSame({ worker, early, late }: SystemRun): boolean {
  return worker?.ended !== null && isFine(late.results) && late.results.text !== early.results.text;
}

function explainUndone(
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

/** 7.9: more workers, less time, and no job twice. */
export function judgeSharing({ sharing }: SystemRun, { place }: { place: Place }): Judgement {
  const facts = {
    expected: "three workers share the jobs: each once, in about a third of the time of one",
    probe: place.again("7.9"),
  };
  if (!sharing) {
    return notYet({
      ...facts,
      observed: "the worker ended after its first job",
      cause: "something ends the program after a job: exit(), or a loop that ends",
      next: "let @q.worker do the loop",
      mistake: "ends-after-one",
    });
  }
  const { jobs, one, three, shares, twice } = sharing;
  const observed = `${jobs} jobs: one worker ${one === null ? "did not finish" : `${one} ms`}, three ${three === null ? "did not finish" : `${three} ms`}; they did ${shares.join(", ")}`;
  if (twice.length > 0) {
    return notYet({
      ...facts,
      observed: `${observed}; ${twice.length} of them taken twice`,
      cause: "a job goes back to the queue, or is read without being taken",
      next: "let @q.worker take jobs; do not put them again",
      mistake: "done-twice",
    });
  }
  if (one === null || three === null) {
    return notYet({
      ...facts,
      observed,
      cause: "a worker ends or stays with a job, and the rest waits",
      next: "let execute_job come to its end for each job, and the worker go on",
      mistake: "jobs-left-over",
    });
  }
  // Times are those of a machine that may be busy; who slept while another did is certain.
  const waits = (sharing.each.three ?? 0) > (sharing.each.one ?? Infinity) * WAIT;
  const inTurn = sharing.atOnce === null ? three > one * SHARE && waits : !sharing.atOnce;
  if (inTurn || shares.filter((share) => share > 0).length < 2) {
    return notYet({
      ...facts,
      observed,
      cause: "the workers do not work at the same time: a lock, or one that takes all jobs at once",
      next: "let each worker take one job, do it, and take the next; no lock around the work",
      mistake: "no-sharing",
    });
  }
  return passed(`${observed}; none twice`);
}
