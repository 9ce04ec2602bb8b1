"""Finds a student's Celery app, says how it is set up, and keeps what it sends and stores in this process: Celery
itself is the real one, with its broker and result backend that live in memory."""

import importlib
import os
import sys

from . import settings
from .notes import note


class TooLong(BaseException):
    """Its time is over; no `except Exception` catches this."""


def load(file):
    """The module of a file that is relative to the working folder, imported under its own name."""
    path = os.path.abspath(file)
    folder = os.path.dirname(path)
    name = os.path.splitext(os.path.basename(path))[0]
    # A file of a package is imported as its part, and the package from the folder that holds it.
    while os.path.exists(os.path.join(folder, "__init__.py")):
        name = f"{os.path.basename(folder)}.{name}"
        folder = os.path.dirname(folder)
    sys.path.insert(0, folder)
    # Others find their packages from further up, as the image's WORKDIR may have it.
    while folder.startswith(settings.FOLDER + os.sep):
        folder = os.path.dirname(folder)
        if folder not in sys.path:
            sys.path.append(folder)
    return importlib.import_module(name)


def find_app(module):
    from celery import Celery

    found = [value for value in vars(module).values() if isinstance(value, Celery)]
    return found[0] if found else None


def own_tasks(app):
    app.finalize(auto=True)
    return {name: task for name, task in app.tasks.items() if not name.startswith("celery.")}


def describe(app):
    tasks = own_tasks(app)
    note(
        what="celery",
        broker=str(app.conf.broker_write_url or app.conf.broker_url or ""),
        backend=str(app.conf.result_backend or ""),
        tasks=sorted(tasks),
        acksLate=any(task.acks_late for task in tasks.values()),
        timeLimit=min((limit for task in tasks.values() for limit in (task.time_limit, task.soft_time_limit) if limit), default=None),
        ignoresResults=any(task.ignore_result for task in tasks.values()),
    )


def keep_in_memory(app):
    from celery._state import _get_active_apps

    # The web may send by a Celery object of its own.
    for one in [*_get_active_apps(), app]:
        for name in ("broker_url", "broker_read_url", "broker_write_url"):
            setattr(one.conf, name, "memory://")
        one.conf.result_backend = "cache+memory://"
    app.set_current()
