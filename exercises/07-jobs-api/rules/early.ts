import { type Judgement, notYet, passed, type Place } from "../../../src/course/authoring.js";
import {
  isFine,
  isNoRoute,
  readable,
  saysSomething,
  type SystemRun,
} from "../../../src/subjects/jobs/probe.js";
import { statusOf } from "./status.js";
import { describe, explainError, isServerError, saidBy, withRemarks } from "./words.js";

type Fault = Omit<Parameters<typeof notYet>[0], "expected" | "probe">;

/**
 * 7.6: who asks too early, or for what is not there, gets a clear answer. The exercise asks for it; the course's own given code does
 * not do it, and a system that follows that code is told so, and passes.
 */
export function judgeEarly(run: SystemRun, { place }: { place: Place }): Judgement {
  const { early, resultAsked, late, isCourse } = run;
  if (resultAsked?.route === null && late.done) {
    return notYet({
      expected: "the result of a job can be asked for",
      probe: place.again("7.6"),
      observed: `no route gives a result${run.routes ? `; there are: ${run.routes.join(", ")}` : ""}`,
      cause: "there is no route for GET /jobs/<id>/results, and the job's record does not hold the result",
      next: 'Flask: @app.route("/jobs/<jid>/results")   FastAPI: @app.get("/jobs/{jid}/results")\nWhere your assignment has no results: tq.yaml,   result: none',
      mistake: "no-results-route",
    });
  }
  const faults = [findEarlyFault(early.results), ...findUnknownFaults(run)].filter((fault) => fault !== null);
  const [first] = faults;
  if (first && isCourse) {
    return notYet({
      expected: "results before completion get a clear answer, no error 500; an unknown id gets 404",
      probe: place.again("7.6"),
      ...first,
    });
  }
  const { results } = early;
  const status = results && isFine(results) ? "" : ` (${results?.status ?? ""})`;
  const said = results
    ? `${resultAsked?.route ?? ""}${saidBy(resultAsked?.by ?? "found")}, of a job that is ${statusOf(run, early.status) ?? "waiting"}: ${readable(results.text).slice(0, 80)}${status}`
    : resultAsked === null
      ? "no route is to give a result, as tq.yaml says: none was asked"
      : "no job was done, and so no route is known to give a result";
  return passed(
    withRemarks(
      faults.length === 0 ? `${said}; an unknown id: 404` : said,
      faults.map(({ observed }) => observed),
    ),
  );
}

function findEarlyFault(results: SystemRun["list"]): Fault | null {
  if (!results) return null;
  const observed = describe(results);
  if (isServerError(results)) {
    return {
      observed,
      mistake: "early-results-as-500",
      ...explainError(results, "look at the status first; if it is not complete, say so"),
    };
  }
  if (isNoRoute(results)) {
    return {
      observed,
      cause: "there is no such route",
      next: 'Flask: @app.route("/jobs/<jid>/results")   FastAPI: @app.get("/jobs/{jid}/results")',
      mistake: "no-results-route",
    };
  }
  if (saysSomething(results)) return null;
  return {
    observed,
    cause: "an empty answer may mean: not yet, nothing found, or an error",
    next: 'say it: {"error": "no result yet"}, with a status such as 409 or 202',
    mistake: "early-results-empty",
  };
}

function findUnknownFaults({ unknown }: SystemRun): (Fault | null)[] {
  const answers = [...new Set([unknown.status, unknown.results])].filter((one) => one !== null);
  return answers.map((exchange) => {
    if (exchange.status === 404) return null;
    const observed = describe(exchange);
    return isServerError(exchange)
      ? {
          observed,
          mistake: "unknown-as-500",
          ...explainError(exchange, "look whether there is such a job, and answer 404 where there is none"),
        }
      : {
          observed,
          cause: "what is not there is answered as if it were",
          next: "answer 404 where there is no such job, and say so",
          mistake: "unknown-not-404",
        };
  });
}

/** 7.7: what is saved outlives the API. */
export function judgeRestart(run: SystemRun, { place }: { place: Place }): Judgement {
  const { restarted, id, early, statusAsked } = run;
  if (!restarted) throw new Error("the API was not started again");
  const { start, status, isKept } = restarted;
  const before = statusOf(run, early.status);
  const isKnown =
    statusAsked === null ? isKept : status !== null && isFine(status) && statusOf(run, status) === before;
  if (start.up && isKnown) {
    const seen = statusAsked === null ? "in Redis" : `with status "${before ?? ""}"`;
    return passed(`job ${id ?? ""} is known after a restart of the API, ${seen}`);
  }
  return notYet({
    expected: "the API is ended and started again, and knows the job that waits",
    probe: place.again("7.7"),
    observed: !start.up
      ? "after the restart the API does not come up"
      : status
        ? `after the restart: ${describe(status)}`
        : "after the restart its record is not there",
    cause: "jobs are kept in a variable of the API, or Redis is emptied when it starts",
    next: "keep jobs in Redis only, and never call flushdb at the start",
    mistake: "lost-at-restart",
  });
}
