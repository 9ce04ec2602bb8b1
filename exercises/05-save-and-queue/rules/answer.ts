import {
  explainTraceback,
  type Judgement,
  notYet,
  passed,
  type Place,
} from "../../../src/course/authoring.js";
import {
  answerOf,
  explainStart,
  readable,
  type Submission,
  type SubmitRun,
} from "../../../src/subjects/jobs/probe.js";
import { placeOfStatus, type Project } from "../../../src/subjects/python-code/probe.js";

/** Seconds within which an answer is "at once", on a busy machine too. */
const AT_ONCE = 3;

const FIELDS = ["id", "status", "start", "end"] as const;

/** 5.1: the request is answered at once, with the job. */
export function judgeAnswer(run: SubmitRun | null, project: Project, place: Place): Judgement {
  const { api, findings } = project;
  const expected = 'POST /jobs answers at once with JSON: id, status "submitted", start, end';
  const probe = place.again("5.1");
  if (!run || !api) {
    return notYet({
      expected,
      probe,
      mistake: "no-api",
      observed: `no Python file in ${place.folder} has a Flask or FastAPI application`,
      next: `lay out the starter: ${place.tq("exercise 5 --start")}`,
    });
  }
  const problem = explainStart(run.start, api.file, findings);
  if (problem) return notYet({ expected, probe, ...problem });
  const [first] = run.good;
  if (!first) throw new Error("an API that came up was sent no request");
  const found = findFault(first, project);
  if (found) return notYet({ expected, probe, ...found });
  const { text, durationMs } = first.exchange;
  return passed(`${first.exchange.request} was answered in ${durationMs} ms: ${text.trim()}`);
}

interface Fault {
  observed: string;
  cause?: string;
  next: string;
  mistake?: string;
}

function findFault(
  submission: Submission & { range: { start: number; end: number } },
  project: Project,
): Fault | null {
  const { exchange, range } = submission;
  const { request, status, problem, text, traceback, durationMs, slept } = exchange;
  const observed = `${request} was answered ${status ?? "by nothing"}: ${problem ?? readable(text)}`;
  if (traceback && (status === null || status >= 500)) {
    return { observed: `${request} ended in an error: ${traceback.error}`, ...explainTraceback(traceback) };
  }
  if (status === 404 || status === 405) {
    return {
      observed,
      cause: `the API has no route for POST /jobs`,
      next: 'Flask: @app.route("/jobs", methods=["POST"])   FastAPI: @app.post("/jobs")',
      mistake: "no-route",
    };
  }
  if (status === null || status < 200 || status > 299) {
    return { observed, next: "answer with the job as JSON", mistake: "refused" };
  }
  const answer = answerOf(exchange);
  if (!answer) {
    return {
      observed,
      cause: "the answer is not a JSON object: text about the job instead of the job itself",
      next: "give back the dict that add_job returns (Flask: jsonify, or the dict itself)",
      mistake: "answer-not-json",
    };
  }
  const missing = FIELDS.filter((field) => answer[field] === undefined || answer[field] === null);
  if (missing.length > 0) {
    return {
      observed: `${observed}; it lacks ${missing.join(", ")}`,
      cause: "the answer is something else than the whole job",
      next: "let add_job return the job, and answer with that",
      mistake: "answer-lacks-fields",
    };
  }
  const [start, end] = [String(answer["start"]), String(answer["end"])];
  if (start !== String(range.start) || end !== String(range.end)) {
    return {
      observed: `sent start ${range.start} and end ${range.end}; answered start ${start} and end ${end}`,
      cause:
        start === String(range.end)
          ? "start and end are handed on in the wrong order"
          : "the values are not those of the request",
      next: "compare the order of the arguments with add_job(start, end) and _instantiate_job(jid, status, start, end)",
      mistake: "values-mixed-up",
    };
  }
  if (answer["status"] !== "submitted") {
    const word = String(answer["status"]);
    return {
      observed,
      cause: `${placeOfStatus(project, "first", word)}the status of a new job is "${word}". Any word for a job that waits would be as good elsewhere; the starter's is "submitted"`,
      next: 'add_job has the status as its last argument: status="submitted"',
      mistake: "status-not-submitted",
    };
  }
  if (slept + durationMs / 1000 > AT_ONCE) {
    return {
      observed: `the answer came after ${(slept + durationMs / 1000).toFixed(1)} s${slept > 0 ? `, ${slept} of them asleep` : ""}`,
      cause: "the API waits for work to be done before it answers",
      next: "only save and queue in POST /jobs; the work is the worker's",
      mistake: "waits-for-the-work",
    };
  }
  return null;
}
