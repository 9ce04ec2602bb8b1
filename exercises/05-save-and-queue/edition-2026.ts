import { type EditionWords } from "../../src/course/authoring.js";
import { hints } from "./hints.js";

export const edition2026: EditionWords = {
  tasks: {
    "5.1": ({ tq }) =>
      `In src/jobs.py, add_job makes a Job and gives it back.\n${tq("exercise 5 --start --edition 2026")} lays out a beginning. Then POST /jobs answers\n\n    {"jid": "…", "status": "QUEUED", "start": 1, "end": 2, …}\n\nTry it, with your API running (uv run src/api.py):\n\n    curl localhost:5000/jobs -H 'content-type: application/json' \\\n      -d '{"start": 1, "end": 2}'\n\ntq runs a copy of your files against a Redis of its own.`,
    "5.2": ({ redisCli }) =>
      `_save_job writes the job as JSON, under its id:\n\n    jdb.set(job.jid, job.model_dump_json())\n\nLook at it:\n\n    ${redisCli(2, "KEYS", "*")}\n    ${redisCli(2, "GET", "<jid>")}`,
  },
  hints: {
    ...hints,
    "5.1": [
      "What does add_job give back, and what does the route do with it?",
      "The answer is the job itself. FastAPI makes JSON of a model that a route\nreturns. Nobody waits for the work.",
      "curl -i localhost:5000/jobs -H 'content-type: application/json' \\\n  -d '{\"start\": 1, \"end\": 2}'   while uv run src/api.py runs",
      "In add_job:\njob = Job(jid=_generate_jid(), status=JobStatus.QUEUED, start=start, end=end)\nreturn job",
    ],
    "5.2": [
      "Which key does the record have, and in which database is it?",
      "A text is stored with set, under a key that names the job. A model makes JSON of\nitself; str(job) is something else.",
      "tq exercise 5 --check --keep   leaves the Redis of this run open, and names\nthe command for it. There:  SELECT 2,  KEYS '*'   and then   GET <jid>",
      "jdb.set(job.jid, job.model_dump_json()) in _save_job, and in add_job:\n_save_job(job)",
    ],
    "5.3": [
      "What does a worker need to find the job, and what does it not need?",
      "The id is enough: the record is in Redis. The worker may take it at once, so\nthe record is saved before.",
      "tq exercise 5 --check --keep   leaves the Redis of this run open, and names its\nurl:  tq peek --redis-url <url>   shows what is on the queue, and takes nothing",
      "q.put(jid) in _queue_job, and in add_job, after saving:\n_queue_job(job.jid)",
    ],
    "5.4": [
      "How often is uuid.uuid4() called: once, or for each request?",
      "What stands at the top level of a module, or behind the = of a model's field, is\ndone once, when the module is loaded.",
      "Send the same request twice with curl, and compare the two ids.",
      "def _generate_jid() -> str:\n    return str(uuid.uuid4())\nand in add_job: Job(jid=_generate_jid(), …)",
    ],
    "5.5": [
      "What does your API answer to text that is not JSON? And to {}?",
      "FastAPI refuses by itself, with 422 and in words, what does not fit the model\nthat a route declares. What has a default may lack.",
      "curl -i localhost:5000/jobs -H 'content-type: application/json' -d '{}'",
      "class JobRequest(BaseModel):\n    start: int\n    end: int\nand def create_job(request: JobRequest) -> Job:",
    ],
  },
};
