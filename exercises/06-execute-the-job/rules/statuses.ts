import {
  explainLimit,
  describeStuck,
  explainPrinted,
  explainTraceback,
  type Judgement,
  notYet,
  passed,
  type Place,
} from "../../../src/course/authoring.js";
import { type JobRun, type WorkRun } from "../../../src/subjects/jobs/probe.js";
import {
  editionOf,
  placeOfStatus,
  type Project,
  showStatus,
  stageOfStatus,
} from "../../../src/subjects/python-code/probe.js";
import { FORMS } from "./form.js";
import { describeTold, type Told, toldOf } from "./told.js";

/** 6.2: while it works, the record says so. */
export function judgeInProgress(run: WorkRun, project: Project, place: Place): Judgement {
  const told = toldOf(run);
  const { job, first, words, begun } = told;
  const { modules, findings } = project;
  const form = FORMS[editionOf(project)];
  const facts = {
    expected: `the status of the job becomes "${form.running}" when the work begins`,
    observed: describeTold(told, run, project),
    probe: place.again("6.2"),
  };
  const [begin] = words;
  if (begun && (!begin || begin.status === first || isEnd(begin.status, project))) {
    const late = sleptBefore(job, begun.time);
    const names = begun.names.join(", ");
    if (late)
      return notYet({ ...facts, ...explainLate(late, `${names} was written`, facts.observed, form.begin) });
    return passed(
      `${names} was written when the work began: it tells that somebody works on the job, while its status stays ${showStatus(first, modules)}`,
    );
  }
  if (!begin) return notYet({ ...facts, ...explainNone(told, run, project) });
  if (begin.status === first) {
    const finding = findings.find(({ kind }) => kind === "parameter-overwritten");
    if (!finding && stageOfStatus(first, modules) !== "waiting") {
      return notYet({
        ...facts,
        cause: `${placeOfStatus(project, "first", first)}a new job has the status ${showStatus(first, modules)} already: nobody works on it yet`,
        next: `in add_job: ${form.submit}`,
        mistake: "status-not-submitted",
      });
    }
    return notYet({
      ...facts,
      cause: finding ? overwrites(finding) : "the stored status is written again, not the new one",
      next: "give the stored value another name, or read only what you need: start, end = …",
      mistake: "parameter-overwritten",
    });
  }
  if (words.length === 1 && isEnd(begin.status, project)) {
    return notYet({
      ...facts,
      cause:
        "the status is set once, when all is done: whoever asks meanwhile sees a job that nobody works on",
      next: `${form.begin} before the work`,
      mistake: "not-in-progress",
    });
  }
  const late = sleptBefore(job, begin.time);
  const shown = showStatus(begin.status, modules);
  if (late)
    return notYet({ ...facts, ...explainLate(late, `${shown} was written`, facts.observed, form.begin) });
  return passed(`${shown} was written when the work began${remark(begin.status, form.running)}`);
}

function isEnd(status: string, { modules }: Project): boolean {
  const stage = stageOfStatus(status, modules);
  return stage === "done" || stage === "failed";
}

function sleptBefore({ sleeps }: JobRun, time: number): JobRun["sleeps"][number] | undefined {
  return sleeps.find((sleep) => sleep.time < time);
}

function explainLate(
  late: JobRun["sleeps"][number],
  what: string,
  observed: string,
  begin: string,
): { observed: string; cause: string; next: string; mistake: string } {
  return {
    observed: `${observed}; ${what} after the work`,
    cause: `the work (${show(late)}) comes before the line that sets the status`,
    next: `first ${begin}, then the work`,
    mistake: "in-progress-late",
  };
}

function overwrites({ file, line, text }: Project["findings"][number]): string {
  return `${file}:${line}: ${text.trim()}   unpacks the stored status over the parameter status, and the old one is written again`;
}

