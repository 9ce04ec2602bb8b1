import { type Judgement, notYet, passed, type Place } from "../../../src/course/authoring.js";
import { type BodyName, bodyOf, type WebRun } from "../../../src/subjects/celery/probe.js";
import { explainRun } from "./addresses.js";
import { primeIn } from "./numbers.js";

type Answer = NonNullable<ReturnType<WebRun["answers"]["get"]>>;

interface Fault {
  expected: string;
  observed: string;
  next: string;
  mistake: string;
  cause?: string;
}

/** Bodies without a number in them. */
const BAD: readonly BodyName[] = ["no number", "words", "nothing", "a list", "no JSON"];

/** 9.4: the web hands numbers over with delay, refuses what is none, and says what became of a task. */
export function judgeWeb(run: WebRun | null, place: Place): Judgement {
  const probe = place.again("9.4");
  if (!run || run.app === null) {
    const problem = run && explainRun(run, place);
    const expected = "a Falcon application, such as app in app.py";
    if (problem) return notYet({ expected, probe, ...problem });
    return notYet({
      expected,
      probe,
      mistake: "no-falcon-app",
      observed: run ? `${run.file} has none at its top level` : "no file that imports falcon",
      next: 'app = falcon.App()   and   app.add_route("/", Numbers())',
    });
  }
  const fault =
    findPostFault(run, "number") ??
    findPostFault(run, "text") ??
    findPostFault(run, "negative") ??
    findBodyFault(run) ??
    findGetFault(run);
  if (fault) return notYet({ probe, ...fault });
  const sent = run.answers.get("number")?.sent[0];
  return passed(
    `POST / sends ${sent?.task ?? ""}(${sent?.arguments.join(", ") ?? ""}) to the broker and answers with its id; bodies without a number get a 4xx; GET says ${run.answers.get("late")?.text ?? ""}`,
  );
}

function findPostFault({ answers }: WebRun, name: "number" | "text" | "negative"): Fault | null {
  const answer = answers.get(name);
  if (!answer) return null;
  const { status, sent, ran } = answer;
  const expected = `POST / with ${bodyOf(name)} is answered at once with {"status": "success", "task_id": "…"}, and the task goes to the broker`;
  const observed = `POST / ${bodyOf(name)}: ${show(answer)}`;
  if (sent.length === 0 && ran.length > 0) {
    return {
      expected,
      observed: `${observed}; nothing was sent, and ${ran[0] ?? ""} ran in the web itself`,
      cause: "the task is called as a function: the web does the work, and its user waits",
      next: "hand it over: check_number.delay(number)",
      mistake: "called-directly",
    };
  }
  if (status === null) {
    return {
      expected,
      observed,
      mistake: "waits-for-result",
      cause:
        sent.length > 0 ? "the task is sent, and then its result is waited for" : "the handler does not end",
      next: "answer with task.id, and leave get() and wait() out",
    };
  }
  if (status >= 400) {
    const isText = name === "text";
    return {
      expected,
      observed,
      mistake: isText ? "text-refused" : status < 500 ? "number-refused" : "post-fails",
      ...(isText && { cause: 'HTTPie sends a number as text: number=11 becomes {"number": "11"}' }),
      next:
        status < 500 || isText
          ? 'take what int can read: int(str(body["number"]))'
          : "the traceback stands in docker compose logs falcon-web",
    };
  }
  const [first] = sent;
  if (!first) {
    return {
      expected,
      observed: `${observed}; nothing was sent to the broker`,
      mistake: "not-handed-over",
      next: "task = check_number.delay(number), and answer with task.id",
    };
  }
  if (read(answer)["task_id"] !== first.id) {
    return {
      expected,
      observed: `${observed}; the task that was sent has the id ${first.id}`,
      cause: "without the task's id, as task_id, nobody can ask what became of it",
      next: 'resp.media = {"status": "success", "task_id": task.id}',
      mistake: "no-task-id",
    };
  }
  return null;
}

function findBodyFault({ answers }: WebRun): Fault | null {
  for (const name of BAD) {
    const answer = answers.get(name);
    if (!answer || (answer.status !== null && answer.status >= 400 && answer.status < 500)) continue;
    const isCrash = answer.status === null || answer.status >= 500;
    return {
      expected: "a body without a number, or with words for it, gets a 4xx that says so, and nothing is sent",
      observed: `POST / ${bodyOf(name)}: ${show(answer)}${answer.sent.length > 0 ? ", and a task was sent" : ""}`,
      cause: isCrash
        ? "the handler breaks on it: 500 says that the program is at fault, and it was the request"
        : "what is no number goes to the worker, where nobody sees it fail",
      next: 'try: number = int(str(body["number"]))   except (KeyError, TypeError, ValueError): raise falcon.HTTPBadRequest(…)',
      mistake: isCrash ? "crashes-on-bad-body" : "accepts-bad-body",
    };
  }
  return null;
}

function findGetFault({ answers }: WebRun): Fault | null {
  const [early, late] = [answers.get("early"), answers.get("late")];
  const ask = "GET /<task id>";
  if (!early) throw new Error("a task was sent, and was not asked for");
  if (early.status !== 200 || read(early)["status"] !== "PENDING") {
    return {
      expected: `${ask} of a task that is not done says {"status": "PENDING", …}`,
      observed: `${ask}: ${show(early)}`,
      ...(early.status === null && { cause: "it waits for the result, and so does whoever asks" }),
      ...(early.status === 404 && { cause: "no route has the id in its address" }),
      next: 'app.add_route("/{task_id}", Answers())   with AsyncResult(task_id, app=tasks.app).status',
      mistake: early.status === null ? "get-waits" : "status-missing",
    };
  }
  if (late?.status !== 200 || read(late)["status"] !== "SUCCESS" || primeIn(read(late)["result"]) !== true) {
    return {
      expected: `${ask} of a task that is done says {"status": "SUCCESS", "result": {"number": 11, "is_prime": true}}`,
      observed: `${ask}: ${late ? show(late) : "not asked"}`,
      cause: "Redis has the status and the result; the answer is to have both",
      next: 'resp.media = {"status": task.status, "result": task.result}',
      mistake: "result-missing",
    };
  }
  return null;
}

function show({ status, text, problem }: Answer): string {
  return status === null ? (problem ?? "no answer") : `${status} ${text}`;
}

function read({ text }: Answer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
