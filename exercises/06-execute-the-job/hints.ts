import { type Hints } from "../../src/course/authoring.js";

export const hints: Record<string, Hints> = {
  "6.1": [
    "Does worker.py wait, or does it come back to the prompt?",
    "The decorator makes a worker of the function, and the call at the end of the\nfile starts it. Both ends use one queue: the q of jobs.py.",
    "python worker.py   and then   tq redis cli CLIENT LIST   (cmd=blpop waits)",
    "from jobs import q, update_job_status\n\n@q.worker\ndef execute_job(jid): ...\n\nexecute_job()",
  ],
  "6.2": [
    "What is the value of status in the line that saves it: the new or the old?",
    "The status is written before the work, and it is the one that was handed in.\nA name on the left of = gets a new value, also if it is a parameter.",
    "tq exercise 6 --check --keep   leaves the Redis of this run open, and names\nthe command for it. There:  KEYS '*'   and then   HGET job.<id> status",
    'job = get_job_by_id(jid)\njob["status"] = status\n_save_job(_generate_job_key(jid), job)',
  ],
  "6.3": [
    "Which line of execute_job is the last one that is reached?",
    "First the status, then the work, then the status again. If the work raises\nan exception, the last line is never reached.",
    "python worker.py   in a terminal, and read what it prints when a job comes",
    'update_job_status(jid, "in progress")\ntime.sleep(15)\nupdate_job_status(jid, "complete")          and import time at the top',
  ],
  "6.4": [
    "Compare the record before and after: which field is another one?",
    "Only the status changes. What is read and saved again must keep its order,\nand must be text, not the text form of bytes.",
    "tq exercise 6 --check --keep   leaves the Redis of this run open, and names\nthe command for it. There:  KEYS '*'   and then   HGETALL job.<id>",
    'rd = redis.Redis(…, decode_responses=True), and change one entry of the dict:\njob["status"] = status',
  ],
  "6.5": [
    "Three jobs wait. Who calls execute_job for the second one?",
    "The decorator does the loop: when execute_job comes to its end, it takes the\nnext id. Nothing in execute_job should end the program or queue anything.",
    "seq 3 | while read n; do curl localhost:5000/jobs -H 'content-type: application/json' \\\n  -d '{\"start\": 1, \"end\": 2}'; done   and tq len",
    "@q.worker without arguments; no exit(), no q.put(), no thread in execute_job.",
  ],
  "6.6": [
    "If Redis moved to another machine, how many lines would you have to change?",
    "The host comes from the environment, once, and both clients use it. Where the\nvariable is not set, a default serves.",
    "REDIS_IP=no.such.host python worker.py   must complain about that host",
    'host = os.environ.get("REDIS_IP", "127.0.0.1")\nrd = redis.Redis(host=host, …)\nq = HotQueue("queue", host=host, …)',
  ],
  "6.7": [
    "What does get_job_by_id give for an id that nobody has saved?",
    "hgetall of a key that is not there gives an empty dict, and hset makes the key.\nSo ask first whether the job is there, and say which one is not.",
    "tq push no-such-job   while the worker runs",
    "job = get_job_by_id(jid)\nif job is None:\n    raise KeyError(jid)",
  ],
};
