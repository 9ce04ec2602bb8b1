import { explainLimit } from "../../lab/python/explain-limit.js";
import { explainTraceback } from "../../lab/python/explain-traceback.js";
import { describeStuck } from "../../lab/program/stuck.js";
import { type Finding } from "../../text/finding.js";
import { type Start } from "./api-program.js";

/** Why an API did not come up, as a rule says it; null where it did. */
export interface StartProblem {
  observed: string;
  cause: string;
  next: string;
  mistake: string;
}

export function explainStart(
  start: Start,
  file: string,
  findings: readonly Finding[] = [],
): StartProblem | null {
  if (start.up) return null;
  const { reason, stuck, limit, code, traceback, lines } = start;
  const limited = explainLimit(limit);
  if (limited) return { observed: `python ${file} was ended before a server answered`, ...limited };
  if (traceback) {
    return {
      observed: `python ${file} ended with an error: ${traceback.error}`,
      ...explainTraceback(traceback, findings),
    };
  }
  if (reason === "silent") {
    return {
      observed: `python ${file} runs, and no server answers`,
      cause: stuck
        ? describeStuck(stuck)
        : "something before the start of the server does not come to an end, such as a worker's loop",
      next: "let api.py import, define its routes and start the server; the worker is a program of its own",
      mistake: "server-does-not-start",
    };
  }
  if (code !== 0 || lines.length > 0) {
    const said = lines.length === 0 ? "said nothing" : `said last: ${lines.at(-1) ?? ""}`;
    return {
      observed: `python ${file} ended by itself${code === null ? "" : ` with exit code ${code}`}, and ${said}`,
      cause:
        "something ends the program before a server is started: exit(), or a question that nobody answers",
      next: `run python ${file}, and look for the line that ends it`,
      mistake: "ends-by-itself",
    };
  }
  return {
    observed: `python ${file} ended by itself, and no web application was found in it`,
    cause: "no Flask or FastAPI object stands at the top level of the file",
    next: "write app = Flask(__name__) or app = FastAPI() at the top level, and the routes below it",
    mistake: "no-app",
  };
}
