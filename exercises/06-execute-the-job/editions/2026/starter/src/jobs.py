"""Jobs: their records in Redis, and their ids on the queue."""

import uuid
from datetime import datetime
from enum import Enum

import redis
from hotqueue import HotQueue
from pydantic import BaseModel

# The host is to come from the environment variable REDIS_IP, with a default.
host = "127.0.0.1"
# Without socket_timeout=None, newer versions of redis give up when no job comes for a while.
q = HotQueue("queue", host=host, port=6379, db=1, socket_timeout=None)
jdb = redis.Redis(host=host, port=6379, db=2, decode_responses=True)


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
    jdb.set(job.jid, job.model_dump_json())


def _queue_job(jid: str):
    q.put(jid)


def add_job(start: int, end: int) -> Job:
    """Saves a new job, puts its id on the queue, and returns the job."""
    job = Job(jid=_generate_jid(), status=JobStatus.QUEUED, start=start, end=end)
    _save_job(job)
    _queue_job(job.jid)
    return job


def get_job_by_id(jid: str) -> Job | None:
    """The job; None where there is none."""
    text = jdb.get(jid)
    return None if text is None else Job.model_validate_json(text)


def start_job(jid: str):
    """Somebody begins to work on the job. KeyError where there is no such job."""
    # Read the job; it is RUNNING now, and its start time is now; save it.
    ...


def update_job_status(jid: str, status: JobStatus):
    """The job has come to its end. KeyError where there is no such job."""
    # Read the job, change its status and its end time, save it.
    ...
