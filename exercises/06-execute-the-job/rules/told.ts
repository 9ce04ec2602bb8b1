import { type JobRun, type WorkRun } from "../../../src/subjects/jobs/probe.js";
import { type Project, showStatus } from "../../../src/subjects/python-code/probe.js";

type Word = JobRun["statuses"][number];

/** What the first job's record told of it while the worker had it. */
export interface Told {
  job: JobRun;
  /** The status that it was submitted with. */
  first: string;
  /** Those that were written after it. */
  words: Word[];
  /** Fields that were empty and were filled when the status was still the first, such as start_time. */
  begun: { names: string[]; time: number } | null;
}

export function toldOf(run: WorkRun): Told {
  const [job] = run.jobs;
  if (!job) throw new Error("a job that was taken was never submitted");
  const [first, ...words] = job.statuses;
  return { job, first: first?.status ?? "", words, begun: begunBy(job, first?.status) };
}

function begunBy({ writes }: JobRun, first: string | undefined): Told["begun"] {
  const [submitted, ...later] = writes;
  if (!submitted) return null;
  for (const { fields, time } of later) {
    if ((fields["status"] ?? first) !== first) return null;
    const names = Object.keys(fields).filter(
      (name) => isEmpty(submitted.fields[name]) && !isEmpty(fields[name]),
    );
    if (names.length > 0) return { names, time };
  }
  return null;
}

/** What a field holds that is still to be filled. */
export function isEmpty(value: string | undefined): boolean {
  return value === undefined || value === "" || value === "null" || value === "None";
}

export function describeTold({ job, words }: Told, { worker }: WorkRun, { modules }: Project): string {
  const seen = [...new Set(words.map(({ status }) => showStatus(status, modules)))].join(", then ");
  const end =
    worker.ended && job.doneAt === null
      ? `; the worker ended${worker.traceback ? `: ${worker.traceback.error}` : ""}`
      : "";
  const [first] = job.statuses;
  return `status of job ${job.id ?? ""}: ${first ? showStatus(first.status, modules) : "none"}${seen === "" ? ", and no other" : `, then ${seen}`}${end}`;
}
