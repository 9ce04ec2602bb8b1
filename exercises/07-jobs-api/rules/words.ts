import { explainTraceback, type notYet } from "../../../src/course/authoring.js";
import { readable, type SystemRun } from "../../../src/subjects/jobs/probe.js";

type Exchange = NonNullable<SystemRun["list"]>;

/** What is wrong, without what was expected and the command that shows it. */
export type Fault = Omit<Parameters<typeof notYet>[0], "expected" | "probe">;

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

/** What was seen, and beneath it what works and could be better. */
export function withRemarks(seen: string, remarks: readonly (string | null)[]): string {
  const said = remarks.filter((one) => one !== null);
  return [seen, ...said.map((one) => `it works, and could be better: ${one}`)].join("\n");
}

/** How tq knows what it asked for. */
export function saidBy(by: "tq.yaml" | "--job" | "found"): string {
  return by === "found" ? "" : ` (as ${by} says)`;
}

/** What keeps tq from giving a copy of what comes from the network. */
export function copyOf(target: string): string {
  const host = target.replace(/:\d+$/, "");
  return `keep a copy of what it fetches beside the code, and say so in tq.yaml:\n  web:\n    - {url: "https://${host}/*", file: copy.json}\nor let it through: --allow-network`;
}

/** The connections that were not let through. */
export function refusedHost({ refused }: Pick<SystemRun, "refused">): SystemRun["refused"][number] | null {
  return refused.find(({ kind }) => kind === "network") ?? null;
}
