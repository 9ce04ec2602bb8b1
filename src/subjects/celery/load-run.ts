import { type Asked, type Scene } from "./stack-tasks.js";

/** What the course has computed for a while: a division by every odd number up to its root takes most of a minute. */
export const LONG = 2305843009213693951n;

/** How the stack answers while a worker computes. */
export interface Busy {
  long: Asked;
  /** Milliseconds: half of all requests were answered within `half`, all but one in a hundred within `most`. */
  half: number;
  most: number;
  /** How many were asked, and how many of them had no answer or an error. */
  requests: number;
  failed: number;
  /** Small numbers that were sent meanwhile. */
  others: Asked[];
  /** Processes of the worker that do tasks. */
  processes: number;
  /** With `--slow`: how long it took (milliseconds). */
  longTook: number | null;
  /** The phases that come after make sense. */
  isFine: boolean;
}

/** Requests, of which every second sends a number, and milliseconds for those numbers to be done. */
const REQUESTS = 60;
const PATIENCE = { others: 10_000, long: 600_000, taken: 1500 };

/** A web that takes longer for half of its answers makes its users wait (milliseconds). */
export const SLOW = 500;

export async function observeBusy(scene: Scene, slow: boolean): Promise<Busy> {
  const { stack, post, look, follow } = scene;
  const began = performance.now();
  const long = await post(LONG);
  const [others, durations]: [Asked[], number[]] = [[], []];
  let failed = 0;
  for (let n = 0; n < REQUESTS; n += 1) {
    const asked = n % 2 === 0 ? await post(n) : await look(others.at(-1) ?? long);
    const exchange = n % 2 === 0 ? asked.post : asked.get;
    if (n % 2 === 0) others.push(asked);
    durations.push(exchange?.durationMs ?? 0);
    if (exchange?.status !== 200) failed += 1;
    if (durations.reduce((sum, one) => sum + one, 0) > PATIENCE.others) break;
  }
  durations.sort((a, b) => a - b);
  const at = (part: number): number => durations[Math.ceil(durations.length * part) - 1] ?? 0;
  const processes = await countProcesses(scene);
  const done = await follow(others, processes > 1 ? PATIENCE.others : 0);
  const [last = long] = slow ? await follow([long], PATIENCE.long) : [await look(long)];
  const took = slow && last.status === "SUCCESS" ? performance.now() - began : null;
  const half = at(0.5);
  const areDone = processes < 2 || done.every(({ status }) => status === "SUCCESS");
  return {
    long: last,
    half,
    most: at(0.99),
    requests: durations.length,
    failed,
    others: done,
    processes,
    longTook: took,
    isFine:
      failed === 0 && half < SLOW && areDone && last.status !== "FAILURE" && (await stack.all()).length > 0,
  };
}

/** One process leads, and does no task where there are others. */
async function countProcesses({ stack }: Scene): Promise<number> {
  const containers = (await stack.containers("worker")).filter(({ running }) => running);
  const counts = await Promise.all(
    containers.map(async ({ id }) => {
      const all = (await stack.processes(id)).filter((command) => /celery/.test(command));
      return Math.max(all.length - 1, 1);
    }),
  );
  return counts.reduce((sum, one) => sum + one, 0);
}
