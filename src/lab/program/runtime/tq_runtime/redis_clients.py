"""Leads every Redis client to the private Redis, whatever host and port it names, and notes those."""

from . import settings
from .notes import note, student_line


def _told(self):
    where = student_line()
    note(what="connect", host=str(self.host), port=int(self.port), db=int(self.db or 0), at=where)


def _told_path(self):
    note(what="connect", host=f"unix:{self.path}", port=0, db=int(self.db or 0), at=student_line())


def _introduced(self, socket):
    host, port = socket.getsockname()[:2]
    timeout = self.socket_timeout
    known = timeout if isinstance(timeout, (int, float)) else None
    note(what="connected", address=f"{host}:{port}", db=int(self.db or 0), timeout=known)


def _without_password(self):
    """The private Redis asks for none, and refuses one."""
    self.username = self.password = self.credential_provider = None


def lead_to_private_redis(module):
    connection = module.Connection
    connect = connection._connect

    def connect_to_private(self):
        wanted = (self.host, self.port)
        _told(self)
        _without_password(self)
        self.host, self.port = "127.0.0.1", settings.REDIS_PORT
        try:
            socket = connect(self)
        finally:
            self.host, self.port = wanted
        _introduced(self, socket)
        return socket

    connection._connect = connect_to_private
    # rediss:// is led there without TLS.
    module.SSLConnection._connect = connect_to_private

    import socket as sockets

    def connect_instead_of_a_path(self):
        _told_path(self)
        _without_password(self)
        socket = sockets.create_connection(("127.0.0.1", settings.REDIS_PORT), self.socket_connect_timeout)
        socket.settimeout(self.socket_timeout)
        _introduced(self, socket)
        return socket

    module.UnixDomainSocketConnection._connect = connect_instead_of_a_path


def lead_async_to_private_redis(module):
    connection = module.Connection
    connect = connection._connect

    async def connect_to_private(self):
        wanted = (self.host, self.port)
        _told(self)
        _without_password(self)
        self.host, self.port = "127.0.0.1", settings.REDIS_PORT
        try:
            await connect(self)
        finally:
            self.host, self.port = wanted
        _introduced(self, self._writer.get_extra_info("socket"))

    connection._connect = connect_to_private

    import asyncio

    async def connect_instead_of_a_path(self):
        _told_path(self)
        _without_password(self)
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", settings.REDIS_PORT)
        _introduced(self, self._writer.get_extra_info("socket"))
        await self.on_connect()

    module.UnixDomainSocketConnection._connect = connect_instead_of_a_path
