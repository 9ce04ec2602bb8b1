import { type EditionWords } from "../../src/course/authoring.js";
import { hints } from "./hints.js";

export const edition2026: EditionWords = {
  tasks: {
    "4.1": ({ tq }) =>
      `Lay out the page of fragments:\n\n    ${tq("exercise 4 --start --edition 2026")}\n    uv sync\n\nSort what stands in fragments.txt into src/api.py (the web server), src/jobs.py\n(jobs in Redis and on the queue) and src/worker.py (executes jobs). Leave the\nbodies as they are.`,
    "4.3": () =>
      "Write the imports between your modules:\n\n    from jobs import Job, add_job\n\napi imports jobs, worker imports from jobs, jobs imports neither of them.",
    "4.4": () =>
      "Write the other imports: what each module uses of Python (uuid, datetime, enum)\nand of packages (redis, hotqueue, fastapi, pydantic). Each module has its own.",
    "4.5": () =>
      'Import each module by itself, from src:\n\n    uv run python -c "import jobs"\n\nBodies are still open: there stands ... alone on its line. tq imports a copy of\nyour files, and connects to nothing.',
  },
  hints: {
    ...hints,
    "4.1": [
      "Who needs Job and JobStatus? And who would have to change if a job got one field\nmore?",
      "What both programs need belongs in the module that both can import. What\nanswers requests belongs in api.py, what executes a job in worker.py.",
      "grep -n 'def \\|^class\\|^q\\|^jdb\\|^app' src/*.py   shows what stands where",
      "api.py: app, JobRequest, the route, its start. worker.py: execute_job. jobs.py:\nJobStatus, Job, all the other functions, jdb and q. Nothing stands in two files.",
    ],
    "4.2": [
      "Which names of jobs.py does another file write down?",
      "What only jobs.py itself calls is its own affair, and a leading underscore\nsays so. What api.py or worker.py calls has none.",
      "grep -n jobs src/api.py src/worker.py   shows what the others ask for",
      "_generate_jid, _save_job, _queue_job; and add_job, start_job, get_job_by_id,\nupdate_job_status. Rename the calls as well.",
    ],
    "4.3": [
      "Draw an arrow from each file to the files that it imports. Is there a circle?",
      "api and worker stand on jobs. What jobs would need of them belongs in jobs.",
      "grep -n import src/*.py",
      "api.py: from jobs import Job, add_job\nworker.py: from jobs import JobStatus, start_job, update_job_status\njobs.py imports nothing of yours.",
    ],
    "4.4": [
      "For each name in a file: which line of the same file brings it?",
      "A name is defined in the file or imported at its top. What another module\nimported does not count here.",
      "uvx ruff check --select F821 src   lists such names",
      "jobs.py: import uuid, import redis, from datetime import datetime,\nfrom enum import Enum, from hotqueue import HotQueue,\nfrom pydantic import BaseModel\napi.py: import uvicorn, from fastapi import FastAPI, and BaseModel too",
    ],
  },
};
