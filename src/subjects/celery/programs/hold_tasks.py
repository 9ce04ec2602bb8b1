"""A worker of the student's code that acknowledges as it is told, and holds each task before it begins.

So it is in the middle of one when it is killed, however quick that is. Given the name of the app, and 1 or 0.
"""

import sys
import time

from celery.app.utils import find_app
from celery.signals import task_prerun

name, late = sys.argv[1], sys.argv[2] == "1"
sys.path.insert(0, "")
app = find_app(name)
app.finalize(auto=True)
for task in app.tasks.values():
    task.acks_late = late


@task_prerun.connect
def hold(task_id=None, **_):
    # Celery makes log lines of what is printed, a piece each.
    print("tq: began", task_id, file=sys.__stdout__, flush=True)
    time.sleep(600)


app.worker_main(["worker", "--pool", "solo", "--without-gossip", "--without-mingle", "--loglevel", "INFO"])
