import {
  blocked,
  explainTraceback,
  type Judgement,
  notYet,
  passed,
  type Place,
  waitsFor,
} from "../../../src/course/authoring.js";
import {
  isFailedWord,
  isFine,
  isOpenWord,
  readable,
  saysSomething,
  showRequest,
  type SystemRun,
} from "../../../src/subjects/jobs/probe.js";
import { placeOfReturn, placeOfStatus, type Project } from "../../../src/subjects/python-code/probe.js";
import { hasData } from "./data.js";
import { findMixedResults } from "./mixed-results.js";
import { statusOf } from "./status.js";
import { explainUndone } from "./undone.js";
import {
  copyOf,
  describe,
  explainError,
  type Fault,
  isServerError,
  refusedHost,
  saidBy,
  withRemarks,
} from "./words.js";

interface Options {
  place: Place;
  outside: boolean;
  project: Project | null;
}

/** 7.8: a worker does it, and the result can be read. */
export function judgeDone(run: SystemRun, { place, outside, project }: Options): Judgement {
  if (!hasData(run)) return waitsFor("7.3", "a job reads the data, and they are not there");
  const web = refusedHost(run);
  const fault = findWorkFault(run, outside, project) ?? findResultFault(run, project);
  if (fault && web) {
    return blocked(
      `${fault.observed}; ${web.at ? `${web.at.file}:${web.at.line} ` : ""}wants to connect to ${web.target}, which is not let through`,
      copyOf(web.target),
    );
  }
  if (fault) {
    return notYet({
      expected: outside
        ? "the job is done, its status says so, and its result can be read"
        : "a job that was submitted while no worker ran is done when one starts, and its result can be read",
      probe: place.again("7.8"),
      ...fault,
    });
  }
  const { late, resultAsked, sharing } = run;
  const broke = sharing?.others?.broke;
  return passed(
    withRemarks(
      late.results
        ? `${seenOf(run)}; ${resultAsked?.route ?? ""}${saidBy(resultAsked?.by ?? "found")} gives ${readable(late.results.text).slice(0, 120)}`
        : `${seenOf(run)}; no result is to be asked for, as tq.yaml says`,
      [broke ? `a job ends its worker (${showRequest(broke.request)}): ${broke.error}` : null],
    ),
  );
}

/** The job, with the statuses that were seen of it; where no route tells them, those of its record. */
function seenOf({ id, statuses, written, statusAsked }: SystemRun): string {
  const words = statusAsked ? statuses : written;
  return `job ${id ?? ""}: ${words.map((status) => `"${status}"`).join(", then ") || "no status"}`;
}

function findWorkFault(run: SystemRun, outside: boolean, project: Project | null): Fault | null {
  const { late, early, worker, written, statusAsked } = run;
  const seen = seenOf(run);
  // A job that was sent to see more of the program is no job that was asked for: what it does to a worker is said, and no more.
  if (worker?.traceback && (worker.ended || !late.done) && !run.sharing?.others?.broke) {
    return {
      observed: `${seen}; the worker ended: ${worker.traceback.error}`,
      ...explainTraceback(worker.traceback),
    };
  }
  if (!late.done && !isThereAllTheSame(run)) {
    const said = late.results ? `; ${describe(late.results)}` : "";
    return { observed: `${seen}${said}`, ...explainUndone(run, outside) };
  }
  const [before, after] = statusAsked
    ? [statusOf(run, early.status), statusOf(run, late.status)]
    : [written[0] ?? null, written.at(-1) ?? null];
  if (after !== null && isFailedWord(after)) return describeFailure(run, after);
  if (outside) return null;
  if (before === after) {
    return {
      observed: `${seen}; the worker is done with it`,
      cause: "the worker does not change the status, or changes it in another record",
      next: 'update_job_status(jid, "in progress") before the work, and "complete" after it',
      mistake: "status-unchanged",
    };
  }
  if (isOpenWord(after ?? "")) {
    return {
      observed: `${seen}; the worker is done with it`,
      cause: `${placeOfStatus(project, "last", after ?? "")}the last status is one of work, not of its end`,
      next: 'update_job_status(jid, "complete") as the last line of execute_job',
      mistake: "never-complete",
    };
  }
  if (run.doneEarly) {
    const { at, seconds } = run.doneEarly;
    return {
      observed: `${seen}; "${after ?? ""}" was written before the work`,
      cause: `${placeOfStatus(project, "last", after ?? "")}the work${at ? ` (${at.file}:${at.line}: time.sleep(${seconds}))` : ""} comes after the line that says it is done`,
      next: "move the line that sets the last status below the work",
      mistake: "complete-before-work",
    };
  }
  return findLeftOpen(run, project);
}

