import {
  explainLimit,
  describeStuck,
  explainTraceback,
  type Judgement,
  notYet,
  passed,
  type Place,
} from "../../../src/course/authoring.js";
import { type JobRun, type WorkRun } from "../../../src/subjects/jobs/probe.js";
import { placeOfStatus, type Project } from "../../../src/subjects/python-code/probe.js";

const FINAL = /complete|done|finish|success/i;

/** The statuses that the worker wrote into the first job's record, after the one that it was submitted with. */
function worded(run: WorkRun): { job: JobRun; first: string; words: JobRun["statuses"] } {
  const [job] = run.jobs;
  if (!job) throw new Error("a job that was taken was never submitted");
  const [first, ...words] = job.statuses;
  return { job, first: first?.status ?? "", words };
}

function describe({ job, words }: ReturnType<typeof worded>, { worker }: WorkRun): string {
  const seen = [...new Set(words.map(({ status }) => `"${status}"`))].join(", then ");
  const end =
    worker.ended && job.doneAt === null
      ? `; the worker ended${worker.traceback ? `: ${worker.traceback.error}` : ""}`
      : "";
  return `status of job ${job.id ?? ""}: ${job.statuses[0] ? `"${job.statuses[0].status}"` : "none"}${seen === "" ? ", and no other" : `, then ${seen}`}${end}`;
}

/** 6.2: while it works, the record says so. */
export function judgeInProgress(run: WorkRun, project: Project, place: Place): Judgement {
  const found = worded(run);
  const { job, first, words } = found;
  const facts = {
    expected: 'the status of the job becomes "in progress" when the work begins',
    observed: describe(found, run),
    probe: place.again("6.2"),
  };
  const [begin] = words;
  if (!begin) {
    const { traceback } = run.worker;
    if (traceback && job.doneAt === null) return notYet({ ...facts, ...explainTraceback(traceback) });
    return notYet({
      ...facts,
      cause: "nothing writes a status: update_job_status is not called, or does nothing yet",
      next: 'update_job_status(jid, "in progress") as the first line of execute_job',
      mistake: "status-not-written",
    });
  }
  if (begin.status === first) {
    const finding = project.findings.find(({ kind }) => kind === "parameter-overwritten");
    if (!finding && first !== "submitted") {
      return notYet({
        ...facts,
        cause: `${placeOfStatus(project, "first", first)}a new job has the status "${first}" already: nobody works on it yet`,
        next: 'in add_job: status="submitted"',
        mistake: "status-not-submitted",
      });
    }
    return notYet({
      ...facts,
      cause: finding
        ? `${finding.file}:${finding.line}: ${finding.text.trim()}   unpacks the stored status over the parameter status, and the old one is written again`
        : "the stored status is written again, not the new one",
      next: "give the stored value another name, or read only what you need: start, end = …",
      mistake: "parameter-overwritten",
    });
  }
  if (words.length === 1 && FINAL.test(begin.status)) {
    return notYet({
      ...facts,
      cause:
        "the status is set once, when all is done: whoever asks meanwhile sees a job that nobody works on",
      next: 'update_job_status(jid, "in progress") before the work',
      mistake: "not-in-progress",
    });
  }
  const before = job.sleeps.find(({ time }) => time < begin.time);
  if (before) {
    return notYet({
      ...facts,
      observed: `${facts.observed}; "${begin.status}" was written after the work`,
      cause: `the work (${show(before)}) comes before the line that sets the status`,
      next: 'first update_job_status(jid, "in progress"), then the work',
      mistake: "in-progress-late",
    });
  }
  return passed(`"${begin.status}" was written when the work began${remark(begin.status, "in progress")}`);
}

