import { type Finding, type Traceback } from "../../../src/course/authoring.js";
import { isFailedWord, type SystemRun } from "../../../src/subjects/jobs/probe.js";

/** What is wrong only where its line is run; without it the module loads and the rest works. */
const OF_ITS_LINE = new Set([
  "undefined-name",
  "wrong-arguments",
  "unknown-method",
  "value-not-json",
  "decode",
]);

export function isOfItsLine({ kind }: Pick<Finding, "kind">): boolean {
  return OF_ITS_LINE.has(kind);
}

/** Every exception that was seen while the system ran. */
function tracebacksOf(run: SystemRun): Traceback[] {
  const { start, data, job, early, late, unknown, list, restarted, worker } = run;
  const answers = [
    ...data.loads.map(({ exchange }) => exchange),
    data.list,
    data.one?.exchange ?? null,
    data.unknown,
    data.search?.exchange ?? null,
    job?.submission.exchange ?? null,
    early.status,
    early.results,
    late.status,
    late.results,
    unknown.status,
    unknown.results,
    list,
    restarted?.status ?? null,
  ];
  const all = [
    start.up ? null : start.traceback,
    worker?.traceback ?? null,
    ...answers.map((one) => one?.traceback ?? null),
  ];
  return all.filter((one) => one !== null);
}

/** The system did its work, and never came to this line. */
export function isPassedBy({ file, line }: Pick<Finding, "file" | "line">, run: SystemRun): boolean {
  const seen = tracebacksOf(run);
  if (seen.some(({ frames }) => frames.some((frame) => frame.file === file && frame.line === line)))
    return false;
  // An exception that is caught leaves no trace but work that came to nothing.
  const { late, written, start, sharing } = run;
  const isDone = late.done && !isFailedWord(written.at(-1) ?? "") && sharing?.three !== null;
  return isDone || seen.length > 0 || (start.up && run.job === null);
}
