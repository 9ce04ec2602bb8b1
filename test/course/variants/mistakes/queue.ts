import { type Choices } from "../choices.js";
import { clientNames, hostOf } from "../clients.js";
import { type Draft, type Form, HERE } from "../draft.js";
import { topicOf } from "../topics.js";

/** The worker makes its queue itself, as these say. */
function makeInWorker(draft: Draft, name: string, db: number): void {
  const { choices, worker } = draft;
  draft
    .change(worker, ...dropImport(choices, "q"))
    .addBelowImports(
      worker,
      "import os\nfrom hotqueue import HotQueue",
      `q = HotQueue('${name}', host=${hostOf(choices)}, port=6379, db=${db})${HERE}`,
    );
}

/** How a module comes to have no more `name` of another's, for Draft.change: its own takes that place. */
export function dropImport({ imports }: Choices, name: string): [RegExp, string] {
  return imports === "names"
    ? [new RegExp(`^(from .* import .*), ${name}$|^(from .* import (?:.*, )?)${name}, `, "m"), "$1$2"]
    : [new RegExp(`\\b\\w+\\.${name}\\b`, "g"), name];
}

const other = (db: number): number => (db === 1 ? 4 : 1);

export const queueMadeAgain: Form[] = [
  {
    make: (draft) => {
      makeInWorker(draft, topicOf(draft.choices).queue, draft.choices.queueDb);
    },
  },
  {
    // In the API, which has no use for it.
    make: (draft) => {
      const { choices, api } = draft;
      draft.addBelowImports(
        api,
        `${choices.dataIn === "code" ? "import os\n" : ""}from hotqueue import HotQueue`,
        `q = HotQueue('${topicOf(choices).queue}', host=${hostOf(choices)}, port=6379, db=${choices.queueDb})${HERE}`,
      );
    },
  },
];

export const queueDiffers: Form[] = [
  {
    make: (draft) => {
      makeInWorker(draft, `${topicOf(draft.choices).queue}s`, draft.choices.queueDb);
    },
  },
  {
    make: (draft) => {
      makeInWorker(draft, topicOf(draft.choices).queue, other(draft.choices.queueDb));
    },
  },
];

export const queueInRecordsDb: Form[] = [
  {
    make: (draft) => {
      const { jobsDb } = draft.choices;
      draft.change(draft.clients, /^(q = .*db=)\d+/m, `$1${jobsDb}${HERE}`);
    },
  },
];

export const clientOnTwoDbs: Form[] = [
  {
    // The second takes the place of the first: the data are looked for among the jobs.
    make: (draft) => {
      const { data, jobs } = clientNames(draft.choices);
      const twice = new RegExp(`^${data}( = redis.*\\n)${jobs}( = .*)`, "m");
      draft.change(draft.clients, twice, `${jobs}$1${jobs}$2${HERE}`);
      for (const file of new Set([draft.api, draft.worker])) {
        draft.change(file, new RegExp(`\\b${data}(?=\\.h|$)`, "gm"), jobs);
      }
    },
  },
  {
    // The worker gives its own client for the data the name that elsewhere holds the jobs.
    make: (draft) => {
      const { choices, worker } = draft;
      const { data, jobs } = clientNames(choices);
      const decodes = choices.decode === "client" ? ", decode_responses=True" : "";
      draft
        .change(worker, ...dropImport(choices, data))
        .change(worker, new RegExp(`\\b${data}\\.hvals`), `${jobs}.hvals`)
        .addBelowImports(
          worker,
          "import os\nimport redis",
          `${jobs} = redis.${choices.redisClass}(host=${hostOf(choices)}, port=6379, db=${choices.jobsDb === 0 ? 5 : 0}${decodes})${HERE}`,
        );
    },
  },
];

export const unknownMethod: Form[] = [
  {
    when: ({ consumer }) => consumer !== "q.get",
    make: (draft) => {
      const q = draft.choices.imports === "names" ? "q" : `${draft.clientsModule}.q`;
      draft.change(draft.worker, /^( *)execute_job\(\)/m, `$1${q}.run()${HERE}`);
    },
  },
  {
    when: ({ consumer }) => consumer === "q.get",
    make: (draft) => {
      draft.change(draft.worker, "q.get(block=True)", `q.dequeue()${HERE}`);
    },
  },
  {
    make: (draft) => {
      draft.change(draft.jobs, "q.put(jid)", `q.enqueue(jid)${HERE}`);
    },
  },
];
