"""Notes which queues there are and which functions are their workers."""

import time

from . import settings
from .notes import note, student_line

_sleep = time.sleep


def note_queues(module):
    queue = module.HotQueue
    original_worker = queue.worker
    original_get = queue.get

    def worker(self, *args, **kwargs):
        def told(function):
            note(what="worker", function=getattr(function, "__name__", "?"), queue=self.name, at=student_line())
            return function

        if args and callable(args[0]):
            told(args[0])
            return original_worker(self, *args, **kwargs)
        decorate = original_worker(self, *args, **kwargs)
        return lambda function: decorate(told(function))

    def get(self, block=False, timeout=None):
        # Waiting for a message is shortened as sleeping is.
        message = original_get(self, block, timeout / settings.SPEED if timeout else timeout)
        if message is not None and settings.WORK:
            _sleep(settings.WORK)
        return message

    queue.worker = worker
    queue.get = get
