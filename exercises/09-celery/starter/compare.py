"""The same task through HotQueue and through Celery, and how many of it are done in a second:

    docker compose exec falcon-web python compare.py
"""

import os
import sys
import time
from multiprocessing import Process
from urllib.parse import urlparse

from hotqueue import HotQueue

import tasks

COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 500
HOST = urlparse(os.environ["BACKEND"]).hostname


def queue(name):
    return HotQueue("compare-" + name, host=HOST, port=6379, db=1)


def work():
    done = queue("done")

    @queue("numbers").worker
    def check(number):
        done.put(tasks.check_number(number))

    check()


def with_hotqueue():
    # As many workers as Celery starts by itself.
    workers = [Process(target=work, daemon=True) for _ in range(os.cpu_count() or 1)]
    for worker in workers:
        worker.start()
    numbers, done = queue("numbers"), queue("done")
    began = time.perf_counter()
    for number in range(COUNT):
        numbers.put(number)
    for _ in range(COUNT):
        done.get(block=True, timeout=60)
    seconds = time.perf_counter() - began
    for worker in workers:
        worker.kill()
    return seconds


def with_celery():
    began = time.perf_counter()
    sent = [tasks.check_number.delay(number) for number in range(COUNT)]
    for task in sent:
        task.get(timeout=60)
    return time.perf_counter() - began


def main():
    late = tasks.check_number.acks_late
    for name, seconds, promise in (
        ("HotQueue", with_hotqueue(), "a killed worker loses the message that it held"),
        (
            "Celery, acks " + ("late" if late else "early"),
            with_celery(),
            "a killed worker's task is done again, so perhaps twice" if late else "a killed worker loses its task",
        ),
    ):
        print("{:<18} {:>6.0f} tasks a second; {}".format(name, COUNT / seconds, promise))


# Newer versions of Python start a process by importing this file in it; there it compares nothing.
if __name__ == "__main__":
    main()