/** Its own record says that it failed: the worker's lines tell why, or what was sent. */
function describeFailure({ job, worker, ...run }: SystemRun, after: string): Fault {
  const lines = worker?.lines.slice(-3) ?? [];
  return {
    observed: `${seenOf({ ...run, job, worker })}${lines.length > 0 ? `; the worker printed: ${lines.join(" / ")}` : ""}`,
    cause: `the job ended as "${after}": the work failed, or ${job?.submission.exchange.request ?? "what was sent"} is no job that can be done`,
    next: "mend the work; or tell tq a job that can be done, in tq.yaml:   job: {request: POST /jobs, body: {…}}",
    mistake: "job-failed",
  };
}

/** Another job was left with a word of work: one for which there are no data. */
function findLeftOpen(run: SystemRun, project: Project | null): Fault | null {
  const { sharing, written } = run;
  // What is taken again and again is in work again and again: that is another fault.
  if (sharing && sharing.twice.length > 0) return null;
  const last = written.at(-1);
  const open = sharing?.others?.others.find(
    ({ status }) =>
      status !== null && status !== last && (written.slice(0, -1).includes(status) || isOpenWord(status)),
  );
  if (!open) return null;
  const { status, id, request } = open;
  return {
    observed: `${showRequest(request)}: the worker is done with job ${id}, and its status stays "${status ?? ""}" for ever`,
    cause: `${placeOfLeaving(run, project) || placeOfStatus(project, "last", last ?? "")}a job for which it finds no data never gets its last status`,
    next: `set the last status on every way out of the function: "${last ?? "complete"}" with an empty result, or "failed"`,
    mistake: "never-complete",
  };
}

/** Where the work is left before its end: a return below the line that wrote the job's first status. */
function placeOfLeaving({ kept, id }: SystemRun, project: Project | null): string {
  const at = kept.find((one) => id !== null && one.key.includes(id) && one.at !== null)?.at;
  return project && at ? placeOfReturn(project, at) : "";
}

function findResultFault(run: SystemRun, project: Project | null): Fault | null {
  const { late, early, resultAsked, statusAsked } = run;
  const seen = seenOf(run);
  const { results } = late;
  if (resultAsked === null) return null;
  if (!results) {
    return {
      observed: `${seen}; no route gives its result`,
      cause: "the worker keeps no result, or no route reads it",
      next: "save the result under the job's id, and read it from the same database; none is to be there: tq.yaml, result: none",
      mistake: "no-result",
    };
  }
  const observed = `${seen}; ${describe(results)}`;
  if (isServerError(results))
    return {
      observed,
      mistake: "results-fail",
      ...explainError(results, "mend the route that gives the result"),
    };
  const isRecord = resultAsked.route === statusAsked?.route;
  if (!isFine(results) || !saysSomething(results) || (!isRecord && results.text === early.results?.text)) {
    return {
      observed,
      cause: whereKept(run) ?? "the worker keeps no result, or keeps it where the API does not look",
      next: "save the result under the job's id, and read it from the same database",
      mistake: "no-result",
    };
  }
  if (run.lateResult) {
    const { status, saved } = run.lateResult;
    return {
      observed: `${seen}; "${status}" was written, and then the result (${saved})`,
      cause: `${placeOfStatus(project, "last", status)}who asks in between is told that the job is done, and gets no result`,
      next: "save the result first, and set the last status after it",
      mistake: "complete-before-result",
    };
  }
  return findMixedResults(run, results, project);
}

/** A key that is like the one that the API reads, or is there in another database. */
function whereKept({ kept, looked, id, resultAsked }: SystemRun): string | null {
  const isMeant = (key: string): boolean =>
    id !== null && (key.includes(id) || (key.length >= 6 && id.startsWith(key)));
  const read = looked.filter(({ key }) => id !== null && key.includes(id));
  const wrote = kept.filter(
    ({ key, db, command }) =>
      command !== "RPUSH" && command !== "LPUSH" && !looked.some((one) => one.key === key && one.db === db),
  );
  const found = wrote.find(({ key }) => isMeant(key)) ?? wrote[0];
  const last = read.at(-1) ?? looked.at(-1);
  if (!found || !last) return null;
  const at = found.at ? `${found.at.file}:${found.at.line}: ` : "";
  return `${at}the worker saves it as ${found.key} in database ${found.db}; ${resultAsked?.route ?? "the API"} reads ${last.key} in database ${last.db}`;
}

/** The worker ended after the job, and did it: that it takes no other is judged where there are others. */
function isThereAllTheSame({ worker, early, late }: SystemRun): boolean {
  const { results } = late;
  return (
    worker?.ended !== null && results !== null && isFine(results) && results.text !== early.results?.text
  );
}
