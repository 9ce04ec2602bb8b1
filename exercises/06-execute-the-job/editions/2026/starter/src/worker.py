"""The worker: executes one job after the other. Start it with: uv run src/worker.py"""

import time

from jobs import JobStatus, q, start_job, update_job_status


def execute_job(jid: str):
    # First the job is started, then time.sleep(15) stands for the work, then its status is SUCCESS.
    ...


# Two things are missing: what makes execute_job a worker of q, and what starts it.
