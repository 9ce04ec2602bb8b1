import { explainTraceback } from "../../../src/course/authoring.js";
import { readable, type SystemRun } from "../../../src/subjects/jobs/probe.js";

type Exchange = SystemRun["list"];

/** An answer in one line, as it is shown to the student. */
export function describe({ request, status, text, problem }: Exchange): string {
  const said = problem ?? readable(text);
  return `${request} was answered ${status ?? "by nothing"}: ${said.length > 200 ? `${said.slice(0, 200)}…` : said}`;
}

/** Why an answer is an error of the server, by its traceback. */
export function explainError({ traceback }: Exchange, otherwise: string): { cause: string; next: string } {
  if (!traceback) return { cause: "an exception that nothing handles", next: otherwise };
  const { cause } = explainTraceback(traceback);
  return {
    cause: `${cause}${cause.includes(traceback.error) ? "" : `\n${traceback.error}`}`,
    next: otherwise,
  };
}

export function isServerError({ status }: Exchange): boolean {
  return status === null || status >= 500;
}
