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
  idNameIn,
  readable,
  type Submission,
  type SubmitRun,
} from "../../../src/subjects/jobs/probe.js";
import {
  editionOf,
  placeOfStatus,
  type Project,
  showStatus,
  stageOfStatus,
} from "../../../src/subjects/python-code/probe.js";
import { FORMS, type Form } from "./form.js";
import { explainNothing, isNothing } from "./nothing.js";

/** Seconds within which an answer is "at once", on a busy machine too. */
const AT_ONCE = 3;

/** 5.1: the request is answered at once, with the job. */
export function judgeAnswer(run: SubmitRun | null, project: Project, place: Place): Judgement {
  const { api, findings } = project;
  const form = FORMS[editionOf(project)];
  const [id = "", ...others] = form.fields;
  const expected = `POST /jobs answers at once with JSON: ${id}, status "${form.first}", ${others.slice(1).join(", ")}`;
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
  const found = findFault(first, project, form);
  if (found) return notYet({ expected, probe, ...found });
  const { text, durationMs } = first.exchange;
  return passed(
    `${first.exchange.request} was answered in ${durationMs} ms: ${text.trim()}${remark(answerOf(first.exchange) ?? {}, project, form)}`,
  );
}

/** What is as good under another name than the exercise's. */
function remark(answer: Readonly<Record<string, unknown>>, { modules }: Project, form: Form): string {
  const [id = ""] = form.fields;
  const name = idNameIn(answer);
  const status = String(answer["status"]);
  const others = [
    ...(name === null || name === id ? [] : [`the exercise calls the id ${id}, yours is ${name}`]),
    ...(status === form.first
      ? []
      : [`the exercise's first status is "${form.first}", yours is ${showStatus(status, modules)}`]),
  ];
  return others.length === 0 ? "" : `. ${others.join("; ")}: as good, if you keep to it`;
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
  form: Form,
): Fault | null {
  const { exchange, range } = submission;
  const { request, status, problem, text, traceback, durationMs, slept } = exchange;
  const observed = `${request} was answered ${status ?? "by nothing"}: ${problem ?? readable(text)}`;
  const nothing = explainNothing(project, form);
  if (traceback && (status === null || status >= 500)) {
    const isOfIt = isNothing(exchange.json, traceback) || nothing?.mistake === "unfinished";
    const isOther = /^(NameError|ImportError|ModuleNotFoundError|SyntaxError)/.test(traceback.error);
    return {
      observed: `${request} ended in an error: ${traceback.error}`,
      ...(nothing && isOfIt && !isOther ? nothing : explainTraceback(traceback, project.findings)),
    };
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
  if (!answer && nothing && isNothing(exchange.json, null)) return { observed, ...nothing };
  if (!answer) {
    return {
      observed,
      cause: "the answer is not a JSON object: text about the job instead of the job itself",
      next: "give back the dict that add_job returns (Flask: jsonify, or the dict itself)",
      mistake: "answer-not-json",
    };
  }
  const [id = "", ...others] = form.fields;
  const isMissing = (field: string): boolean => answer[field] === undefined || answer[field] === null;
  const missing = [...(idNameIn(answer) === null ? [id] : []), ...others.filter(isMissing)];
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
      next: `compare the order of the arguments with add_job(start, end) and ${form.made}`,
      mistake: "values-mixed-up",
    };
  }
  const word = String(answer["status"]);
  const stage = stageOfStatus(word, project.modules);
  // Another word for a job that waits is as good.
  if (word !== form.first && stage !== "waiting") {
    return {
      observed,
      cause: `${placeOfStatus(project, "first", word)}the status of a new job is ${showStatus(word, project.modules)}. ${stage === null ? "Any word for a job that waits would be as good elsewhere" : "Nobody works on it yet"}; the starter's is "${form.first}"`,
      next: form.firstLine,
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
