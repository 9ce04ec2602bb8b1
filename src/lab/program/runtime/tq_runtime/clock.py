"""Makes a student's sleeps shorter, and tells the student's code a time in which they were as long as asked for.
Libraries are left alone: only what is called from the student's own files is changed."""

import sys
import threading
import time

from . import imports, progress, queues, settings
from .notes import is_students, note, student_line

_slept = threading.local()
_real_time = time.time


def _from_student():
    return is_students(sys._getframe(2).f_code.co_filename)


def _skipped():
    return getattr(_slept, "seconds", 0.0)


def _shorten(seconds):
    _slept.seconds = _skipped() + seconds * (1 - 1 / settings.SPEED)
    return seconds / settings.SPEED


def _wrap_sleep():
    original = time.sleep

    def sleep(seconds):
        if isinstance(seconds, (int, float)) and seconds > 0 and _from_student():
            note(what="sleep", seconds=seconds, time=_real_time(), at=student_line())
            progress.Asked.seconds += seconds
            # A shorter one is no work: it waits for something, such as a lock.
            if seconds >= 0.5:
                queues.do_work(asleep=True)
            return original(_shorten(seconds))
        return original(seconds)

    time.sleep = sleep


def _wrap_clock(name):
    original = getattr(time, name)

    def clock():
        return original() + _skipped() if _from_student() else original()

    clock.__name__ = name
    setattr(time, name, clock)


def _wrap_asyncio(module):
    original = module.sleep

    async def sleep(delay, *args, **kwargs):
        if isinstance(delay, (int, float)) and delay > 0 and _from_student():
            progress.Asked.seconds += delay
            delay = delay / settings.SPEED
        return await original(delay, *args, **kwargs)

    module.sleep = sleep


def install():
    if settings.SPEED <= 1:
        return
    _wrap_sleep()
    for name in ("time", "monotonic", "perf_counter"):
        _wrap_clock(name)
    imports.after({"asyncio": _wrap_asyncio})
