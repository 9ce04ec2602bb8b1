import { type Form, HERE } from "../draft.js";

export const syntaxError: Form[] = [
  {
    make: (draft) => {
      draft.change(draft.worker, /^(def execute_job\(jid\)):/m, `$1${HERE}`);
    },
  },
  {
    // A bracket stays open: Python complains a line below.
    make: (draft) => {
      draft.change(draft.jobs, "str(uuid.uuid4())", `str(uuid.uuid4()${HERE}`);
    },
  },
  {
    // Quotes from a web page.
    make: (draft) => {
      draft.change(draft.clients, /^(.*HotQueue\()'(\w+)'/m, `${HERE}$1\u2018$2\u2019`);
    },
  },
  {
    make: (draft) => {
      draft.change(draft.worker, /^ {4}(time\.sleep)/m, `   ${HERE}$1`);
    },
  },
];
