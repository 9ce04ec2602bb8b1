"""The worker: executes one job after the other."""

from jobs import JobStatus, start_job, update_job_status


def execute_job(jid: str):
    start_job(jid)
    ...
    update_job_status(jid, JobStatus.SUCCESS)
