import { type EditionWords } from "../../src/course/authoring.js";
import { hints } from "./hints.js";

export const edition2026: EditionWords = {
  tasks: {
    "6.1": ({ tq }) =>
      `In src/worker.py, execute_job(jid) becomes a worker of the queue, and is started:\n\n    @q.worker\n    def execute_job(jid: str):\n        ...\n\n    execute_job()\n\n${tq("exercise 6 --start --edition 2026")} lays out a beginning. Run API and worker in\ntwo terminals (uv run src/worker.py), and send a request from a third. tq runs\ncopies of your files against a Redis of its own.`,
    "6.2": () =>
      "start_job(jid) gives the job its start time, and the status RUNNING. It is the\nfirst thing that execute_job calls:\n\n    start_job(jid)",
    "6.3": () =>
      "Then comes the work; for now a sleep stands for it. And then update_job_status\ngives the job its end time and its last status:\n\n    update_job_status(jid, JobStatus.SUCCESS)",
    "6.4": ({ redisCli }) =>
      `start_job and update_job_status change the status and the times, and nothing\nelse. Look:\n\n    ${redisCli(2, "GET", "<jid>")}`,
    "6.6": () =>
      'The same files are to run here and in containers. So in jobs.py the host comes\nfrom the environment, for q and for jdb:\n\n    host = os.environ.get("REDIS_IP", "127.0.0.1")',
  },
  hints: {
    ...hints,
    "6.1": [
      "Does worker.py wait, or does it come back to the prompt?",
      "The decorator makes a worker of the function, and the call at the end of the\nfile starts it. Both ends use one queue: the q of jobs.py.",
      "uv run src/worker.py   and then   tq redis cli CLIENT LIST   (cmd=blpop waits)",
      "from jobs import JobStatus, q, start_job, update_job_status\n\n@q.worker\ndef execute_job(jid: str): ...\n\nexecute_job()",
    ],
    "6.2": [
      "What does the worker print, and what does it catch and keep to itself?",
      "The record is read, changed and saved again. json.dumps makes no text of a\ndatetime: the model does.",
      "tq exercise 6 --check --keep   leaves the Redis of this run open, and names\nthe command for it. There:  SELECT 2,  KEYS '*'   and then   GET <jid>",
      "job = get_job_by_id(jid)\njob.status = JobStatus.RUNNING\njob.start_time = datetime.now()\n_save_job(job)          and there: jdb.set(job.jid, job.model_dump_json())",
    ],
    "6.3": [
      "Which line of execute_job is the last one that is reached?",
      "First the start, then the work, then the end. Where the work raises an\nexception, the last line is not reached: then the status is ERROR.",
      "uv run src/worker.py   in a terminal, and read what it prints when a job comes",
      "start_job(jid)\ntime.sleep(15)\nupdate_job_status(jid, JobStatus.SUCCESS)     and import time at the top",
    ],
    "6.4": [
      "Compare the record before and after: which field is another one?",
      "Only status, start_time and end_time change. A Job that is made anew has to get\nall the fields of the old one.",
      "tq exercise 6 --check --keep   leaves the Redis of this run open, and names\nthe command for it. There:  SELECT 2,  KEYS '*'   and then   GET <jid>",
      "job = get_job_by_id(jid)\njob.status = status          and not: job = Job(jid=jid, …)",
    ],
    "6.6": [
      "If Redis moved to another machine, how many lines would you have to change?",
      "The host comes from the environment, once, and both clients use it. Where the\nvariable is not set, a default serves.",
      "REDIS_IP=no.such.host uv run src/worker.py   must complain about that host",
      'host = os.environ.get("REDIS_IP", "127.0.0.1")\njdb = redis.Redis(host=host, …)\nq = HotQueue("queue", host=host, …)',
    ],
    "6.7": [
      "What does get_job_by_id give for an id that nobody has saved?",
      "jdb.get of a key that is not there gives None, and no JSON. So ask first whether\nthe job is there, and say which one is not.",
      "tq push no-such-job   while the worker runs",
      "job = get_job_by_id(jid)\nif job is None:\n    raise KeyError(jid)",
    ],
  },
};
