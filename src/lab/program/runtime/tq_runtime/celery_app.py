"""Finds a student's Celery app, says how it is set up, and keeps what it sends and stores in this process: Celery
itself is the real one, with its broker and result backend that live in memory."""

import importlib
import os
import sys

from .notes import note


class TooLong(BaseException):
    """Its time is over; no `except Exception` catches this."""


def load(file):
    """The module of a file that is relative to the working folder, imported under its own name."""
    path = os.path.abspath(file)
    sys.path.insert(0, os.path.dirname(path))
    return importlib.import_module(os.path.splitext(os.path.basename(path))[0])


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
    for name in ("broker_url", "broker_read_url", "broker_write_url"):
        setattr(app.conf, name, "memory://")
    app.conf.result_backend = "cache+memory://"
    app.set_current()
