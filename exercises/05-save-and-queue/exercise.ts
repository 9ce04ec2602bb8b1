import { type Exercise, type Step } from "../../src/course/authoring.js";
import { edition2026 } from "./edition-2026.js";
import { hints } from "./hints.js";
import { judgeAnswer } from "./rules/answer.js";
import { judgeQueued } from "./rules/queued.js";
import { judgeIds, judgeRefusals } from "./rules/requests.js";
import { judgeSaved } from "./rules/saved.js";

/** The kinds of evidence that its checks ask for. */
type Evidence = "code" | "jobs";

const steps: Step<Evidence>[] = [
  {
    id: "5.1",
    solution: ["jobs.py#Job", "jobs.py#_instantiate_job", "jobs.py#add_job", "api.py#create_job"],
    title: "the request is answered at once, with the job",
    needs: [],
    lasting: false,
    task: ({ tq }) =>
      `In jobs.py, add_job makes an id, a key and the job, and gives the job back.\n${tq("exercise 5 --start")} lays out a beginning. Then POST /jobs answers\n\n    {"id": "…", "status": "submitted", "start": 1, "end": 2}\n\nTry it, with your API running:\n\n    curl localhost:5000/jobs -H 'content-type: application/json' \\\n      -d '{"start": 1, "end": 2}'\n\ntq runs a copy of your files against a Redis of its own.`,
    examine: async ({ jobs, code, place }) =>
      judgeAnswer(await jobs.submissions(), await code.project(), place),
  },
  {
    id: "5.2",
    solution: ["jobs.py#_generate_job_key", "jobs.py#_save_job", "jobs.py#add_job"],
    title: "the job is saved as a hash",
    needs: ["5.1"],
    lasting: false,
    task: ({ redisCli }) =>
      `_save_job writes the whole dict as one hash, under the key job.<id>:\n\n    rd.hset(job_key, mapping=job)\n\nLook at it:\n\n    ${redisCli(0, "KEYS", "job.*")}\n    ${redisCli(0, "HGETALL", "job.<id>")}`,
    examine: async ({ jobs, code, place }) =>
      judgeSaved(await jobs.submissions(), await code.project(), place),
  },
  {
    id: "5.3",
    solution: ["jobs.py#_queue_job", "jobs.py#add_job"],
    title: "the id is put on the queue",
    needs: ["5.1"],
    lasting: false,
    task: ({ tq }) =>
      `_queue_job puts the id on the queue, and only the id. add_job calls it when the\nrecord is saved. Look, without taking it:\n\n    ${tq("peek")}`,
    examine: async ({ jobs, place }) => judgeQueued(await jobs.submissions(), place),
  },
  {
    id: "5.4",
    solution: ["jobs.py#_generate_jid", "jobs.py#add_job"],
    title: "each request gets an id of its own",
    needs: ["5.1"],
    lasting: false,
    task: () => "Send the same request twice, and compare the ids.",
    examine: async ({ jobs, place }) => judgeIds(await jobs.submissions(), place),
  },
  {
    id: "5.5",
    solution: ["api.py#JobRequest", "api.py#create_job"],
    title: "what is no job is refused, and leaves no trace",
    needs: ["5.1"],
    lasting: false,
    task: () =>
      "Send what is no job: text that is not JSON, and a body without end. The answer\nis a 4xx, and says what is wrong:\n\n    curl -i localhost:5000/jobs -H 'content-type: application/json' -d 'hello'",
    examine: async ({ jobs, place }) => judgeRefusals(await jobs.submissions(), place),
  },
];

export const exercise: Exercise<Evidence> = {
  number: 5,
  slug: "save-and-queue",
  title: "Save and queue",
  summary: "a request becomes a job: a record in Redis, an id on the queue",
  needs: ["python", "web"],
  subjects: ["code", "jobs"],
  steps,
  hints,
  editions: { "2026": edition2026 },
  halfway: [],
  mistakes: {},
};
