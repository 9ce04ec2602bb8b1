import { HERE } from "../../draft.js";
import { type FormMistake } from "../form-draft.js";

/** Mistakes that show while the system runs. */
export const RUNNING = {
  "job-route-without-post": {
    when: ({ job, handlers }) => job !== "/jobs" && job !== "query" && handlers === "apart",
    make: (draft) => {
      if (draft.choices.framework === "flask")
        draft.change(
          draft.places.api,
          /^(@\w+\.route\(.*), methods=\['POST'\]\)(\ndef create_job)/m,
          `$1)${HERE}$2`,
        );
      else draft.change(draft.places.api, /^@(\w+)\.post\((.*)\)(\ndef create_job)/m, `@$1.get($2)${HERE}$3`);
    },
    says: [/POST/, /route|methods/],
    as: "step",
  },
  "no-id-in-the-answer": {
    when: ({ answer, framework }) => answer === "sentence" && framework === "flask",
    make: (draft) => {
      draft.change(draft.places.api, /return 'Job \{\} is queued.*/, `return 'The job is queued\\n'${HERE}`);
    },
    says: [/\bid\b/],
    as: "step",
  },
  "never-queued": {
    make: (draft) => {
      draft
        .change(draft.places.jobs, /^( {4})_queue_job\(.*\n/m, "")
        .point(draft.places.jobs, /^def add_job/);
    },
    says: [/queue/],
    as: "step",
  },
  "result-under-another-key": {
    make: (draft) => {
      draft.change(draft.places.worker, /save_result\(jid, /, `${HERE}save_result(jid[:8], `);
    },
    when: ({ results }) => results === "database",
    says: [/result/],
    as: "step",
  },
  "carries-over": {
    when: ({ made }) => made === "json" || made === "picture" || made === "csv",
    make: (draft) => {
      draft
        .change(draft.places.worker, /^def make_result/m, "values = []\n\n\n$&")
        .change(draft.places.worker, /^ {4}values = (\[.*\])$/m, `    values.extend($1)${HERE}`);
    },
    says: [/same job|twice|carr|before it|earlier job|other job/i],
    as: "step",
  },
  "in-progress-for-ever": {
    when: ({ body }) => body === "range" || body === "dates" || body === "letters",
    make: (draft) => {
      draft.change(
        draft.places.worker,
        /^( +)found = \[.*\n/m,
        `$&$1if not found:\n$1    print('no data for', jid)\n$1    return${HERE}\n`,
      );
    },
    says: [/in progress|running|working|without data|no data|for ever|last status/i],
    as: "step",
  },
} satisfies Record<string, FormMistake>;
