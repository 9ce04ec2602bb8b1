"""The first process of a container: first_process.py <arguments of Python>. Runs that, obeys what tq writes to its
standard input (a letter each), and ends when tq closes it or is gone, and the container with it."""

import os
import signal
import subprocess
import sys
import threading

SIGNALS = {b"I": signal.SIGINT, b"K": signal.SIGKILL}
program = subprocess.Popen([sys.executable, *sys.argv[1:]], stdin=subprocess.DEVNULL, start_new_session=True)


def obey():
    while letter := os.read(0, 1):
        try:
            os.killpg(program.pid, SIGNALS[letter])
        except ProcessLookupError:
            pass  # it has ended meanwhile
    os._exit(128 + signal.SIGKILL)


threading.Thread(target=obey, daemon=True).start()
code = program.wait()
os._exit(code if code >= 0 else 128 - code)
