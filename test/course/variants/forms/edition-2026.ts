import { dataFile } from "./data.js";
import { COMPOSE, DOCKERFILE, PROJECT } from "./edition-2026-containers.js";
import { type Form } from "./forms.js";
import { type FormChoices } from "./ways.js";

/** The statuses of a job: the newest edition of the course has them as numbers, and as texts. */
type Statuses = "enum-numbers" | "enum-texts";

/** The two forms in which the newest edition gives its jobs API, each as a whole system. */
export function listEdition2026(): Form[] {
  return [formOf("enum-numbers"), formOf("enum-texts")];
}

function formOf(words: Statuses): Form {
  const choices: FormChoices = {
    framework: "fastapi",
    topic: "comets",
    layout: "src",
    compose: "beside",
    job: "/jobs",
    data: "beside",
    body: "range",
    demand: "cast",
    record: "model",
    words,
    failure: "failed",
    results: "database",
    made: "json",
    paths: "none",
    dbs: "usual",
    jobKey: "",
    idName: "jid",
    mounted: "app",
    handlers: "apart",
    deletes: "yes",
    answer: "record",
    sentAs: "json",
    list: "ids",
    status: "/jobs/<id>",
    result: "/results/<id>",
    early: 400,
    fetch: "requests",
    load: "/data",
    stored: "keys",
    dataRoutes: "course",
    variables: "REDIS_IP",
    others: "none",
    setIn: "list",
    image: "uv",
    consumer: "@q.worker",
    message: "id",
    start: "module",
    server: "command",
    work: "sleep",
  };
  const files = {
    "src/api.py": API,
    "src/jobs.py": jobsOf(words),
    "src/worker.py": WORKER,
    "src/comets.json": dataFile(choices),
    "pyproject.toml": PROJECT,
    Dockerfile: DOCKERFILE,
    "docker-compose.yml": COMPOSE,
  };
  return { name: `edition-2026-${words}`, choices, files, checked: "", isTold: false };
}

function jobsOf(words: Statuses): string {
  const isText = words === "enum-texts";
  const statuses = isText
    ? ['"QUEUED"', '"RUNNING"', '"FINISHED -- ERROR"', '"FINISHED -- SUCCESS"']
    : ["1", "2", "3", "4"];
  const [queued, running, error, success] = statuses;
  return `import json
import os
import uuid
from datetime import datetime
from enum import Enum
from typing import Optional

import redis
from hotqueue import HotQueue
from pydantic import BaseModel

_redis_ip = os.environ.get("REDIS_IP", "redis-db")
_redis_port = 6379

rd = redis.Redis(host=_redis_ip, port=6379, db=0)
q = HotQueue("queue", host=_redis_ip, port=6379, db=1)
jdb = redis.Redis(host=_redis_ip, port=6379, db=2)
rdb = redis.Redis(host=_redis_ip, port=6379, db=3)


class JobStatus(${isText ? "str, Enum" : "Enum"}):
    QUEUED = ${queued ?? ""}
    RUNNING = ${running ?? ""}
    ERROR = ${error ?? ""}
    SUCCESS = ${success ?? ""}


class Job(BaseModel):
    jid: str
    status: JobStatus
    start: int
    end: int
    start_time: Optional[datetime] = None
    end_time: Optional[datetime] = None


def _generate_jid() -> str:
    return str(uuid.uuid4())


def _save_job(jid: str, job: Job) -> None:
    jdb.set(jid, ${isText ? 'json.dumps(job.model_dump(mode="json"))' : "job.model_dump_json()"})


def _queue_job(jid: str) -> None:
    q.put(jid)


def add_job(start: int, end: int) -> Job:
    """Save a job, and queue it."""
    jid = _generate_jid()
    job = Job(jid=jid, status=JobStatus.QUEUED, start=start, end=end)
    _save_job(jid, job)
    _queue_job(jid)
    return job


def get_job_by_id(jid: str) -> Optional[Job]:
    found = jdb.get(jid)
    if found is None:
        return None
    return Job(**json.loads(found))


def get_job_ids() -> list[str]:
    return [key.decode("utf-8") for key in jdb.keys()]


def start_job(jid: str) -> None:
    """Called by the worker as it begins."""
    job = get_job_by_id(jid)
    if job is None:
        raise KeyError(f"there is no job {jid}")
    job.start_time = datetime.now()
${isText ? "" : "    job.status = JobStatus.RUNNING\n"}    _save_job(jid, job)


def update_job_status(jid: str, status: JobStatus) -> None:
    job = get_job_by_id(jid)
    if job is None:
        raise KeyError(f"there is no job {jid}")
    job.status = status
    if status in (JobStatus.ERROR, JobStatus.SUCCESS):
        job.end_time = datetime.now()
    _save_job(jid, job)


def save_result(jid: str, result: dict) -> None:
    rdb.set(jid, json.dumps(result))


def get_result(jid: str) -> Optional[dict]:
    found = rdb.get(jid)
    return None if found is None else json.loads(found)
`;
}

