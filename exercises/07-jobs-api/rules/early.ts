import { type Judgement, notYet, passed, type Place } from "../../../src/course/authoring.js";
import {
  isFine,
  isNoRoute,
  readable,
  saysSomething,
  statusIn,
  type SystemRun,
} from "../../../src/subjects/jobs/probe.js";
import { describe, explainError, isServerError } from "./words.js";

/** 7.6: who asks too early, or for what is not there, gets a clear answer. */
export function judgeEarly(run: SystemRun, { place }: { place: Place }): Judgement {
  const { early, unknown } = run;
  const facts = {
    expected: "results before completion get a clear answer, no error 500; an unknown id gets 404",
    probe: place.again("7.6"),
  };
  const { results } = early;
  if (isServerError(results)) {
    return notYet({
      ...facts,
      observed: describe(results),
      mistake: "early-results-as-500",
      ...explainError(results, "look at the status first; if it is not complete, say so"),
    });
  }
  if (isNoRoute(results)) {
    return notYet({
      ...facts,
      observed: describe(results),
      cause: "there is no route for GET /jobs/<id>/results",
      next: 'Flask: @app.route("/jobs/<jid>/results")   FastAPI: @app.get("/jobs/{jid}/results")',
      mistake: "no-results-route",
    });
  }
  if (!saysSomething(results)) {
    return notYet({
      ...facts,
      observed: describe(results),
      cause: "an empty answer may mean: not yet, nothing found, or an error",
      next: 'say it: {"error": "no result yet"}, with a status such as 409 or 202',
      mistake: "early-results-empty",
    });
  }
  for (const exchange of [unknown.status, unknown.results]) {
    if (exchange.status === 404) continue;
    if (isServerError(exchange)) {
      return notYet({
        ...facts,
        observed: describe(exchange),
        mistake: "unknown-as-500",
        ...explainError(exchange, "look whether there is such a job, and answer 404 where there is none"),
      });
    }
    return notYet({
      ...facts,
      observed: describe(exchange),
      cause: "what is not there is answered as if it were",
      next: "answer 404 where there is no such job, and say so",
      mistake: "unknown-not-404",
    });
  }
  const early404 = isFine(results) ? "" : ` (${results.status ?? ""})`;
  return passed(
    `results of a job that is ${statusIn(early.status) ?? "waiting"}: ${readable(results.text).slice(0, 80)}${early404}; an unknown id: 404`,
  );
}

/** 7.7: what is saved outlives the API. */
export function judgeRestart({ restarted, id, early }: SystemRun, { place }: { place: Place }): Judgement {
  if (!restarted?.status) throw new Error("the API was not started again");
  const { start, status } = restarted;
  const facts = {
    expected: "the API is ended and started again, and knows the job that waits",
    probe: place.again("7.7"),
  };
  if (start.up && isFine(status) && statusIn(status) === statusIn(early.status)) {
    return passed(
      `job ${id ?? ""} is known after a restart of the API, with status "${statusIn(status) ?? ""}"`,
    );
  }
  return notYet({
    ...facts,
    observed: start.up
      ? `after the restart: ${describe(status)}`
      : "after the restart the API does not come up",
    cause: "jobs are kept in a variable of the API, or Redis is emptied when it starts",
    next: "keep jobs in Redis only, and never call flushdb at the start",
    mistake: "lost-at-restart",
  });
}
