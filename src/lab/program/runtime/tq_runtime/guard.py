"""Keeps a program's hands off what is not its own: files outside its folder, the network, other processes. This
protects from accidents. It is no prison: who wants to break out of it can."""

import errno
import ipaddress
import mmap
import os
import signal
import sys
import threading

from . import places, settings
from .notes import note, student_line

_REDIS = 6379
_DEVICES = {"/dev/null", "/dev/tty", "/dev/stdout", "/dev/stderr"}

# By event of Python's auditing: which of its arguments are paths that it changes, and which say relative to what.
_CHANGES = {
    "os.remove": ((0, 1),),
    "os.rmdir": ((0, 1),),
    "os.mkdir": ((0, 2),),
    "os.rename": ((0, 2), (1, 3)),
    "os.link": ((1, 3),),
    "os.symlink": ((1, 2),),
    "os.chmod": ((0, 2),),
    "os.chown": ((0, 3),),
    "os.truncate": ((0, None),),
    "os.utime": ((0, 3),),
    "shutil.rmtree": ((0, 1),),
}
_STARTS = {"os.fork", "os.forkpty", "os.posix_spawn", "subprocess.Popen", "os.system"}

# Shared with the processes that it forks.
_started = mmap.mmap(-1, 8)
_quiet = threading.local()


def install():
    _limit()
    _end_with_tq()
    sys.addaudithook(_watch)


def _limit():
    try:
        import resource
    except ImportError:
        return  # not on this system
    for name, most in (("RLIMIT_AS", settings.MEMORY), ("RLIMIT_CPU", settings.CPU)):
        if most:
            _, hard = resource.getrlimit(getattr(resource, name))
            if hard == resource.RLIM_INFINITY or most < hard:
                resource.setrlimit(getattr(resource, name), (most, hard))


def _end_with_tq():
    """tq holds the other end of this pipe: when tq is gone, so is the program, however tq ended."""
    try:
        pipe = int(os.environ.pop("TQ_LIFELINE"))
        os.set_inheritable(pipe, False)
    except (KeyError, OSError):
        return

    def wait():
        try:
            os.read(pipe, 1)
        finally:
            os.killpg(0, signal.SIGKILL)

    threading.Thread(target=wait, daemon=True).start()


def _watch(event, args):
    if getattr(_quiet, "on", False):
        return
    _quiet.on = True
    try:
        if event == "open":
            path, mode, flags = args
            if _is_writing(mode, flags):
                _check_path(path, None)
        elif event in _CHANGES:
            for at, relative in _CHANGES[event]:
                _check_path(args[at], args[relative] if relative is not None and relative < len(args) else None)
        elif event.startswith("socket."):
            _check_socket(event, args)
        elif event in _STARTS:
            _count_process()
        elif event in ("os.kill", "os.killpg"):
            _check_kill(event, args[0])
    finally:
        _quiet.on = False


def _is_writing(mode, flags):
    if isinstance(mode, str):
        return any(letter in mode for letter in "wax+")
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND))


def _check_path(path, relative_to):
    if isinstance(path, int):
        return  # a file that is open already
    # shutil says the path that it was given, before it comes to the functions of os.
    path = os.fsdecode(places.lead(path, False) if settings.OWN else path)
    if isinstance(relative_to, int) and relative_to >= 0 and not os.path.isabs(path):
        try:
            path = os.path.join(os.readlink(f"/proc/self/fd/{relative_to}"), path)
        except OSError:
            return
    if path in _DEVICES:
        return
    # Of a link both count: the folder that holds it, and what it leads to.
    real = os.path.join(os.path.realpath(os.path.dirname(os.path.abspath(path))), os.path.basename(path))
    if not (_may_change(real) and _may_change(os.path.realpath(real))):
        _refuse("file", path)


def _may_change(path):
    if path == settings.NOTES:
        return True
    return any(path == folder or path.startswith(folder + os.sep) for folder in [settings.FOLDER, settings.OWN, settings.RECORD, *settings.WRITABLE] if folder)


def _check_socket(event, args):
    if settings.ALLOW_NETWORK:
        return
    if event in ("socket.connect", "socket.sendto"):
        address = args[1]
        if isinstance(address, tuple):
            host, port = str(address[0]), address[1]
            if not _is_loopback(host) or (port == _REDIS and port != settings.REDIS_PORT):
                _refuse("network", f"{host}:{port}")
        elif address is not None:
            _refuse("network", os.fsdecode(address))
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        host = args[0]
        host = host.decode() if isinstance(host, bytes) else host
        if host and not _is_loopback(host):
            port = args[1] if event == "socket.getaddrinfo" and args[1] else None
            _refuse("network", host if port is None else f"{host}:{port}")


def _is_loopback(host):
    if host in ("localhost", "", "0.0.0.0", "::"):
        return True
    try:
        return ipaddress.ip_address(host.split("%")[0]).is_loopback
    except ValueError:
        return False


def _count_process():
    note(what="process")
    count = int.from_bytes(_started[:8], "little") + 1
    _started[:8] = count.to_bytes(8, "little")
    if settings.PROCESSES and count > settings.PROCESSES:
        _refuse("process", f"more than {settings.PROCESSES} processes")


def _check_kill(event, pid):
    try:
        group = pid if event == "os.killpg" else os.getpgid(pid) if pid > 0 else os.getpgrp() if pid == 0 else -1
    except OSError:
        return  # there is none: the call itself says so
    if group not in (0, os.getpgrp()):
        _refuse("process", f"a signal to process {pid}")


def _url_to(host):
    """The url for which a library connects, as it stands in the frames that lead there; None where it is not seen."""
    host, frame = host.partition(":")[0], sys._getframe(1)
    while frame is not None:
        for name in ("url", "fullurl", "full_url"):
            url = frame.f_locals.get(name)
            if isinstance(url, str) and f"//{host}" in url:
                return url
        frame = frame.f_back
    return None


def _refuse(kind, what):
    more = {"url": _url_to(what)} if kind == "network" else {}
    note(what="refused", kind=kind, target=what, at=student_line(), **{name: value for name, value in more.items() if value})
    raise PermissionError(errno.EPERM, f"tq does not let a program that it runs touch this: {what}")
