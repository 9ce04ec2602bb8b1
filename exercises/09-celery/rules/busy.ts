import { type Judgement, notYet, passed } from "../../../src/course/authoring.js";
import { LONG, SLOW, type StackRun, type TaskRun } from "../../../src/subjects/celery/probe.js";
import { primeIn } from "./numbers.js";

/** Seconds that the long number takes by dividing. */
const MOST_OF_A_MINUTE = 60;

/** 9.6: while one task takes long, the web answers and other tasks are done. */
export function judgeBusy({ busy }: StackRun, task: TaskRun | null): Judgement {
  if (!busy) throw new Error("the stack was up, and was not kept busy");
  const { half, most, requests, failed, others, processes, long, longTook } = busy;
  const measured = `${requests} requests: half answered within ${half} ms, 99 of 100 within ${most} ms`;
  const facts = {
    expected: `while ${LONG} is computed, the web answers within ${SLOW} ms, and other numbers are done`,
    probe: `curl -s localhost:8000 -H 'Content-Type: application/json' -d '{"number": ${LONG}}'   and then other numbers`,
  };
  if (failed > 0 || half >= SLOW) {
    return notYet({
      ...facts,
      observed: `${measured}; ${failed} failed`,
      cause: "the web does more in a request than hand over or look up",
      next: "leave in the handlers what is quick: delay(), status, result; no sleep, no inspect(), no get()",
      mistake: "slow-web",
    });
  }
  const limit = task?.celery?.timeLimit ?? null;
  const endsIt = limit !== null && limit < MOST_OF_A_MINUTE && long.status !== "SUCCESS";
  if (endsIt || long.status === "FAILURE") {
    return notYet({
      ...facts,
      observed:
        limit === null
          ? `${LONG} ended with ${long.get?.text ?? "FAILURE"}`
          : `a task is ended after ${limit} s`,
      cause: "the task was ended before it was done: a time limit that is shorter than its work",
      next: "take time_limit away, or let it be longer than the longest task",
      mistake: "time-limit",
    });
  }
  const open = others.filter(({ status }) => status !== "SUCCESS");
  if (open.length > 0 && processes > 1) {
    return notYet({
      ...facts,
      observed: `${measured}; of ${others.length} numbers that were sent meanwhile ${open.length} were not done after 10 s, with ${processes} processes of the worker`,
      cause: "something holds tasks back, such as a rate limit, though a second process is free",
      next: "take rate_limit and what else orders tasks away",
      mistake: "others-wait",
    });
  }
  if (longTook !== null && primeIn(long.result) !== true) {
    return notYet({
      ...facts,
      observed: `${LONG}: ${long.get?.text ?? "no answer"}`,
      next: "2305843009213693951 is prime",
    });
  }
  const rest =
    processes > 1
      ? `${others.length} other numbers done by ${processes} processes`
      : `the worker has one process, so ${open.length} of ${others.length} other numbers wait`;
  const took =
    longTook !== null
      ? `; ${LONG} is prime, after ${(longTook / 1000).toFixed(0)} s`
      : long.status === "SUCCESS"
        ? `; ${LONG} was done at once: your method is a quick one`
        : `; ${LONG} is not waited for (--slow does)`;
  return passed(`${measured}; ${rest}${took}`);
}
