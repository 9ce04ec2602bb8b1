"""What tq asks of this run: a JSON object in the environment variable TQ_RUN."""

import json
import os

_given = json.loads(os.environ.get("TQ_RUN", "{}"))

ACTIVE = bool(_given)
# The copy of the student's folder.
FOLDER = _given.get("folder", "")
# Other folders in which it may write.
WRITABLE = _given.get("writable", [])
NOTES = _given.get("notes", "")
# Where what it writes to folders of its container goes, and to /tmp.
OWN = _given.get("own", "")
TEMPORARY = WRITABLE[0] if WRITABLE else ""
# Paths of the container that are folders and files of this run, the longest first.
PLACES = sorted(_given.get("places", []), key=lambda pair: -len(pair[0]))
REDIS_PORT = _given.get("redisPort", 0)
# Seconds of a student's sleep become so many times fewer.
SPEED = _given.get("speed", 1)
# Seconds that each message costs its consumer beside what the student's code does.
WORK = _given.get("work", 0)
# Answers in place of the network, the first that fits: a url in which * stands for anything, and a file.
WEB = _given.get("web", [])
# The folder in which what comes from the network is kept.
RECORD = _given.get("record", "")
# The container's working folder.
WORKING = _given.get("working", "")
KNOWN = [FOLDER, *WRITABLE, os.path.dirname(NOTES), *([RECORD] if RECORD else [])] if ACTIVE else []
# The web application's table of routes is noted.
ROUTES = _given.get("routes", False)
ALLOW_NETWORK = _given.get("allowNetwork", False)
# Bytes, seconds and processes.
MEMORY = _given.get("memory", 0)
CPU = _given.get("cpu", 0)
PROCESSES = _given.get("processes", 0)

_input = _given.pop("input", None)
if _input is not None:
    # Of this process alone: what it starts has what it is given by it.
    os.environ["TQ_RUN"] = json.dumps(_given)
    _file = os.open(_input, os.O_RDONLY)
    os.dup2(_file, 0)
    os.close(_file)
