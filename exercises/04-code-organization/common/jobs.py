"""Jobs: their records in Redis, and their ids on the queue."""

import uuid

import redis
from hotqueue import HotQueue

rd = redis.Redis(host="127.0.0.1", port=6379, db=0, decode_responses=True)
q = HotQueue("queue", host="127.0.0.1", port=6379, db=1)


def _generate_jid():
    return str(uuid.uuid4())


def _generate_job_key(jid):
    return "job.{}".format(jid)


def _instantiate_job(jid, status, start, end):
    """The record of a job, as a dict; each may be text or bytes."""
    ...


def _save_job(job_key, job):
    """Writes the record of a job to Redis."""
    ...


def _queue_job(jid):
    """Puts the id on the queue."""
    ...


def add_job(start, end, status="submitted"):
    """Saves a new job, puts its id on the queue, and returns the job."""
    jid = _generate_jid()
    ...


def get_job_by_id(jid):
    """The record of a job; None where there is none."""
    ...


def update_job_status(jid, status):
    """Changes the status of a job."""
    ...
