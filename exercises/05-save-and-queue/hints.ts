import { type Hints } from "../../src/course/authoring.js";

export const hints: Record<string, Hints> = {
  "5.1": [
    "What does add_job give back, and what does the route do with it?",
    "The answer is the job itself, as JSON. Flask makes JSON of a dict that a route\nreturns, FastAPI too. Nobody waits for the work.",
    "curl -i localhost:5000/jobs -H 'content-type: application/json' \\\n  -d '{\"start\": 1, \"end\": 2}'   while python api.py runs",
    'In add_job: return job\nIn the route: return add_job(body["start"], body["end"])',
  ],
  "5.2": [
    "Which key does the record have, and in which database is it?",
    "A hash holds a field for each entry of the dict. Its key is made by\n_generate_job_key, and _save_job gets both.",
    "tq exercise 5 --check --keep   leaves the Redis of this run open, and names\nthe command for it. There:  KEYS '*'   and then   HGETALL job.<id>",
    "rd.hset(job_key, mapping=job) in _save_job, and in add_job:\n_save_job(_generate_job_key(jid), job)",
  ],
  "5.3": [
    "What does a worker need to find the job, and what does it not need?",
    "The id is enough: the record is in Redis. The worker may take it at once, so\nthe record is saved before.",
    "tq exercise 5 --check --keep   leaves the Redis of this run open, and names its\nurl:  tq peek --redis-url <url>   shows what is on the queue, and takes nothing",
    "q.put(jid) in _queue_job, and in add_job, after saving:\n_queue_job(jid)",
  ],
  "5.4": [
    "How often is uuid.uuid4() called: once, or for each request?",
    "What stands at the top level of a module, or in a default argument, is done\nonce, when the module is loaded.",
    "Send the same request twice with curl, and compare the two ids.",
    "def _generate_jid():\n    return str(uuid.uuid4())\nand in add_job: jid = _generate_jid()",
  ],
  "5.5": [
    "What does your API answer to text that is not JSON? And to {}?",
    "Look at the body before you do anything with it. A 4xx tells the others that\nit is their mistake; the words tell them which.",
    "curl -i localhost:5000/jobs -H 'content-type: application/json' -d '{}'",
    'Flask:\nbody = request.get_json(silent=True)\nif not isinstance(body, dict) or "start" not in body or "end" not in body:\n    return {"error": "send JSON with start and end"}, 400\nFastAPI: declare the body as a BaseModel with start and end.',
  ],
};
