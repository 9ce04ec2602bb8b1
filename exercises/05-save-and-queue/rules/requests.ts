import {
  explainTraceback,
  type Judgement,
  notYet,
  passed,
  type Place,
} from "../../../src/course/authoring.js";
import { type Exchange, jobIdOf, readable, type SubmitRun } from "../../../src/subjects/jobs/probe.js";

/** 5.4: each request gets an id of its own. */
export function judgeIds(run: SubmitRun | null, place: Place): Judgement {
  const [one, two] = (run?.good ?? []).map(jobIdOf);
  if (one !== two && two) return passed(`${one ?? ""} and ${two}`);
  return notYet({
    expected: "two requests, even with the same values, give two different ids",
    observed: two ? `both got ${two}` : "the second answer has no id",
    probe: place.again("5.4"),
    cause: "the id is made once, when the module is loaded, or follows from what is the same each time",
    next: "call uuid.uuid4() in _generate_jid, and _generate_jid in add_job",
    mistake: "same-id",
  });
}

/** 5.5: what is no job is refused, and leaves no trace. */
export function judgeRefusals(run: SubmitRun | null, place: Place): Judgement {
  const expected =
    "a body that is not JSON, or lacks a field, gets a 4xx answer that says so; nothing is saved or queued";
  const probe = place.again("5.5");
  for (const { what, exchange, changed } of run?.bad ?? []) {
    const { request, status, text, traceback, problem } = exchange;
    const observed = `the body ${what}: ${request} was answered ${status ?? "by nothing"}: ${problem ?? readable(text)}`;
    const facts = { expected, probe, observed };
    const returned = explainReturned(exchange);
    if (returned) return notYet({ ...facts, ...returned });
    if (status === null || status >= 500) {
      const why = traceback ? explainTraceback(traceback).cause : "an exception that nothing handles";
      return notYet({
        ...facts,
        cause: `the error of the one who asks becomes an error of the server: ${why}`,
        next: "look whether the body is JSON and has start and end, before anything else; else answer 400 and say what lacks",
        mistake: "error-as-500",
      });
    }
    if (changed.length > 0) {
      return notYet({
        ...facts,
        observed: `${observed}; new in Redis: ${changed.map(({ key }) => key).join(", ")}`,
        cause: "the job is saved or queued before the body is looked at",
        next: "look at the body first, and call add_job only when it has start and end",
        mistake: "saved-all-the-same",
      });
    }
    if (status < 400) {
      return notYet({
        ...facts,
        cause: "the answer says in words that something is wrong, and by its status that all is well",
        next: 'Flask: return {"error": "…"}, 400   FastAPI: raise HTTPException(status_code=400, detail="…")',
        mistake: "error-as-200",
      });
    }
    if (text.trim() === "" || /^["{}[\]\s]*$/.test(text)) {
      return notYet({
        ...facts,
        cause: "the answer does not say what is wrong",
        next: 'say it: {"error": "send JSON with start and end"}',
        mistake: "error-without-words",
      });
    }
  }
  const statuses = (run?.bad ?? []).map(({ what, exchange }) => `${what}: ${exchange.status ?? ""}`);
  return passed(`a body that ${statuses.join(", ")}; nothing saved or queued`);
}

/** A tuple that the framework does not take for a body and a status. */
function explainReturned({
  json,
  status,
  traceback,
}: Exchange): { cause: string; next: string; mistake: string } | null {
  const [body, code] = Array.isArray(json) ? (json as unknown[]) : [];
  const isCode = (value: unknown): boolean => typeof value === "number" && value >= 400 && value < 600;
  if (status !== null && status < 300 && Array.isArray(json) && json.length === 2 && isCode(code)) {
    return {
      cause: `FastAPI makes a list of a tuple that is returned: the ${String(code)} stands in the body, behind ${JSON.stringify(body)}, and the status is ${status}`,
      next: `raise HTTPException(status_code=${String(code)}, detail="…")`,
      mistake: "status-in-the-body",
    };
  }
  if (
    !/valid response tuple|valid response\..*was an? (?:int|tuple)|status code must/i.test(
      traceback?.error ?? "",
    )
  )
    return null;
  const last = traceback?.frames.at(-1);
  return {
    cause: `${last ? `${last.file}:${last.line}: ` : ""}what the route returns is no answer: Flask takes the body first, then the status`,
    next: 'return {"error": "…"}, 400',
    mistake: "tuple-in-another-order",
  };
}
