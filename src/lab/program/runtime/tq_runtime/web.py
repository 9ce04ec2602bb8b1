"""Answers in place of the network: a host for which there is a file is found at a server of this process, whatever
library asks. What is said over TLS stays plain on the way there: it never leaves the process."""

import re
import sys
import threading

from . import answers, imports, settings
from .notes import student_line

_through = threading.local()
_hosts = {}
_ports = {}
_lock = threading.Lock()


def install():
    if settings.WEB or settings.RECORD:
        for name, change in (("socket", _change_socket), ("ssl", _change_tls)):
            if name in sys.modules:
                change(sys.modules[name])
            else:
                imports.after({name: change})


def is_local(host):
    return host is None or host in ("", "localhost", "0.0.0.0", "::", "::1") or host.startswith("127.")


def _text(host):
    return host.decode("ascii", "replace") if isinstance(host, (bytes, bytearray)) else host


def answers_for(host):
    """Whether somebody here answers in place of this host."""
    host = _text(host)
    if is_local(host) or getattr(_through, "on", False):
        return False
    return bool(settings.RECORD) or any(_host_of(one["url"]).fullmatch(host) for one in settings.WEB)


def _host_of(pattern):
    named = re.sub(r"^[\w+.*-]+://", "", pattern).split("/")[0].rsplit("@")[-1].split(":")[0]
    return answers.pattern_of(named)


def _change_socket(module):
    getaddrinfo = module.getaddrinfo

    def lookup(host, port, *args, **kwargs):
        if not answers_for(host):
            return getaddrinfo(host, port, *args, **kwargs)
        where = (_address_of(_text(host)), _number(module, port))
        return [(module.AF_INET, module.SOCK_STREAM, module.IPPROTO_TCP, "", where)]

    def led(name):
        original = getattr(module.socket, name)

        def connect(self, address):
            host = _hosts.get(address[0]) if isinstance(address, tuple) else None
            return original(self, address if host is None else ("127.0.0.1", _serve(module, host, address[1])))

        return connect

    module.getaddrinfo = lookup
    module.socket.connect, module.socket.connect_ex = led("connect"), led("connect_ex")


def _number(module, port):
    if port is None:
        return 0
    try:
        return int(port)
    except ValueError:
        return module.getservbyname(_text(port))


def _address_of(host):
    """Its own among the addresses of this machine, so that whoever looks up a name first is led, too."""
    with _lock:
        found = next((address for address, one in _hosts.items() if one == host), None)
        if found is None:
            count = len(_hosts) + 1
            found = f"127.84.{count // 250}.{count % 250 + 1}"
            _hosts[found] = host
        return found


def _serve(module, host, port):
    """The port of this machine at which that of the host is answered."""
    with _lock:
        found = _ports.get((host, port))
        if found is None:
            listener = module.create_server(("127.0.0.1", 0), backlog=64)
            found = _ports[host, port] = listener.getsockname()[1]
            site = answers.Site(host, port, _through, student_line())
            threading.Thread(target=site.serve, args=(listener,), daemon=True).start()
        return found


def _change_tls(module):
    import socket

    context = module.SSLContext
    wrap_socket, wrap_bio = context.wrap_socket, context.wrap_bio

    class Plain(socket.socket):
        """A socket to our own server, as a library sees one with TLS."""

        context = session = None
        server_side = False
        def pending(self):
            return 0

        def read(self, size=1024):
            return self.recv(size)

        def write(self, data):
            return self.send(data)

        def __getattr__(self, name):
            return lambda *_, **__: None

    class PlainObject:
        """The same for whoever moves the bytes itself, as asyncio does."""

        server_side = False

        def __init__(self, incoming, outgoing, server_hostname, context):
            self.incoming, self.outgoing, self.server_hostname, self.context = incoming, outgoing, server_hostname, context

        def read(self, size=1024, buffer=None):
            data = self.incoming.read(size if buffer is None else len(buffer))
            if not data and not self.incoming.eof:
                raise module.SSLWantReadError(module.SSL_ERROR_WANT_READ, "nothing has come yet")
            if buffer is None:
                return data
            buffer[: len(data)] = data
            return len(data)

        def write(self, data):
            return self.outgoing.write(data)

        def pending(self):
            return self.incoming.pending

        def __getattr__(self, name):
            return lambda *_, **__: None

    def to_socket(self, sock, *args, server_side=False, **kwargs):
        try:
            ours = not server_side and sock.getpeername()[1] in _ports.values()
        except OSError:
            ours = False
        if not ours:
            return wrap_socket(self, sock, *args, server_side=server_side, **kwargs)
        answers.said_over_tls.add(sock.getsockname())
        timeout = sock.gettimeout()
        plain = Plain(sock.family, sock.type, sock.proto, sock.detach())
        plain.settimeout(timeout)
        return plain

    def to_object(self, incoming, outgoing, server_side=False, server_hostname=None, session=None):
        if not server_side and server_hostname is not None and answers_for(server_hostname):
            answers.said_over_tls.add(server_hostname)
            return PlainObject(incoming, outgoing, server_hostname, self)
        return wrap_bio(self, incoming, outgoing, server_side=server_side, server_hostname=server_hostname, session=session)

    context.wrap_socket, context.wrap_bio = to_socket, to_object
