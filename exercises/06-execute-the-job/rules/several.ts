import {
  explainLimit,
  describeStuck,
  explainTraceback,
  type Judgement,
  notYet,
  passed,
  type Place,
} from "../../../src/course/authoring.js";
import { type JobRun, remarkOnQuiet, type WorkRun } from "../../../src/subjects/jobs/probe.js";

/** 6.5: what is queued while it works is done after, in order, none twice. */
export function judgeSeveral({ jobs, worker, unknown }: WorkRun, place: Place): Judgement {
  const done = jobs.filter(({ doneAt }) => doneAt !== null).length;
  const facts = {
    expected: `jobs that are submitted while the worker is busy are done in their order, each once`,
    observed: `${done} of ${jobs.length} done; taken: ${describeOrder(jobs)}${worker.ended ? "; the worker ended" : ""}`,
    probe: place.again("6.5"),
  };
  const twice = jobs.find(({ taken }) => taken.length > 1);
  if (twice) {
    return notYet({
      ...facts,
      observed: `job ${twice.id ?? ""} was taken ${twice.taken.length} times`,
      cause: "the job goes back to the queue: q.put(jid) in the worker",
      next: "let the worker take jobs, and only the API queue them",
      mistake: "queued-again",
    });
  }
  if (worker.endedIdle) {
    return notYet({
      ...facts,
      observed: `${facts.observed} when no job came for a while`,
      cause: "something ends the program when there is nothing to do: a timeout=, or a loop that ends",
      next: "let @q.worker do the loop: it waits for the next job, however long that takes",
      mistake: "ends-when-empty",
    });
  }
  if (done < jobs.length || !unknown) {
    const { ended, traceback } = worker;
    const limited = explainLimit(ended?.limit ?? null);
    if (limited) return notYet({ ...facts, ...limited });
    if (ended && traceback) return notYet({ ...facts, ...explainTraceback(traceback) });
    return notYet({
      ...facts,
      cause: ended
        ? "something in execute_job ends the program: exit(), or a loop that ends"
        : worker.stuck
          ? describeStuck(worker.stuck)
          : "the worker takes no further job: execute_job does not come to an end",
      next: "let @q.worker do the loop; execute_job does one job and comes to its end",
      mistake: ended ? "ends-after-some" : "stuck-after-some",
    });
  }
  const order = jobs.map(({ taken }) => taken[0] ?? 0);
  // Two that overlap are at work at once, whichever of them wrote first.
  const isLate = (job: JobRun, n: number): boolean =>
    n > 0 && Number.isFinite(begins(jobs[n - 1])) && ends(job) < begins(jobs[n - 1]);
  if (order.some((place, n) => n > 0 && place < (order[n - 1] ?? 0)) || jobs.some(isLate)) {
    return notYet({
      ...facts,
      cause: "jobs are taken from the wrong end, or several at a time",
      next: "let @q.worker take them: the oldest first",
      mistake: "out-of-order",
    });
  }
  const early = jobs.find((job, n) => n > 0 && begins(job) < ends(jobs[n - 1]));
  if (early) {
    return notYet({
      ...facts,
      observed: `job ${early.id ?? ""} was begun before the one before it was complete`,
      cause: "the work is given to a thread or process, and the worker takes the next job at once",
      next: "do the work in execute_job itself; for more at once start more workers",
      mistake: "several-at-once",
    });
  }
  return passed(`${jobs.length} jobs, one after the other, each once${remarkOnQuiet(worker)}`);
}

function begins(job: JobRun | undefined): number {
  return job?.statuses[1]?.order ?? Infinity;
}

function ends(job: JobRun | undefined): number {
  return job?.statuses.at(-1)?.order ?? 0;
}

function describeOrder(jobs: readonly JobRun[]): string {
  const taken = jobs.flatMap((job, n) => job.taken.map((place) => ({ place, name: `job ${n + 1}` })));
  return (
    taken
      .sort((a, b) => a.place - b.place)
      .map(({ name }) => name)
      .join(", ") || "none"
  );
}
