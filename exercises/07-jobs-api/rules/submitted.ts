import { type Judgement, notYet, passed, type Place } from "../../../src/course/authoring.js";
import {
  isFine,
  isQueuedFirst,
  isNoRoute,
  queuedBy,
  recordsOf,
  statusIn,
  type SystemRun,
} from "../../../src/subjects/jobs/probe.js";
import { placeOfStatus, type Project } from "../../../src/subjects/python-code/probe.js";
import { describe, explainError, isServerError } from "./words.js";

/** Seconds within which an answer is "at once", on a busy machine too. */
const AT_ONCE = 3;

interface Options {
  place: Place;
  /** It runs somewhere: what is in Redis is not seen. */
  outside: boolean;
  project: Project | null;
}

/** 7.4: the request is saved, queued and answered at once, with an id. */
export function judgeSubmitted(run: SystemRun, { place, outside }: Options): Judgement {
  const { submission, id, body } = run;
  const { exchange } = submission;
  const facts = {
    expected: `POST /jobs answers at once with the job's id${outside ? "" : "; its record is saved and it is queued"}`,
    probe: place.again("7.4"),
    observed: describe(exchange),
  };
  if (!isFine(exchange)) {
    if (isServerError(exchange)) {
      return notYet({
        ...facts,
        mistake: "submit-fails",
        ...explainError(exchange, "mend what POST /jobs does"),
      });
    }
    return notYet({
      ...facts,
      cause: `the body ${JSON.stringify(body)} is not what the API wants`,
      next: `tell tq the body of a job: tq exercise 7 --check --job '{"…": …}'`,
      mistake: "body-refused",
    });
  }
  const queued = queuedBy(submission);
  if (!outside && recordsOf(submission).length === 0) {
    return notYet({
      ...facts,
      observed: `${facts.observed}; no record is new in Redis`,
      cause: "the job is answered and not saved",
      next: "save the job before you queue it and answer",
      mistake: "not-saved",
    });
  }
  if (!outside && queued.length === 0) {
    return notYet({
      ...facts,
      observed: `${facts.observed}; no list in Redis has a new message`,
      cause: "the job is saved and not queued: no worker will ever hear of it",
      next: "q.put(jid) after the record is saved",
      mistake: "not-queued",
    });
  }
  if (!outside && isQueuedFirst(submission)) {
    return notYet({
      ...facts,
      observed: `${facts.observed}; its id was put on the queue before its record was saved`,
      cause: "a quick worker takes the id, and finds no record",
      next: "in add_job: first save the record, then queue the id",
      mistake: "queued-before-saved",
    });
  }
  if (id === null) {
    return notYet({
      ...facts,
      cause: "the answer has no id to ask with",
      next: 'answer with the job, or with its id: {"id": …}',
      mistake: "no-id",
    });
  }
  const ids = [id, ...(run.sharing?.ids ?? [])];
  if (new Set(ids).size < ids.length) {
    return notYet({
      ...facts,
      observed: `${ids.length} requests were answered, and several with one id, such as ${id}`,
      cause: "several jobs have one id: the second takes the place of the first",
      next: "make a new id for each job, in the function: str(uuid.uuid4())",
      mistake: "same-id",
    });
  }
  const seconds = exchange.slept + exchange.durationMs / 1000;
  if (seconds > AT_ONCE) {
    return notYet({
      ...facts,
      observed: `the answer came after ${seconds.toFixed(1)} s`,
      cause: "the work is done before the answer",
      next: "only save and queue in POST /jobs",
      mistake: "waits-for-the-work",
    });
  }
  return passed(
    `job ${id}, answered in ${exchange.durationMs} ms${outside ? "" : `; queued on ${queued[0]?.at.key ?? ""} in database ${queued[0]?.at.db ?? ""}`}`,
  );
}

/** 7.5: the job can be asked for, at every stage, and is listed. */
export function judgeStatus(run: SystemRun, { place, project }: Options): Judgement {
  const { early, list, id } = run;
  const facts = {
    expected: "GET /jobs/<id> tells the status of the job at every stage, and GET /jobs lists it",
    probe: place.again("7.5"),
  };
  const asked = { ...facts, observed: describe(early.status) };
  if (isServerError(early.status)) {
    return notYet({
      ...asked,
      mistake: "status-fails",
      ...explainError(early.status, "give back the job's record"),
    });
  }
  if (isNoRoute(early.status)) {
    return notYet({
      ...asked,
      cause: "there is no route for GET /jobs/<id>",
      next: 'Flask: @app.route("/jobs/<jid>")   FastAPI: @app.get("/jobs/{jid}")',
      mistake: "no-status-route",
    });
  }
  const first = statusIn(early.status);
  if (!isFine(early.status) || first === null) {
    return notYet({
      ...asked,
      cause: isFine(early.status)
        ? "the answer has no status"
        : "the job that was just submitted is not found",
      next: "give back the whole record of the job as JSON",
      mistake: isFine(early.status) ? "status-missing" : "job-not-found",
    });
  }
  if (run.restarted && /progress|running|working|complete|done|finish|success/i.test(first)) {
    return notYet({
      ...asked,
      cause: `${placeOfStatus(project, "first", first)}nobody works on it yet, and its status is "${first}"`,
      next: 'submit a job with the status "submitted"; the worker sets the others',
      mistake: "status-not-as-asked",
    });
  }
  const listed = { ...facts, observed: describe(list) };
  if (!isFine(list)) {
    return notYet({
      ...listed,
      mistake: "list-fails",
      ...explainError(list, "give back all jobs, or all ids, as a JSON list"),
    });
  }
  if (typeof list.json === "string") {
    return notYet({
      ...listed,
      cause: "the list is made JSON twice: what comes is one long text",
      next: "give the list back as it is: the framework makes JSON of it",
      mistake: "jobs-json-twice",
    });
  }
  if (!list.text.includes(id ?? "")) {
    return notYet({
      ...listed,
      observed: `${listed.observed}; job ${id ?? ""} is not in it`,
      cause: "the list is made from other keys than those under which jobs are saved",
      next: "list the keys of the jobs' own database: rd.keys()",
      mistake: "job-not-listed",
    });
  }
  return passed(
    `status "${first}" right after it was submitted${run.statuses.length > 0 ? `; seen later: ${run.statuses.join(", ")}` : ""}; listed by GET /jobs`,
  );
}
