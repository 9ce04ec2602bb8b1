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

/** What this exercise asks for; the rest is the next one's. */
const ASKED_FOR = /^_?(generate_jid|generate_job_key|instantiate_job|save_job|queue_job|add_job)$/;

/** Why there is no job in the answer, where a function gives nothing back that is to give something; else null. */
export function explainNothing({ jobs, findings }: Project, form: Form): Nothing | null {
  const unfinished = findings.flatMap((finding) => {
    const name = /unfinished: (\w+) still has/.exec(finding.says)?.[1] ?? "";
    return finding.kind === "unfinished" && ASKED_FOR.test(name) ? [{ ...finding, name }] : [];
  });
  const open = unfinished.find(({ name }) => GIVES_A_VALUE.test(name));
  if (open) {
    const others = unfinished.filter((one) => one !== open);
    const also = others.map(({ name, line }) => `${name} (line ${line})`);
    const names = [open, ...others].map(({ name }) => name);
    return {
      cause: `${open.file}:${open.line}: ${open.says}: it gives None${also.length > 0 ? `; open, too: ${list(also)}` : ""}`,
      next: others.length > 0 ? `write what ${list(names)} do there` : open.next,
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

function list(names: readonly string[]): string {
  return new Intl.ListFormat("en").format(names);
}

function returnsSomething(text: string): boolean {
  return /^\s+.*\b(return|yield)\b[^\S\n]+(?!None\b)\S/m.test(text);
}

/** The route's answer was None: as JSON, or refused by Flask or by the model that the route declares. */
export function isNothing(json: unknown, traceback: Traceback | null): boolean {
  return json === null || /returned None|ResponseValidationError|NoneType/.test(traceback?.error ?? "");
}
