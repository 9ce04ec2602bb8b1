import { type Edition } from "../../../src/subjects/python-code/probe.js";

/** How an edition of the course writes jobs.py, as sentences about it have it. */
export interface Form {
  /** The first status of a job, and the line that gives it. */
  first: string;
  firstLine: string;
  /** The fields of a job, and how it is made. */
  fields: readonly string[];
  made: string;
  /** Where the record is: its database, its form and its key. */
  db: number;
  kind: string;
  keyOf: (id: string) => string;
  save: string;
  client: string;
}

export const FORMS: Readonly<Record<Edition, Form>> = {
  classic: {
    first: "submitted",
    firstLine: 'add_job has the status as its last argument: status="submitted"',
    fields: ["id", "status", "start", "end"],
    made: "_instantiate_job(jid, status, start, end)",
    db: 0,
    kind: "hash",
    keyOf: (id) => `job.${id}`,
    save: "rd.hset(job_key, mapping=job)",
    client: "rd",
  },
  "2026": {
    first: "QUEUED",
    firstLine: "in add_job: Job(…, status=JobStatus.QUEUED, …)",
    fields: ["jid", "status", "start", "end"],
    made: "Job(jid=jid, status=JobStatus.QUEUED, start=start, end=end)",
    db: 2,
    kind: "JSON of the job",
    keyOf: (id) => id,
    save: "jdb.set(job.jid, job.model_dump_json())",
    client: "jdb",
  },
};
