import { type Form, HERE } from "../draft.js";

export const undefinedName: Form[] = [
  {
    // The import is forgotten.
    make: (draft) => {
      draft.change(draft.worker, /^import time\n/m, "").point(draft.worker, /^ *time\.sleep/);
    },
  },
  {
    when: ({ jobKey }) => jobKey !== "",
    make: (draft) => {
      draft.change(draft.jobs, /^( .*)_generate_job_key\(jid\)/m, `$1generate_job_key(jid)${HERE}`);
    },
  },
  {
    // from jobs import …, and then jobs.…
    when: ({ imports }) => imports === "names",
    make: (draft) => {
      draft.change(draft.worker, / update_job_status\(/g, ` jobs.update_job_status(${HERE}`);
    },
  },
];

export const nameNotThere: Form[] = [
  {
    when: ({ imports }) => imports === "names",
    make: (draft) => {
      draft
        .change(draft.worker, /\bupdate_job_status\b/g, "update_status")
        .change(draft.worker, /^from jobs import /m, `$&${HERE}`);
    },
  },
  {
    when: ({ imports }) => imports === "module",
    make: (draft) => {
      draft.change(draft.api, /jobs\.get_job_by_id\(jid\)/g, `jobs.get_job(jid)${HERE}`);
    },
  },
];

export const wrongArguments: Form[] = [
  {
    make: (draft) => {
      draft.change(draft.api, /(add_job\([^,]*), [^)]*\)/, `$1)${HERE}`);
    },
  },
  {
    make: (draft) => {
      draft.change(draft.jobs, /^( {4}_save_job)\(jid, job\)/m, `$1(job)${HERE}`);
    },
  },
  {
    make: (draft) => {
      draft.change(draft.jobs, /^( {4}job = _instantiate_job\(jid), [^,]*,/m, `${HERE}$1,`);
    },
  },
];
