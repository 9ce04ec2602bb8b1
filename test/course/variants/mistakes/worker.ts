import { type Form, HERE } from "../draft.js";

export const workerNotStarted: Form[] = [
  {
    when: ({ consumer, start }) => consumer !== "q.get" && start === "module",
    make: (draft) => {
      draft.change(draft.worker, /\n\n\nexecute_job\(\)\n$/, "\n").point(draft.worker, /^def execute_job/);
    },
  },
  {
    // Named, not called.
    when: ({ consumer, start }) => consumer !== "q.get" && start === "guard",
    make: (draft) => {
      draft.change(draft.worker, /\bexecute_job\(\)/, `execute_job${HERE}`);
    },
  },
  {
    when: ({ start }) => start === "main",
    make: (draft) => {
      draft.change(draft.worker, /\n\n\nif __name__.*\n.*\n$/, "\n").point(draft.worker, /^def main/);
    },
  },
];

export const statusNotAsAsked: Form[] = [
  {
    // A job is in progress from the beginning.
    make: (draft) => {
      const { running, submitted } = draft.status;
      draft.change(draft.jobs, `status=${submitted}`, `status=${running}${HERE}`);
    },
  },
  {
    // It is never complete.
    make: (draft) => {
      const last = /^( {4}.*save_result.*)\n {4}.*update_job_status.*/m;
      draft.change(draft.worker, last, `$1${HERE}`);
    },
  },
  {
    // Complete before the work.
    make: (draft) => {
      const { running, done } = draft.status;
      const last = new RegExp(`^ {4}.*update_job_status\\(jid, .*${done}\\)\\n`, "m");
      draft.change(draft.worker, last, "").change(draft.worker, running, `${done}${HERE}`);
    },
  },
  {
    // What is stored takes the place of the new status, which so never changes.
    when: ({ statuses }) => statuses !== "enum",
    make: (draft) => {
      draft.change(draft.jobs, /^ {4}job\['status'\] = status/m, `    status = job['status']${HERE}\n$&`);
    },
  },
];
