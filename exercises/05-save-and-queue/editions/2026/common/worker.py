"""The worker: executes one job after the other. The next exercise."""

from jobs import JobStatus, q, start_job, update_job_status


@q.worker
def execute_job(jid: str):
    ...