/** 6.3: after it, too. */
export function judgeComplete(run: WorkRun, project: Project, place: Place): Judgement {
  const found = worded(run);
  const { job, words } = found;
  const facts = {
    expected: 'the status of the job becomes "complete" when the work is done',
    observed: describe(found, run),
    probe: place.again("6.3"),
  };
  const [begin, ...later] = words;
  const end = later.at(-1);
  if (!end || end.status === begin?.status) {
    const { traceback, ended } = run.worker;
    const limited = explainLimit(ended?.limit ?? null);
    if (limited) return notYet({ ...facts, ...limited });
    if (traceback && ended && job.doneAt === null)
      return notYet({ ...facts, ...explainTraceback(traceback) });
    return notYet({
      ...facts,
      cause:
        job.doneAt !== null
          ? `${placeOfStatus(project, "last")}nothing sets the status after the work`
          : run.worker.stuck
            ? describeStuck(run.worker.stuck)
            : "execute_job does not come to an end with this job",
      next: 'update_job_status(jid, "complete") as the last line of execute_job',
      mistake: job.doneAt !== null ? "never-complete" : "work-without-end",
    });
  }
  const after = job.sleeps.find(({ time }) => time >= end.time);
  if (after) {
    return notYet({
      ...facts,
      observed: `${facts.observed}; "${end.status}" was written before the work`,
      cause: `${placeOfStatus(project, "last", end.status)}the work (${show(after)}) comes after the line that says it is done`,
      next: `move update_job_status(jid, "${end.status}") below the work`,
      mistake: "complete-before-work",
    });
  }
  return passed(`${describe(found, run)}${remark(end.status, "complete")}`);
}

function show({ at, seconds }: JobRun["sleeps"][number]): string {
  return `${at ? `${at.file}:${at.line}: ` : ""}time.sleep(${seconds})`;
}

function remark(word: string, usual: string): string {
  return word === usual
    ? ""
    : `. The exercise's word for it is "${usual}"; yours is as good, if you keep to it`;
}

/** 6.4: the rest of the record is as it was. */
export function judgeKept({ jobs }: WorkRun, place: Place): Judgement {
  const [job] = jobs;
  const [before, after] = [job?.writes[0]?.fields, job?.after?.fields ?? null];
  const facts = {
    expected: "id, start and end of the job are as they were when it was submitted",
    probe: place.again("6.4"),
  };
  if (!job || !before || !after) {
    return notYet({
      ...facts,
      observed: `the record ${job?.writes[0]?.key ?? ""} is gone`,
      cause: "the worker removes the record, or saves it under another key",
      next: "write the new status into the same record: _generate_job_key(jid)",
      mistake: "record-gone",
    });
  }
  const names = Object.keys(before).filter((name) => name !== "status");
  // In the end it may be right again: what was swapped twice was wrong in between.
  const states = [...job.writes.map(({ fields }) => ({ ...before, ...fields })), after];
  const [name, state] =
    states
      .flatMap((one) => names.map((field) => [field, one] as const))
      .find(([field, one]) => one[field] !== before[field]) ?? [];
  if (name === undefined) return passed(`${names.join(", ")} are as they were`);
  const [was, is] = [before[name] ?? "", state?.[name]];
  return notYet({
    ...facts,
    observed: `${name} was ${was}, and became ${is ?? "nothing at all"}`,
    ...explainOther(was, is, Object.values(before)),
  });
}

function explainOther(
  was: string,
  is: string | undefined,
  all: readonly string[],
): { cause: string; next: string; mistake: string } {
  if (is === undefined) {
    return {
      cause: "update_job_status saves a record without this field",
      next: "read the whole job, change its status, and save the whole",
      mistake: "fields-lost",
    };
  }
  if (is === `b'${was}'`) {
    return {
      cause: "Redis gave bytes, and their text form was saved: b'…'",
      next: "make rd with decode_responses=True, or decode() what hget and hmget return",
      mistake: "bytes-as-text",
    };
  }
  return {
    cause: all.includes(is)
      ? "values are saved under each other's names: the order differs between two lines"
      : "the worker or update_job_status writes another value",
    next: "compare the order in which fields are read, and that in which _instantiate_job takes them",
    mistake: all.includes(is) ? "values-mixed-up" : "values-changed",
  };
}
