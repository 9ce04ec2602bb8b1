"""The worker: executes one job after the other. The next exercise."""

from jobs import q, update_job_status


@q.worker
def execute_job(jid):
    ...
