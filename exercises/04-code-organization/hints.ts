import { type Hints } from "../../src/course/authoring.js";

export const hints: Record<string, Hints> = {
  "4.1": [
    "Who needs q? And who would have to change if the key of a job changed?",
    "What both programs need belongs in the module that both can import. What\nanswers requests belongs in api.py, what executes a job in worker.py.",
    "grep -n 'def \\|^q\\|^rd\\|^app' *.py   shows what stands where",
    "api.py: app, the route, its start. worker.py: execute_job. jobs.py: all the\nother functions, rd and q. No fragment stands in two files.",
  ],
  "4.2": [
    "Which names of jobs.py does another file write down?",
    "What only jobs.py itself calls is its own affair, and a leading underscore\nsays so. What api.py or worker.py calls has none.",
    "grep -n jobs api.py worker.py   shows what the others ask for",
    "_generate_jid, _generate_job_key, _instantiate_job, _save_job, _queue_job;\nand add_job, get_job_by_id, update_job_status. Rename the calls as well.",
  ],
  "4.3": [
    "Draw an arrow from each file to the files that it imports. Is there a circle?",
    "api and worker stand on jobs. What jobs would need of them belongs in jobs.",
    "grep -n import api.py jobs.py worker.py",
    "api.py: from jobs import add_job\nworker.py: from jobs import update_job_status\njobs.py imports uuid, redis and hotqueue, and nothing of yours.",
  ],
  "4.4": [
    "For each name in a file: which line of the same file brings it?",
    "A name is defined in the file or imported at its top. What another module\nimported does not count here.",
    "python -m pyflakes *.py   lists such names (pip install pyflakes)",
    "jobs.py: import uuid, import redis, from hotqueue import HotQueue\napi.py: from flask import Flask, request   (or fastapi, and import uvicorn)",
  ],
  "4.5": [
    "What does Python say when you import one of the files, and nothing else?",
    "To import a module is to run it from top to bottom. All that stands at the\nleft margin happens; bodies of functions are only read.",
    'python -c "import jobs"   and the same with api and worker',
    "Where a body is open, write ... alone on its line, indented. Dots in other\nnumbers, and <...>, are no Python.",
  ],
};
