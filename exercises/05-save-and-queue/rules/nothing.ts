import { type Traceback } from "../../../src/course/authoring.js";
import { type Project } from "../../../src/subjects/python-code/probe.js";
import { type Form } from "./form.js";

/** What came of a request for which the route has no job to give back. */
interface Nothing {
  cause: string;
  next: string;
  mistake: string;
}

/** Those whose value add_job goes on with. */
const GIVES_A_VALUE = /^_?(generate_jid|generate_job_key|instantiate_job|add_job)$/;

/** Why there is no job in the answer, where a function gives nothing back that is to give something; else null. */
export function explainNothing({ jobs, findings }: Project, form: Form): Nothing | null {
  const open = findings.find(
    ({ kind, says }) =>
      kind === "unfinished" && GIVES_A_VALUE.test(/unfinished: (\w+) still has/.exec(says)?.[1] ?? ""),
  );
  if (open) {
    return {
      cause: `${open.file}:${open.line}: ${open.says}: it gives None`,
      next: open.next,
      mistake: "unfinished",
    };
  }
  const adds = jobs?.body.find((one) => one.kind === "function" && /^_?add_job$/.test(one.name));
  if (!jobs || adds?.kind !== "function" || returnsSomething(jobs.source.text.slice(adds.from, adds.to)))
    return null;
  return {
    cause: `${jobs.file}:${adds.line}: ${adds.name} has no return: it gives None, whatever it saves`,
    next: `return job as its last line, the job being ${form.made}`,
    mistake: "add-job-returns-nothing",
  };
}

function returnsSomething(text: string): boolean {
  return /^\s+.*\b(return|yield)\b[^\S\n]+(?!None\b)\S/m.test(text);
}

/** The route's answer was None: as JSON, or refused by Flask or by the model that the route declares. */
export function isNothing(json: unknown, traceback: Traceback | null): boolean {
  return json === null || /returned None|ResponseValidationError|NoneType/.test(traceback?.error ?? "");
}
