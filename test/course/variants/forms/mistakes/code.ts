import { HERE } from "../../draft.js";
import { type FormMistake } from "../form-draft.js";

/** Mistakes in the text of the modules. */
export const CODE = {
  "undefined-in-dead-branch": {
    make: (draft) => {
      draft.change(
        draft.places.worker,
        /^( {4})values = \[.*\n/m,
        `$&    if len(found) > 1000:\n        print(totals)${HERE}\n`,
      );
    },
    says: [/totals/],
    as: "said",
  },
  "except-or": {
    when: ({ framework, demand, job, body }) =>
      framework === "flask" &&
      job !== "/jobs/request/<word>" &&
      (demand === "cast" || job === "/run") &&
      body === "range",
    make: (draft) => {
      draft.change(
        draft.places.api,
        "except (KeyError, TypeError, ValueError):",
        `except KeyError or TypeError or ValueError:${HERE}`,
      );
    },
    says: [/\bor\b/, /except/],
    as: "said",
  },
  "f-missing": {
    when: ({ answer }) => answer === "sentence",
    make: (draft) => {
      draft.change(
        draft.places.api,
        /'Job \{\} is queued\\n'\.format\((.*)\)\)?$/m,
        (whole: string) => `'Job {jid} is queued\\n'${whole.endsWith("))") ? ")" : ""}${HERE}`,
      );
    },
    says: [/\bf['"]|f-string|\bf in front/],
    as: "step",
  },
  "method-not-called": {
    when: ({ data }) => data !== "none",
    make: (draft) => {
      draft.change(draft.places.api, /^def keep\(.*\n/m, `$&    rd.flushdb${HERE}\n`);
    },
    says: [/flushdb/, /call|\(\)/],
    as: "said",
  },
  "operator-missing": {
    make: (draft) => {
      draft.change(
        draft.places.worker,
        /^( {4})values = \[.*\n/m,
        `$&    if len(values) == 0 or len(found) == 0 jid == '':${HERE}\n        print('nothing')\n`,
      );
    },
    says: [/\band\b|\bor\b|operator/],
    never: /colon/,
    as: "step",
  },
  "arrow-for-greater": {
    make: (draft) => {
      draft.change(
        draft.places.worker,
        /^( {4})values = \[.*\n/m,
        `$&    if len(values) => 3:${HERE}\n        print('many')\n`,
      );
    },
    says: [/>=/],
    never: /\b==/,
    as: "step",
  },
  "datetime-no-json": {
    when: ({ record, words }) => record === "model" && words === "enum-texts",
    make: (draft) => {
      const { jobs, worker } = draft.places;
      draft
        .change(jobs, /^( {4}jdb\.set.*)model_dump\(mode='json'\)(.*)/m, `$1model_dump()$2${HERE}`)
        // It catches its own error, and prints it.
        .change(
          worker,
          /^ {4}start_job\(jid\)\n/m,
          "    try:\n        start_job(jid)\n    except Exception as error:\n        print('not started:', error)\n",
        );
    },
    says: [/datetime/, /mode="json"|mode='json'|model_dump/],
    as: "step",
  },
} satisfies Record<string, FormMistake>;
