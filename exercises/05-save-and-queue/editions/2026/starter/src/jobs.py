"""Jobs: their records in Redis, and their ids on the queue."""

import uuid
from datetime import datetime
from enum import Enum

import redis
from hotqueue import HotQueue
from pydantic import BaseModel

# Without socket_timeout=None, newer versions of redis give up when no job comes for a while.
q = HotQueue("queue", host="127.0.0.1", port=6379, db=1, socket_timeout=None)
jdb = redis.Redis(host="127.0.0.1", port=6379, db=2, decode_responses=True)


class JobStatus(str, Enum):
    QUEUED = "QUEUED"
    RUNNING = "RUNNING"
    ERROR = "FINISHED -- ERROR"
    SUCCESS = "FINISHED -- SUCCESS"


class Job(BaseModel):
    jid: str
    status: JobStatus
    start: int
    end: int
    start_time: datetime | None = None
    end_time: datetime | None = None


def _generate_jid() -> str:
    return str(uuid.uuid4())


def _save_job(job: Job):
    # Writes the job to Redis: its JSON, under its id.
    ...


def _queue_job(jid: str):
    # Puts the id on the queue.
    ...


def add_job(start: int, end: int) -> Job:
    """Saves a new job, puts its id on the queue, and returns the job."""
    jid = _generate_jid()
    # Four lines are missing: make a Job that is QUEUED, save it, queue its id, give it back.
    ...


def get_job_by_id(jid: str) -> Job | None:
    """The job; None where there is none."""
    text = jdb.get(jid)
    return None if text is None else Job.model_validate_json(text)


def start_job(jid: str):
    """Somebody begins to work on the job: the next exercise."""
    ...


def update_job_status(jid: str, status: JobStatus):
    """The job has come to its end: the next exercise."""
    ...
