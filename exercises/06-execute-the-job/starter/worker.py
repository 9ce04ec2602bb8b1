"""The worker: executes one job after the other. Start it with: python worker.py"""

import time

from jobs import q, update_job_status


def execute_job(jid):
    # The status changes twice; between the two, time.sleep(15) stands for the work.
    ...


# Two things are missing: what makes execute_job a worker of q, and what starts it.
