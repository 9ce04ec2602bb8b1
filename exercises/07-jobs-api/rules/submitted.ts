import { type Judgement, notYet, passed, type Place, waitsFor } from "../../../src/course/authoring.js";
import {
  isFine,
  isNoRoute,
  isQueuedFirst,
  makerOf,
  queuedBy,
  savedBy,
  type SystemRun,
} from "../../../src/subjects/jobs/probe.js";
import { placeOfText, type Project } from "../../../src/subjects/python-code/probe.js";
import { hasData } from "./data.js";
import { describe, explainError, isServerError, saidBy, withRemarks } from "./words.js";

/** Seconds within which an answer is "at once", on a busy machine too. */
const AT_ONCE = 3;

interface Options {
  place: Place;
  /** It runs somewhere: what is in Redis is not seen. */
  outside: boolean;
  project: Project | null;
}

type Job = NonNullable<SystemRun["job"]>;

/** 7.4: the request is saved, queued and answered at once, with an id. */
export function judgeSubmitted(run: SystemRun, { place, outside, project }: Options): Judgement {
  const { job, id } = run;
  if (!job) throw new Error("the API is up, and no job was submitted");
  const { submission } = job;
  const { exchange } = submission;
  const facts = {
    expected: `a request is answered at once with the job's id${outside ? "" : "; its record is saved and it is queued"}`,
    probe: place.again("7.4"),
    observed: describe(exchange),
  };
  if (!isFine(exchange) && !hasData(run))
    return waitsFor("7.3", `${describe(exchange)}; a job may need the data, and they are not there`);
  if (!isFine(exchange) && job.message === null) return notYet({ ...facts, ...explainRefusal(run, job) });
  // Whoever opens or reloads an address by GET, a browser that looks ahead among them, must change nothing.
  if (job.request.method === "GET" && job.by !== "tq.yaml" && job.route)
    return notYet({ ...facts, ...withoutPost(job.route) });
  const queued = queuedBy(submission);
  const said = `${facts.observed}${job.tried.length > 1 ? `; sent before: ${job.tried.slice(0, 3).join(", ")}` : ""}`;
  if (!outside && savedBy(submission, id).length === 0) {
    return notYet({
      ...facts,
      observed: `${said}; no record is new in Redis`,
      cause: "the job is answered and not saved",
      next: "save the job before you queue it and answer",
      mistake: "not-saved",
    });
  }
  if (!outside && queued.length === 0) {
    return notYet({
      ...facts,
      observed: `${said}; no list in Redis has a new message`,
      cause: `${placeOfSaver(job)}the job is saved and not queued: no worker will ever hear of it`,
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
  if (id === null) return notYet({ ...facts, ...explainNoId(exchange, project) });
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
      next: "only save and queue when you answer the request",
      mistake: "waits-for-the-work",
    });
  }
  const place7 = outside
    ? ""
    : `; queued on ${queued[0]?.at.key ?? ""} in database ${queued[0]?.at.db ?? ""}`;
  return passed(
    withRemarks(
      `${exchange.request}${saidBy(job.by)}: job ${id}, answered in ${exchange.durationMs} ms${place7}`,
      [
        job.request.method === "GET"
          ? `${makerOf(job)} makes a job: whoever opens its address makes another; methods=["POST"] is meant for that`
          : null,
      ],
    ),
  );
}

function placeOfSaver({ route }: Job): string {
  const saver = route?.saver;
  return saver ? `${saver.file}:${saver.line}: ${saver.function}: ` : "";
}

/** Why an answer tells no id: one stands there as the name of a variable. */
function explainNoId(
  { text }: Job["submission"]["exchange"],
  project: Project | null,
): { cause: string; next: string; mistake: string } {
  const [braces, name = ""] = /\{([A-Za-z_]\w*)\}/.exec(text) ?? [];
  const at = braces === undefined || !project ? "" : placeOfText(project, braces);
  if (at !== "") {
    return {
      cause: `${at}{${name}} stays as it is in this text: without an f before the quote nothing is put in its place`,
      next: `put an f before the quote, and between the braces what holds the id: f"…{${name}}…"`,
      mistake: "f-missing",
    };
  }
  const answered = project && text.trim() !== "" ? placeOfText(project, text.trim()) : "";
  return {
    cause: `${answered}the answer has no id to ask with`,
    next: 'answer with the job, or with its id: {"id": …}',
    mistake: "no-id",
  };
}

/** Jobs are made by GET: whatever is answered, unless a tq.yaml says that they are to be. */
function withoutPost({ file, line, path, ...route }: NonNullable<Job["route"]>): {
  cause: string;
  next: string;
  mistake: string;
} {
  return {
    cause: `${file}:${line}: ${route.function} makes the jobs, and its route takes no POST: whoever opens the address makes another job`,
    next: `Flask: methods=["POST"]   FastAPI: @app.post("${path}")`,
    mistake: "job-route-without-post",
  };
}

/** Why nothing that was sent made a job. */
function explainRefusal(
  { routes }: SystemRun,
  job: Job,
): { cause: string; next: string; mistake: string; observed?: string } {
  const { submission, route, request, tried } = job;
  const { exchange } = submission;
  const sent = tried.length > 1 ? `\nsent, too: ${tried.slice(1, 4).join(", ")}` : "";
  if (route?.method === "GET") return withoutPost(route);
  if (isNoRoute(exchange)) {
    const there = routes ? `; there are: ${routes.join(", ")}` : "";
    return {
      cause: `there is no such route${there}${route === null ? "; none of them puts a job on the queue" : ""}`,
      next: "write it: POST /jobs, or say which route makes jobs in tq.yaml:   job: {request: POST /…}",
      mistake: "no-job-route",
    };
  }
  if (isServerError(exchange)) {
    return {
      observed: `${describe(exchange)}${sent}`,
      mistake: "submit-fails",
      ...explainError(exchange, `mend what ${request.method} ${request.path.split("?")[0] ?? ""} does`),
    };
  }
  return {
    observed: `${describe(exchange)}${sent}`,
    cause: "what was sent is not what the API wants, and its code does not tell what that is",
    next: `tell tq a job that it takes, in tq.yaml:   job: {request: ${makerOf(job)}, json: {"…": …}}\nor: tq exercise 7 --check --job '{"…": …}'`,
    mistake: "body-refused",
  };
}
