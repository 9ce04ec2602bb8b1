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
    return {"id": jid, "status": status, "start": start, "end": end}


def _save_job(job_key, job):
    # Write the dict as one hash in Redis, under this key.
    ...


def _queue_job(jid):
    # Put the id on the queue: the id, and nothing else.
    ...


def add_job(start, end, status="submitted"):
    """Saves a new job, puts its id on the queue, and returns the job."""
    # Make an id and the job. Save the job under its key, queue its id, give the job back.
    ...


def get_job_by_id(jid):
    """The job as a dict of texts; None where there is none."""
    return rd.hgetall(_generate_job_key(jid)) or None


def update_job_status(jid, status):
    """Changes the status of a job: the next exercise."""
    ...
