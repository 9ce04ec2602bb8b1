import { type Edition } from "../../../src/subjects/python-code/probe.js";

/** How an edition of the course lets a worker tell where a job is, as sentences about it have it. */
export interface Form {
  running: string;
  done: string;
  /** The lines that say so, and that of a new job. */
  begin: string;
  end: string;
  submit: string;
  /** How a job is made. */
  made: string;
  key: string;
}

export const FORMS: Readonly<Record<Edition, Form>> = {
  classic: {
    running: "in progress",
    done: "complete",
    begin: 'update_job_status(jid, "in progress")',
    end: 'update_job_status(jid, "complete")',
    submit: 'status="submitted"',
    made: "_instantiate_job",
    key: "_generate_job_key(jid)",
  },
  "2026": {
    running: "RUNNING",
    done: "FINISHED -- SUCCESS",
    begin: "start_job(jid)",
    end: "update_job_status(jid, JobStatus.SUCCESS)",
    submit: "status=JobStatus.QUEUED",
    made: "Job(…)",
    key: "job.jid",
  },
};
