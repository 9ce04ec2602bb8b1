"""What a program did, a line of JSON each, in the file that tq reads."""

import json
import os
import sys

from . import settings


def note(**facts):
    line = json.dumps({"pid": os.getpid(), **facts}) + "\n"
    # One write to a file opened for appending: lines of several processes do not mix.
    file = os.open(settings.NOTES, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(file, line.encode())
    finally:
        os.close(file)


def student_line():
    """The student's line that is being run, as (file, line); None where there is none."""
    frame = sys._getframe(1)
    while frame is not None:
        name = frame.f_code.co_filename
        if is_students(name):
            return {"file": os.path.relpath(name, settings.FOLDER), "line": frame.f_lineno}
        frame = frame.f_back
    return None


def is_students(filename):
    return filename.startswith(settings.FOLDER)
