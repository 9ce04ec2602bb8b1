"""Calls a student's task with numbers, as a worker would: call_task.py <file> <JSON: numbers, seconds for each, for all>.
Each answer is noted; of a number that takes longer is noted that, and no more."""

import json
import signal
import sys
import time

from tq_runtime import celery_app
from tq_runtime.notes import note

FIRST = 11  # what tells the task from others


def answer_to(task, number, seconds):
    """What it returns, as JSON can say it; None with a reason where it does not."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        value = task(number)
        signal.setitimer(signal.ITIMER_PROF, 0)
        return {"answer": json.loads(json.dumps(value, default=repr)), "problem": None}
    except celery_app.TooLong:
        return {"answer": None, "problem": "slow"}
    except Exception as error:
        return {"answer": None, "problem": f"{type(error).__name__}: {error}"[:400]}
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def has_boolean(value):
    return isinstance(value, bool) or (isinstance(value, dict) and any(isinstance(one, bool) for one in value.values()))


def choose(tasks, seconds):
    for task in tasks:
        if has_boolean(answer_to(task, FIRST, seconds)["answer"]):
            return task
    return tasks[0]


def too_long(*_):
    raise celery_app.TooLong


def main():
    file, wanted = sys.argv[1], json.loads(sys.argv[2])
    app = celery_app.find_app(celery_app.load(file))
    if app is None:
        note(what="celery", broker=None, backend=None, tasks=[], acksLate=False, timeLimit=None, ignoresResults=False)
        return
    celery_app.describe(app)
    celery_app.keep_in_memory(app)
    tasks = list(celery_app.own_tasks(app).values())
    if not tasks:
        return
    signal.signal(signal.SIGPROF, too_long)
    task = choose(tasks, wanted["each"])
    end = time.process_time() + wanted["all"]
    for number in wanted["numbers"]:
        if time.process_time() > end:
            break
        note(what="number", task=task.name, number=str(number), **answer_to(task, number, wanted["each"]))
    note(what="all-called")


main()