/** Why nothing was written into the record at all. */
function explainNone(
  { job }: Told,
  { worker }: WorkRun,
  project: Project,
): { cause: string; next: string; mistake: string } {
  const { traceback, lines } = worker;
  const form = FORMS[editionOf(project)];
  if (traceback && job.doneAt === null) return explainTraceback(traceback, project.findings);
  const elsewhere = job.otherKeys.map(({ key, db }) => `${key} in database ${db}`).join(", ");
  const overwritten = project.findings.find(({ kind }) => kind === "parameter-overwritten");
  if (overwritten && elsewhere !== "") {
    return {
      cause: `${overwrites(overwritten)}; with the id it is the same: a second record arises, ${elsewhere}`,
      next: "give what is read other names than the parameters have, or change one entry of the dict",
      mistake: "parameter-overwritten",
    };
  }
  const printed = explainPrinted(lines, project.findings);
  if (printed) return printed;
  if (elsewhere !== "") {
    return {
      cause: `the worker writes into another record: ${elsewhere}`,
      next: `write into the record that the job has: ${form.key}`,
      mistake: "status-not-written",
    };
  }
  return {
    cause: `nothing writes a status: update_job_status is not called, or does nothing yet${saying(lines)}`,
    next: `${form.begin} as the first line of execute_job`,
    mistake: "status-not-written",
  };
}

/** What the worker itself said, which may be the exception that it caught. */
function saying(lines: readonly string[]): string {
  const last = lines.filter((line) => line.trim() !== "").slice(-3);
  return last.length === 0 ? "" : `. The worker says:\n${last.join("\n")}`;
}

/** 6.3: after it, too. */
export function judgeComplete(run: WorkRun, project: Project, place: Place): Judgement {
  const told = toldOf(run);
  const { job, first, words, begun } = told;
  const { modules, findings } = project;
  const form = FORMS[editionOf(project)];
  const facts = {
    expected: `the status of the job becomes "${form.done}" when the work is done`,
    observed: describeTold(told, run, project),
    probe: place.again("6.3"),
  };
  const changed = words.filter(({ status }) => status !== first);
  const [begin] = begun ? [] : changed;
  const end = changed.slice(begin ? 1 : 0).at(-1);
  const { traceback, ended, lines, stuck } = run.worker;
  if (!end || end.status === begin?.status) {
    const limited = explainLimit(ended?.limit ?? null);
    if (limited) return notYet({ ...facts, ...limited });
    if (traceback && ended && job.doneAt === null)
      return notYet({ ...facts, ...explainTraceback(traceback, findings) });
    const printed = job.doneAt === null ? null : explainPrinted(lines, findings);
    if (printed) return notYet({ ...facts, ...printed });
    return notYet({
      ...facts,
      cause:
        job.doneAt !== null
          ? `${placeOfStatus(project, "last")}nothing sets the status after the work${saying(lines)}`
          : stuck
            ? describeStuck(stuck)
            : "execute_job does not come to an end with this job",
      next: `${form.end} as the last line of execute_job`,
      mistake: job.doneAt !== null ? "never-complete" : "work-without-end",
    });
  }
  const shown = showStatus(end.status, modules);
  if (stageOfStatus(end.status, modules) === "failed") {
    const printed = explainPrinted(lines, findings);
    return notYet({
      ...facts,
      cause:
        printed?.cause ??
        `the worker caught an exception, and gave the job the status ${shown}${saying(lines)}`,
      next:
        printed?.next ?? "mend the line that raises it: take the try away for a moment, and Python names it",
      mistake: printed?.mistake ?? "ended-in-error",
    });
  }
  const after = job.sleeps.find(({ time }) => time >= end.time);
  if (after) {
    return notYet({
      ...facts,
      observed: `${facts.observed}; ${shown} was written before the work`,
      cause: `${placeOfStatus(project, "last", end.status)}the work (${show(after)}) comes after the line that says it is done`,
      next: `move the line that writes ${shown} below the work`,
      mistake: "complete-before-work",
    });
  }
  return passed(`${facts.observed}${remark(end.status, form.done)}`);
}

function show({ at, seconds }: JobRun["sleeps"][number]): string {
  return `${at ? `${at.file}:${at.line}: ` : ""}time.sleep(${seconds})`;
}

function remark(word: string, usual: string): string {
  return word === usual
    ? ""
    : `. The exercise's word for it is "${usual}"; yours is as good, if you keep to it`;
}
