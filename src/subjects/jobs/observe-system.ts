import { ask } from "../../lab/http/exchange.js";
import { runData } from "./data-run.js";
import { type Ask, askBoth, askEarly, type JobAnswers, noteStatus } from "./job-answers.js";
import { firstAccepted, listJobBodies } from "./job-body.js";
import { smallRange } from "./run-options.js";
import { saysSomething } from "./status-answers.js";
import { jobIdOf } from "./submission.js";
import { NOTHING, type SystemRun } from "./system-run.js";
import { waitUntil } from "../../lab/wait-until.js";

/** Milliseconds for a job of a running system: its sleeps are its own. */
const PATIENCE = 60_000;

/** Asks a system that runs somewhere. Nothing of it is started or stopped. */
export async function observeSystem(
  url: string,
  given: unknown,
  seed: string,
  signal: AbortSignal,
): Promise<SystemRun> {
  const send: Ask = (request) => ask(url, request);
  const first = await send({ method: "GET", path: "/jobs" });
  if (first.status === null) {
    return {
      ...NOTHING,
      start: {
        up: false,
        reason: "silent",
        stuck: null,
        code: null,
        limit: null,
        traceback: null,
        lines: [first.problem ?? ""],
      },
    };
  }
  const data = await runData(send);
  const bodies = await listJobBodies(given, { range: smallRange(seed), records: data.records, send });
  const { body, submission } = await firstAccepted(bodies, async (request) => ({
    exchange: await send(request),
    changed: [],
    events: [],
  }));
  const early = await askEarly(send, jobIdOf(submission));
  const statuses: string[] = [];
  let done = false;
  let late = early.early;
  await waitUntil(
    async () => {
      late = await askBoth(send, early.id);
      noteStatus(statuses, late.status);
      done = late.results.status === 200 && saysSomething(late.results) && isLastStatus(statuses, late);
      return done || early.id === null;
    },
    PATIENCE,
    signal,
    300,
  );
  return {
    ...NOTHING,
    start: { up: true, app: url },
    data,
    body,
    submission,
    ...early,
    statuses,
    late: { ...late, done },
  };
}

/** It is another status than the first, or the only one there is: a job may be done before it is asked for. */
function isLastStatus(statuses: readonly string[], { results }: JobAnswers): boolean {
  return statuses.length > 1 || /complete|done|finish|success/i.test(statuses.at(-1) ?? results.text);
}
