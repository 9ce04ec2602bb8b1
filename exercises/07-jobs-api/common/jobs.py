"""Jobs and data in Redis: all that API and workers share. Nothing else here talks to Redis."""

import json
import os
import uuid

import redis
from hotqueue import HotQueue

host = os.environ.get("REDIS_IP", "127.0.0.1")
rd = redis.Redis(host=host, port=6379, db=0, decode_responses=True)
# Without socket_timeout=None, newer versions of redis give up when no job comes for a while.
q = HotQueue("queue", host=host, port=6379, db=1, socket_timeout=None)
sightings = redis.Redis(host=host, port=6379, db=2, decode_responses=True)
results = redis.Redis(host=host, port=6379, db=3, decode_responses=True)


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
    # Saved first: a worker may take the id as soon as it is queued, and looks for the record.
    _save_job(_generate_job_key(jid), job)
    _queue_job(jid)
    return job


def get_job_by_id(jid):
    """The job as a dict of texts; None where there is none."""
    return rd.hgetall(_generate_job_key(jid)) or None


def list_jobs():
    """All jobs, in no particular order."""
    return [rd.hgetall(key) for key in rd.keys(_generate_job_key("*"))]


def update_job_status(jid, status):
    """Changes the status of a job, and nothing else of it. KeyError where there is no such job."""
    job = get_job_by_id(jid)
    if job is None:
        raise KeyError(jid)
    job["status"] = status
    _save_job(_generate_job_key(jid), job)


def save_result(jid, result):
    """Keeps what a job came to."""
    results.set(jid, json.dumps(result))


def get_result(jid):
    """What a job came to; None where there is nothing yet."""
    stored = results.get(jid)
    return None if stored is None else json.loads(stored)


def save_sightings(records):
    """Keeps the records, each under its id. Those that are there already are replaced."""
    for record in records:
        sightings.set(record["id"], json.dumps(record))


def get_sighting(sid):
    """One record; None where there is none."""
    stored = sightings.get(sid)
    return None if stored is None else json.loads(stored)


def list_sightings():
    """All records, in the order of their ids."""
    return [get_sighting(sid) for sid in sorted(sightings.keys())]
