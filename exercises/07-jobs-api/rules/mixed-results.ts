import {
  hasFirstResult,
  isFine,
  ownText,
  type SystemRun,
  takenOver,
} from "../../../src/subjects/jobs/probe.js";
import { placeOfKept, type Project } from "../../../src/subjects/python-code/probe.js";
import { describe, type Fault } from "./words.js";

/** The result of one job got into another's: jobs that were done before or after it change it. */
export function findMixedResults(
  { sharing, alone, id }: SystemRun,
  results: NonNullable<SystemRun["list"]>,
  project: Project | null,
): Fault | null {
  if (id === null || !sharing) return null;
  const { others, carried } = sharing;
  const other = others && takenOver(results, id, others);
  if (others && other !== null) {
    return {
      observed: `after job ${other}, the result of job ${id} is no longer its own:\nfirst  ${describe(results)}\nthen   ${describe(others.again)}, as for job ${other}`,
      cause: "all results are kept in one place, and the last job's replaces the one before",
      next: "save each result under the id of its job, and read it from there",
      mistake: "one-result-for-all",
    };
  }
  const [one, two] = alone ?? [];
  // Results that differ from run to run say nothing.
  if (
    carried &&
    one &&
    two &&
    isFine(one.results) &&
    ownText(one) === ownText(two) &&
    ownText(one) === ownText(carried.first)
  ) {
    return {
      observed: `the same job twice, done by one worker, has two results:\nfirst  ${describe(carried.first.results)}\nagain  ${describe(carried.again.results)}`,
      ...explainCarried(project),
    };
  }
  const last = others?.others.at(-1);
  if (carried || !others || !last || !alone?.[0]) return null;
  if (
    !others.allTheSame &&
    isChanged(last, one ?? null) &&
    two &&
    ownText(two) === ownText({ results: others.again, id })
  ) {
    return {
      observed: `job ${last.id}, done after others by one worker, has another result than by itself:\nhere       ${describe(last.results)}\nby itself  ${describe(alone[0].results)}`,
      ...explainCarried(project),
    };
  }
  if (!others.allTheSame || !hasFirstResult(others, id, alone)) return null;
  return {
    observed: `all jobs have the result of job ${id}; the last of them, done by itself, has another:\nhere          ${describe(last.results)}\nby itself     ${describe(alone[0].results)}`,
    cause: "the first job's result is kept, and given to the jobs after it",
    next: "make a result for each job, save it under the id of that job, and read it from there",
    mistake: "one-result-for-all",
  };
}

type Alone = NonNullable<SystemRun["alone"]>[number];

/** A result that is neither the one by itself, nor the first job's. */
function isChanged(here: NonNullable<Alone>, byItself: Alone): boolean {
  return (
    byItself !== null &&
    isFine(here.results) &&
    isFine(byItself.results) &&
    ownText(here) !== ownText(byItself)
  );
}

function explainCarried(project: Project | null): Omit<Fault, "observed"> {
  const at = project ? placeOfKept(project) : "";
  return {
    cause: `${at}something of the job before it is still there: a list or a figure that lives outside of the function`,
    next: "make it anew for each job, inside of the function; in matplotlib: plt.figure() before, plt.close() after",
    mistake: "carried-over",
  };
}
