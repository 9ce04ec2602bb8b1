import { type Judgement, notYet, passed, type Place } from "../../../src/course/authoring.js";
import { remarkOnQuiet, type SystemRun } from "../../../src/subjects/jobs/probe.js";

/** Of jobs that do not sleep only the time tells: three workers that take as long as one, or nearly, wait for each other. */
const SHARE = 0.85;

/** A job takes three workers so much longer than one when they wait for each other. */
const WAIT = 1.5;

/** 7.9: more workers, less time, and no job twice. */
export function judgeSharing({ sharing, worker }: SystemRun, { place }: { place: Place }): Judgement {
  const facts = {
    expected: "three workers share the jobs: each once, in about a third of the time of one",
    probe: place.again("7.9"),
  };
  if (!sharing) {
    return notYet({
      ...facts,
      observed: "the worker ended after its first job",
      cause: "something ends the program after a job: exit(), or a loop that ends",
      next: "let @q.worker do the loop",
      mistake: "ends-after-one",
    });
  }
  const { jobs, one, three, shares, twice } = sharing;
  const observed = `${jobs} jobs: one worker ${one === null ? "did not finish" : `${one} ms`}, three ${three === null ? "did not finish" : `${three} ms`}; they did ${shares.join(", ")}`;
  if (twice.length > 0) {
    return notYet({
      ...facts,
      observed: `${observed}; ${twice.length} of them taken twice`,
      cause: "a job goes back to the queue, or is read without being taken",
      next: "let @q.worker take jobs; do not put them again",
      mistake: "done-twice",
    });
  }
  if (one === null || three === null) {
    return notYet({
      ...facts,
      observed,
      cause: "a worker ends or stays with a job, and the rest waits",
      next: "let execute_job come to its end for each job, and the worker go on",
      mistake: "jobs-left-over",
    });
  }
  // Times are those of a machine that may be busy; who slept while another did, or stood still, is certain.
  const waits = sharing.stoodStill && (sharing.each.three ?? 0) > (sharing.each.one ?? Infinity) * WAIT;
  const inTurn = sharing.atOnce === null ? three > one * SHARE && waits : !sharing.atOnce;
  if (inTurn || shares.filter((share) => share > 0).length < 2) {
    return notYet({
      ...facts,
      observed,
      cause: "the workers do not work at the same time: a lock, or one that takes all jobs at once",
      next: "let each worker take one job, do it, and take the next; no lock around the work",
      mistake: "no-sharing",
    });
  }
  return passed(`${observed}; none twice${worker ? remarkOnQuiet(worker) : ""}`);
}
