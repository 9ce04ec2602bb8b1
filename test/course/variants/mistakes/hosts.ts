import { type Form, HERE } from "../draft.js";

export const hostLiteral: Form[] = [
  {
    make: (draft) => {
      draft
        .change(draft.clients, /^redis_host = .*\n\n/m, "")
        .change(draft.clients, /host=redis_host/g, `host='${draft.choices.service}'${HERE}`)
        .change(draft.clients, /^import os\n/m, "");
    },
  },
  {
    // The variable serves one of them only.
    make: (draft) => {
      draft.change(draft.clients, /^(q = .*host=)redis_host/m, `$1'172.17.0.1'${HERE}`);
    },
  },
  {
    // With a name of its own, which looks like a setting.
    make: (draft) => {
      draft
        .change(draft.clients, /^redis_host = .*/m, `redis_host = '127.0.0.1'${HERE}`)
        .change(draft.clients, /^import os\n/m, "");
    },
  },
];

const VARIABLE = /REDIS_IP|REDIS_HOST/g;

export const composeVariableMissing: Form[] = [
  {
    make: (draft) => {
      const lines = /^( {2}worker:\n(?: {4}.*\n(?: {6}- redis.*\n)?)*?) {4}environment:\n {6}.*\n/m;
      draft.change(draft.compose, lines, `${HERE}$1`);
    },
  },
];

export const composeVariableIgnored: Form[] = [
  {
    when: ({ host }) => host !== "both",
    make: (draft) => {
      const set = draft.choices.host === "REDIS_IP" ? "REDIS_HOST" : "REDIS_IP";
      draft.change(draft.compose, VARIABLE, `${set}${HERE}`);
    },
  },
  {
    // A hyphen for the underscore.
    make: (draft) => {
      draft.change(draft.compose, VARIABLE, `REDIS-IP${HERE}`);
    },
  },
];
