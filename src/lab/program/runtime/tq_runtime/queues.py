"""Notes which queues there are and which functions are their workers."""

import os
import threading
import time

from . import progress, settings
from .notes import note, student_line

# What inspect calls CO_COROUTINE; Python by itself has not loaded inspect.
_COROUTINE = 128

_sleep = time.sleep
_time = time.time
_work = threading.local()


def _used():
    """Seconds that the program's threads had a processor, and in which they only lacked one; None where nobody tells."""
    ran = lacked = 0
    try:
        for thread in os.listdir("/proc/self/task"):
            with open(f"/proc/self/task/{thread}/schedstat") as file:
                of_thread = file.read().split()
            ran, lacked = ran + int(of_thread[0]), lacked + int(of_thread[1])
    except (OSError, ValueError, IndexError):
        return None
    return ran / 1e9, lacked / 1e9


def _spent():
    """What the message took until now: seconds of a processor, and seconds in which there was nothing to compute."""
    before, now = getattr(_work, "used", None), _used()
    if before is None or now is None:
        return {}
    ran, lacked = (after - first for after, first in zip(now, before))
    return {"computed": round(ran, 4), "idle": round(max(0, _time() - _work.began - ran - lacked), 4)}


def do_work(asleep=False):
    """What each message costs its consumer beside the student's code: where that sleeps first, else before the next."""
    if getattr(_work, "is_left", False):
        _work.is_left = False
        spent = {} if asleep else _spent()
        began = _time()
        _sleep(settings.WORK)
        note(what="work", began=began, ended=_time(), asleep=asleep, **spent)


def note_queues(module):
    queue = module.HotQueue
    original_worker = queue.worker
    original_get = queue.get

    def worker(self, *args, **kwargs):
        def told(function):
            note(
                what="worker",
                function=getattr(function, "__name__", "?"),
                queue=self.name,
                serializer=getattr(self.serializer, "__name__", None),
                isAsync=bool(getattr(getattr(function, "__code__", None), "co_flags", 0) & _COROUTINE),
                at=student_line(),
            )
            return function

        if args and callable(args[0]):
            told(args[0])
            return original_worker(self, *args, **kwargs)
        decorate = original_worker(self, *args, **kwargs)
        return lambda function: decorate(told(function))

    def get(self, block=False, timeout=None):
        do_work()
        # Waiting for a message is shortened as sleeping is.
        message = original_get(self, block, timeout / settings.SPEED if timeout else timeout)
        if message is not None:
            progress.Came.on += 1
            _work.is_left = settings.WORK > 0
            if _work.is_left:
                _work.began, _work.used = _time(), _used()
        elif timeout:
            progress.Asked.seconds += timeout
        return message

    queue.worker = worker
    queue.get = get
