"""Whether Redis answers under a name. Without packages: they are another step's matter."""

import socket
import sys

host = sys.argv[1]
address = socket.getaddrinfo(host, 6379)[0][4][0]
connection = socket.create_connection((host, 6379), 2)
connection.sendall(b"PING\r\n")
print(address if connection.recv(7).startswith(b"+PONG") else "no answer to PING")