const API = `import json
import os

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

from jobs import Job, add_job, get_job_by_id, get_job_ids, get_result, rd

app = FastAPI()


class JobRequest(BaseModel):
    start: int
    end: int


@app.post("/data")
def load_data() -> str:
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "comets.json")
    with open(path) as file:
        comets = json.load(file)
    for comet in comets:
        rd.set(comet["id"], json.dumps(comet))
    return f"{len(comets)} comets are loaded"


@app.get("/data")
def list_data(search: str = "") -> list[dict]:
    comets = [json.loads(rd.get(key)) for key in rd.keys()]
    return [comet for comet in comets if search.lower() in comet["name"].lower()]


@app.delete("/data")
def delete_data() -> str:
    rd.flushdb()
    return "the data are gone"


@app.get("/data/{comet_id}")
def read_comet(comet_id: str) -> dict:
    found = rd.get(comet_id)
    if found is None:
        raise HTTPException(status_code=404, detail=f"there is no comet {comet_id}")
    return json.loads(found)


@app.post("/jobs")
def create_job(request: JobRequest) -> Job:
    return add_job(request.start, request.end)


@app.get("/jobs")
def list_jobs() -> list[str]:
    return get_job_ids()


@app.get("/jobs/{jid}")
def read_job(jid: str) -> Job:
    job = get_job_by_id(jid)
    if job is None:
        raise HTTPException(status_code=404, detail=f"there is no job {jid}")
    return job


@app.get("/results/{jid}")
def read_result(jid: str) -> dict:
    job = get_job_by_id(jid)
    if job is None:
        raise HTTPException(status_code=404, detail=f"there is no job {jid}")
    result = get_result(jid)
    if result is None:
        raise HTTPException(status_code=400, detail=f"job {jid} is not done, its status is {job.status.value}")
    return result
`;

const WORKER = `import json
import time

from jobs import JobStatus, get_job_by_id, q, rd, save_result, start_job, update_job_status


def measure(start: int, end: int) -> dict:
    comets = [json.loads(rd.get(key)) for key in rd.keys()]
    periods = [comet["period"] for comet in comets if start <= comet["year"] <= end]
    return {"count": len(periods), "mean": sum(periods) / len(periods) if periods else None}


@q.worker
def do_work(jid: str) -> None:
    try:
        start_job(jid)
        update_job_status(jid, JobStatus.RUNNING)
        job = get_job_by_id(jid)
        time.sleep(3)
        save_result(jid, measure(job.start, job.end))
        update_job_status(jid, JobStatus.SUCCESS)
    except Exception as error:
        print(f"job {jid}: {error}")
        if get_job_by_id(jid) is not None:
            update_job_status(jid, JobStatus.ERROR)


do_work()
`;
