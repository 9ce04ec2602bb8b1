import { ask } from "../../lab/http/exchange.js";
import { type SystemFile } from "../../lab/system-file/system-file.js";
import { runData } from "./data-run.js";
import { answersOf, askedOf, findResult, noteStatus, viewJob } from "./job-view.js";
import { jobIdOf } from "./job-id.js";
import { nameOf, type Route } from "./routes/route.js";
import { declaredRoutes } from "./routes/declared.js";
import { smallRange } from "./run-options.js";
import { NOTHING, type SystemRun } from "./run-result.js";
import { isFine, type Ask, describeSystem } from "./system.js";
import { saysSomething } from "./status-answers.js";
import { submitJob } from "./submit-job.js";
import { waitUntil } from "../../lab/wait-until.js";

/** Milliseconds for a job of a running system: its sleeps are its own. */
const PATIENCE = 60_000;

export interface ObserveOptions {
  url: string;
  /** The body of a job, where it was given. */
  given: unknown;
  file: SystemFile | null;
  /** The table of routes of the student's files; null where they are not there, or do not start. */
  routes: () => Promise<readonly Route[] | null>;
  seed: string;
  report: (line: string) => void;
  signal: AbortSignal;
}

/** Asks a system that runs somewhere. Nothing of it is started or stopped. */
export async function observeSystem(options: ObserveOptions): Promise<SystemRun> {
  const { url, given, file, seed, report, signal } = options;
  const send: Ask = (request) => ask(url, request);
  const first = await send({ method: "GET", path: "/jobs" });
  if (first.status === null) return { ...NOTHING, start: silent(first.problem) };
  const schema = await send({ method: "GET", path: "/openapi.json" });
  const declared = isFine(schema) ? declaredRoutes(schema.json) : [];
  const table = declared.length > 0 ? declared : await options.routes();
  const system = describeSystem(table, { send, told: file, range: smallRange(seed), report });
  const data = await runData(system);
  const job = await submitJob({
    system,
    given,
    records: data.raw,
    submit: async (request) => ({ exchange: await send(request), changed: [], events: [] }),
    messages: null,
    skip: 0,
  });
  const id = jobIdOf(job.submission);
  const found = {
    ...NOTHING,
    start: { up: true as const, app: url },
    routes: system.isKnown ? system.routes.map(nameOf) : null,
    isCourse: !system.isKnown || system.routes.some(({ path }) => /^\/jobs\/\{\w+\}\/results$/.test(path)),
    data,
    job,
    id,
  };
  if (id === null) return found;
  const view = await viewJob(system, id, { ofData: data.routes, words: undefined });
  const statuses: string[] = [];
  report("waiting for the job");
  let done = false;
  let late = { status: answersOf(view.early, view.status, null).status, results: found.late.results };
  let result = view.routes.result ?? null;
  await waitUntil(
    async () => {
      const seen = await findResult(view, send, {
        events: () => Promise.resolve([]),
        isOfResult: () => false,
      });
      result = seen.result;
      late = answersOf(seen.late, view.status, result);
      noteStatus(statuses, late.status, { id });
      const isThere =
        result === null || (late.results !== null && isFine(late.results) && saysSomething(late.results));
      done = isThere && isLast(statuses, late.results?.text ?? "");
      return done;
    },
    PATIENCE,
    signal,
    300,
  );
  return {
    ...found,
    statusAsked: askedOf(view.status, view.routes.status),
    resultAsked: askedOf(result, view.routes.result),
    early: answersOf(view.early, view.status, result),
    unknown: answersOf(view.unknown, view.status, result),
    list: view.list,
    statuses,
    late: { ...late, done },
  };
}

/** It is another status than the first, or the only one there is: a job may be done before it is asked for. */
function isLast(statuses: readonly string[], result: string): boolean {
  return statuses.length > 1 || /complete|done|finish|success/i.test(statuses.at(-1) ?? result);
}

function silent(problem: string | null): SystemRun["start"] {
  return {
    up: false,
    reason: "silent",
    stuck: null,
    code: null,
    limit: null,
    traceback: null,
    lines: [problem ?? ""],
  };
}
