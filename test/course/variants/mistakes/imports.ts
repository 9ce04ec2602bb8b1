import { apiModule } from "../api.js";
import { clientNames } from "../clients.js";
import { type Form, HERE } from "../draft.js";
import { dropImport } from "./queue.js";

export const workerImportsApi: Form[] = [
  {
    // The client that the API has from elsewhere.
    when: ({ imports }) => imports === "names",
    make: (draft) => {
      const { choices, worker } = draft;
      const { data } = clientNames(choices);
      draft
        .change(worker, ...dropImport(choices, data))
        .change(worker, /^import time\n/m, `$&\nfrom ${apiModule(choices)} import ${data}${HERE}`);
    },
  },
  {
    // Its records instead of those in Redis.
    when: ({ imports, dataIn }) => imports === "module" && dataIn === "file",
    make: (draft) => {
      const api = apiModule(draft.choices);
      draft
        .change(draft.worker, /^import time\n/m, `$&\nimport ${api}${HERE}`)
        .change(draft.worker, /= \[json\.loads.*/, `= ${api}._read_file()`);
    },
  },
];

export const circularImport: Form[] = [
  {
    make: (draft) => {
      const line =
        draft.choices.imports === "names" ? "from worker import execute_job" : "from worker import compute";
      draft.change(draft.jobs, /^import uuid\n/m, `$&${line}${HERE}\n`);
    },
  },
  {
    make: (draft) => {
      draft.change(draft.jobs, /^import uuid\n/m, `$&from ${apiModule(draft.choices)} import app${HERE}\n`);
    },
  },
];
