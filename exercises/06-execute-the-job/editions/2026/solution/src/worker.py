"""The worker: executes one job after the other. Start it with: uv run src/worker.py"""

import time

from jobs import JobStatus, q, start_job, update_job_status


@q.worker
def execute_job(jid: str):
    start_job(jid)
    try:
        time.sleep(15)
        update_job_status(jid, JobStatus.SUCCESS)
    except Exception as error:
        print("job {}: {}".format(jid, error))
        update_job_status(jid, JobStatus.ERROR)


execute_job()
