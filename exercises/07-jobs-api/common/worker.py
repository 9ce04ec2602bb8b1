"""A worker: counts the birds of one job after the other. Start it with: python worker.py"""

import time

from jobs import get_job_by_id, list_sightings, q, save_result, update_job_status


def _count_birds(start, end):
    """How many birds of each kind were seen from one day to another, both included."""
    birds = {}
    days = set()
    for record in list_sightings():
        # Days such as 2026-03-05 come in the order of the calendar when they are sorted as text.
        if start <= record["day"] <= end:
            birds[record["bird"]] = birds.get(record["bird"], 0) + record["count"]
            days.add(record["day"])
    return {"days": len(days), "total": sum(birds.values()), "birds": birds}


@q.worker
def execute_job(jid):
    job = get_job_by_id(jid)
    if job is None:
        # An exception would end this worker, and the next job would wait for nobody.
        print("there is no job {}; it is passed over".format(jid))
        return
    update_job_status(jid, "in progress")
    result = _count_birds(job["start"], job["end"])
    time.sleep(5)  # stands for work that takes long
    # The result first: whoever reads "complete" may ask for it at once.
    save_result(jid, result)
    update_job_status(jid, "complete")


execute_job()
