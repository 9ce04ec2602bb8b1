"""The worker: executes the jobs. It is the next exercise; nothing here runs yet."""

from jobs import q, update_job_status


def execute_job(jid):
    ...
