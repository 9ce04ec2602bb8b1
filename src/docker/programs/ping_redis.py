"""Tries each address in a second: is a Redis there? Without packages, because a container may have none."""

import socket
import sys

for target in sys.argv[1:]:
    host, port = target.rsplit(":", 1)
    try:
        connection = socket.create_connection((host, int(port)), 1)
        connection.sendall(b"PING\r\n")
        connection.settimeout(1)
        reply = connection.recv(64)
        print("yes" if reply[:5] in (b"+PONG", b"-NOAU", b"-LOAD") else "no it does not answer as a Redis does")
    except OSError as error:
        print("no", getattr(error, "strerror", None) or error)
