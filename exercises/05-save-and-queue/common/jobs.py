"""Jobs: their records in Redis, and their ids on the queue."""

import uuid

import redis
from hotqueue import HotQueue

rd = redis.Redis(host="127.0.0.1", port=6379, db=0, decode_responses=True)
# Without socket_timeout=None, newer versions of redis give up when no job comes for a while.
q = HotQueue("queue", host="127.0.0.1", port=6379, db=1, socket_timeout=None)


def _generate_jid():
    return str(uuid.uuid4())


def _generate_job_key(jid):
    return "job.{}".format(jid)


def _instantiate_job(jid, status, start, end):
    return {"id": jid, "status": status, "start": start, "end": end}


def _save_job(job_key, job):
    rd.hset(job_key, mapping=job)


def _queue_job(jid):
    q.put(jid)


def add_job(start, end, status="submitted"):
    """Saves a new job, puts its id on the queue, and returns the job."""
    jid = _generate_jid()
    job = _instantiate_job(jid, status, start, end)
    _save_job(_generate_job_key(jid), job)
    _queue_job(jid)
    return job


def get_job_by_id(jid):
    """The job as a dict; None where there is none."""
    return rd.hgetall(_generate_job_key(jid)) or None


def update_job_status(jid, status):
    """Changes the status of a job: the next exercise."""
    ...
