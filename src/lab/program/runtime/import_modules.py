"""Imports a student's modules, each in a process of its own that is forked when the packages are loaded already.

Its argument is JSON: folder (absolute, the student's), root (that of the modules), modules (their names), packages
(loaded first) and seconds (for all of them). Standard output is JSON, for each module what came of it. Nothing is connected to: where a
module opens a connection or starts a server, it has been imported as far as anybody can ask of it."""

import importlib
import json
import os
import select
import signal
import socket
import sys
import threading
import time
import traceback

from tq_runtime import progress

MOST = 4000  # characters of an exception's text


class Begins(BaseException):
    """A module begins what does not end by itself; no `except Exception` of its own catches this."""

    def __init__(self, what):
        super().__init__(what)
        self.what = what


def stop_at_the_outside():
    def begins(what):
        def stop(*_args, **_kwargs):
            raise Begins(what)

        return stop

    class Socket(socket.socket):
        connect = connect_ex = sendto = begins("connection")
        bind = listen = begins("server")

    # A sleep at the beginning, for Redis to come up, is not waited out; a loop of sleeps becomes one that computes.
    time.sleep = lambda _seconds: None
    socket.socket = Socket
    socket.create_connection = socket.getaddrinfo = begins("connection")
    servers = [("flask", "Flask", "run"), ("uvicorn", None, "run"), ("uvicorn", "Server", "run"), ("werkzeug.serving", None, "run_simple")]
    for name, holder, attribute in servers:
        module = sys.modules.get(name)
        target = getattr(module, holder, None) if holder else module
        if target is not None:
            setattr(target, attribute, begins("server"))


CPU = 2  # seconds of a processor: waiting for one, on a busy machine, does not count
# What stands in a module is done in milliseconds: its functions are not called.
LIMITS = progress.Limits(computes=0.3, waits=0.3, sleeps=float("inf"), pause=0.03)


def limit():
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_CPU, CPU),
        (resource.RLIMIT_FSIZE, 16 << 20),
        (resource.RLIMIT_AS, 4 << 30),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            # Beyond the first limit of a processor's time comes a signal that can be told from others.
            resource.setrlimit(what, (most, most + 1))
        except (OSError, ValueError):
            pass  # the system's own limit is lower


def describe(error, folder):
    frames = []
    if isinstance(error, SyntaxError) and error.filename and error.filename.startswith(folder + os.sep):
        frames.append((error.filename, error.lineno, None, error.text))
    for frame in traceback.extract_tb(error.__traceback__):
        if not isinstance(error, SyntaxError) and frame.filename.startswith(folder + os.sep):
            name = None if frame.name == "<module>" else frame.name
            frames.append((frame.filename, frame.lineno, name, frame.line))
    last = "".join(traceback.format_exception_only(type(error), error)).strip()
    # Of a syntax error the last line alone is the message.
    line = last.split("\n")[-1] if isinstance(error, SyntaxError) else last.split("\n")[0]
    return {
        "error": line[:MOST],
        "frames": [
            {"file": os.path.relpath(file, folder).replace(os.sep, "/"), "line": number or 1, "function": name, "text": (text or "").strip()}
            for file, number, name, text in frames
        ],
    }


def try_import(name, folder):
    try:
        importlib.import_module(name)
    except Begins as begun:
        return {"outcome": "begins", "what": begun.what}
    except SystemExit as ended:
        return {"outcome": "ends", "traceback": describe(ended, folder)}
    except BaseException as error:
        return {"outcome": "fails", "traceback": describe(error, folder)}
    return {"outcome": "imported"}


def in_a_fork(name, folder):
    """The process, and where its answer will stand."""
    reading, writing = os.pipe()
    child = os.fork()
    if child > 0:
        os.close(writing)
        return child, reading
    try:
        os.close(reading)
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nothing, stream)
        limit()
        first = threading.Lock()

        def answer(facts):
            if first.acquire(blocking=False):
                os.write(writing, json.dumps(facts).encode())
                os._exit(0)

        def tell(how, _seconds, _began, file, line, *_):
            file = os.path.relpath(file, folder).replace(os.sep, "/")
            answer({"outcome": "hangs", "how": how, "at": {"file": file, "line": line}})

        progress.Watch(folder, LIMITS, tell).start()
        answer(try_import(name, folder))
    finally:
        os._exit(0)


def collect(children, until):
    said = {reading: b"" for _, reading in children.values()}
    open_ones = set(said)
    while open_ones and (left := until - time.monotonic()) > 0:
        for reading in select.select(list(open_ones), [], [], left)[0]:
            part = os.read(reading, 65536)
            said[reading] += part
            if not part:
                open_ones.discard(reading)
    answers = {}
    for name, (child, reading) in children.items():
        try:
            os.kill(child, signal.SIGKILL)
        except ProcessLookupError:
            pass
        _, status = os.waitpid(child, 0)
        os.close(reading)
        used_up = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU
        try:
            answers[name] = json.loads(said[reading])
        except ValueError:
            # It said nothing: its time was over, or it ended in a way that nobody can catch.
            answers[name] = {"outcome": "hangs" if used_up or reading in open_ones else "crashes"}
    return answers


def main():
    task = json.loads(sys.argv.pop(1))
    folder, root = os.path.realpath(task["folder"]), os.path.realpath(task["root"])
    here = os.path.dirname(os.path.abspath(__file__))
    # Packages first, while a file of the student's with the name of one cannot be found in its stead.
    sys.path[:] = [path for path in sys.path if os.path.abspath(path or ".") not in (here, root)]
    os.chdir(root)
    for package in task["packages"]:
        try:
            importlib.import_module(package)
        except BaseException:
            pass  # whoever imports it is told
    sys.path.insert(0, root)
    stop_at_the_outside()
    names = task["modules"]
    if hasattr(os, "fork"):
        children = {name: in_a_fork(name, folder) for name in names}
        answers = collect(children, time.monotonic() + task["seconds"])
    else:
        known = set(sys.modules)
        answers = {}
        for name in names:
            answers[name] = try_import(name, folder)
            for added in set(sys.modules) - known:
                del sys.modules[added]
    sys.__stdout__.write(json.dumps(answers))
    sys.__stdout__.flush()


main()
