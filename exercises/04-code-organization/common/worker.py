"""The worker: executes one job after the other."""

from jobs import update_job_status


def execute_job(jid):
    update_job_status(jid, "in progress")
    ...
    update_job_status(jid, "complete")
