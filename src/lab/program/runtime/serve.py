"""Runs a student's API as `python api.py`, `python -m src.api` or a server that is given src.api:app would, on a free port:
serve.py <file> …, serve.py -m <module> …, or serve.py -a <module> <name or ""> …. Where it starts no server by itself, its application is served. The port is noted when the server
listens."""

import importlib
import os
import runpy
import socket
import sys

from tq_runtime import hidden, imports, progress, routes
from tq_runtime.notes import note

target = sys.argv[1:]
served = False


def listen():
    listener = socket.create_server(("127.0.0.1", 0), backlog=128)
    return listener, listener.getsockname()[1]


def serve_flask(app, *_, **options):
    global served
    served = True
    note(what="serves", framework="flask", host=options.get("host"), port=options.get("port"))
    from werkzeug.serving import make_server

    listener, port = listen()
    server = make_server("127.0.0.1", port, app, threaded=True, fd=listener.fileno())
    routes.tell(app)
    progress.program.serves()
    note(what="listens", port=port)
    server.serve_forever()


def serve_asgi(app, *_, **options):
    global served
    served = True
    note(what="serves", framework="fastapi", host=options.get("host"), port=options.get("port"))
    import uvicorn

    listener, port = listen()

    class Server(uvicorn.Server):
        async def startup(self, *args, **kwargs):
            await super().startup(*args, **kwargs)
            if self.started:
                routes.tell(self.config.loaded_app)
                progress.program.serves()
                note(what="listens", port=port)

    config = uvicorn.Config(app, factory=options.get("factory", False), log_level="warning", loop="asyncio")
    Server(config).run(sockets=[listener])


def change_flask(module):
    module.Flask.run = serve_flask


def change_uvicorn(module):
    module.run = serve_asgi


def kind_of(value):
    names = [f"{one.__module__}.{one.__name__}" for one in type(value).__mro__]
    return "flask" if "flask.app.Flask" in names else "asgi" if "starlette.applications.Starlette" in names else None


def find_app(found):
    """Its application, under whatever name; else what a function without arguments makes that is called as one."""
    for name, value in found.items():
        if kind_of(value):
            return name, value
    for name in ("create_app", "make_app", "get_app"):
        if callable(found.get(name)):
            return f"{name}()", found[name]()
    return None, None


def named(found, name):
    """What a server is told by this name: an application, or a function that makes one."""
    plain = name.removesuffix("()")
    if plain not in found:
        raise AttributeError(f"module {target[1]!r} has no attribute {plain!r}")
    value = found[plain]
    return value if kind_of(value) or not callable(value) else value()


imports.after({"flask.app": change_flask, "uvicorn.main": change_uvicorn})
if target[0] in ("-m", "-a"):
    sys.path[0] = os.getcwd()
    hidden.forget(sys.path[0])
    if target[0] == "-m":
        sys.argv = target[1:]
        found = runpy.run_module(target[1], run_name="__main__", alter_sys=True)
    else:
        sys.argv = [target[1], *target[3:]]
        found = vars(importlib.import_module(target[1]))
        if target[2]:
            found = {target[2]: named(found, target[2])}
else:
    sys.argv = target
    sys.path[0] = os.path.dirname(os.path.abspath(target[0]))
    hidden.forget(sys.path[0])
    found = runpy.run_path(target[0], run_name="__main__")
if not served:
    name, app = find_app(found)
    note(what="app", name=name)
    if kind_of(app) == "flask":
        app.run()
    elif kind_of(app) == "asgi":
        import uvicorn

        uvicorn.run(app)
