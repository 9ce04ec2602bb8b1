import { type Judgement, notYet, passed, type Place } from "../../../src/course/authoring.js";
import { isFine, isNoRoute, statusIn, type SystemRun } from "../../../src/subjects/jobs/probe.js";
import { placeOfStatus, type Project } from "../../../src/subjects/python-code/probe.js";
import { describe, explainError, isServerError, saidBy, withRemarks } from "./words.js";

interface Options {
  place: Place;
  project: Project | null;
}

type Fault = Omit<Parameters<typeof notYet>[0], "expected" | "probe">;

/** The status that an answer tells of this job. */
export function statusOf({ id, written }: SystemRun, exchange: SystemRun["list"]): string | null {
  return exchange && statusIn(exchange, { id, ...(written.length > 0 && { words: written }) });
}

/** 7.5: the job can be asked for, at every stage, and is listed. */
export function judgeStatus(run: SystemRun, { place, project }: Options): Judgement {
  const { early, statusAsked, isCourse, statuses } = run;
  if (!statusAsked) return passed("no route is to tell the status, as tq.yaml says: none was asked");
  const facts = {
    expected: isCourse
      ? "GET /jobs/<id> tells the status of the job at every stage, and GET /jobs lists it"
      : "a route tells the status of the job at every stage",
    probe: place.again("7.5"),
  };
  const fault = findStatusFault(run, project);
  if (fault) return notYet({ ...facts, ...fault });
  const listed = findListFault(run);
  if (listed && isCourse) return notYet({ ...facts, ...listed });
  const seen = statuses.length > 0 ? `; seen later: ${statuses.join(", ")}` : "";
  const { route, by } = statusAsked;
  return passed(
    withRemarks(
      `${route ?? ""}${saidBy(by)}: "${statusOf(run, early.status) ?? ""}" right after it was submitted${seen}${listed ? "" : `; listed by ${run.list?.request ?? ""}`}`,
      [listed ? listed.observed : null],
    ),
  );
}

function findStatusFault(run: SystemRun, project: Project | null): Fault | null {
  const { early, statusAsked, routes, restarted } = run;
  const { status } = early;
  if (statusAsked?.route === null || !status || isNoRoute(status)) {
    const there = routes ? `; there are: ${routes.join(", ")}` : "";
    return {
      observed: status ? describe(status) : `no route tells the status of a job${there}`,
      cause: "there is no route for it, such as GET /jobs/<id>",
      next: 'Flask: @app.route("/jobs/<jid>")   FastAPI: @app.get("/jobs/{jid}")',
      mistake: "no-status-route",
    };
  }
  const observed = describe(status);
  if (isServerError(status))
    return { observed, mistake: "status-fails", ...explainError(status, "give back the job's record") };
  const first = statusOf(run, status);
  if (!isFine(status) || first === null) {
    return {
      observed,
      cause: isFine(status) ? "the answer has no status" : "the job that was just submitted is not found",
      next: "give back the whole record of the job as JSON",
      mistake: isFine(status) ? "status-missing" : "job-not-found",
    };
  }
  if (!restarted || !/progress|running|working|complete|done|finish|success/i.test(first)) return null;
  return {
    observed,
    cause: `${placeOfStatus(project, "first", first)}nobody works on it yet, and its status is "${first}"`,
    next: 'submit a job with the status "submitted"; the worker sets the others',
    mistake: "status-not-as-asked",
  };
}

function findListFault({ list, id }: SystemRun): Fault | null {
  if (!list) {
    return {
      observed: "no route lists all jobs",
      cause: "there is no route for GET /jobs",
      next: "give back all jobs, or all ids, as a JSON list",
      mistake: "list-fails",
    };
  }
  const observed = describe(list);
  if (!isFine(list))
    return {
      observed,
      mistake: "list-fails",
      ...explainError(list, "give back all jobs, or all ids, as a JSON list"),
    };
  if (typeof list.json === "string") {
    return {
      observed,
      cause: "the list is made JSON twice: what comes is one long text",
      next: "give the list back as it is: the framework makes JSON of it",
      mistake: "jobs-json-twice",
    };
  }
  return list.text.includes(id ?? "")
    ? null
    : {
        observed: `${observed}; job ${id ?? ""} is not in it`,
        cause: "the list is made from other keys than those under which jobs are saved",
        next: "list the keys of the jobs' own database: rd.keys()",
        mistake: "job-not-listed",
      };
}
