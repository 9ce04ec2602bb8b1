"""Leads the paths that a program has in its container into the folders of this run: its working folder there (/app), files
in / and in folders of their own (/output.png, /plots), and /tmp. Nothing of the machine is written in their place; where a
program has written nothing there yet, what the machine has is read."""

import builtins
import io
import os
import sys

from . import settings

# What stands at the top of a system: no program's own folder.
_SYSTEM = set(
    "bin boot dev etc home lib lib32 lib64 libx32 lost+found media mnt nix opt proc root run sbin snap srv sys usr var"
    " Applications Library Network System Users Volumes cores private".split()
)

# By name in os: which arguments are paths, and whether what they name is changed.
_READS = {"stat": (0,), "lstat": (0,), "access": (0,), "listdir": (0,), "scandir": (0,), "readlink": (0,), "chdir": (0,)}
_CHANGES = {
    **{name: (0,) for name in ("mkdir", "rmdir", "remove", "unlink", "chmod", "chown", "truncate", "utime")},
    **{name: (0, 1) for name in ("rename", "replace", "link", "symlink")},
}

_lstat, _mkdirs, _open = os.lstat, os.makedirs, builtins.open


def install():
    if not settings.OWN or os.name == "nt":
        return
    for names, changes in ((_READS, False), (_CHANGES, True)):
        for name, which in names.items():
            if hasattr(os, name):
                _replace(os, name, _leading(getattr(os, name), which, changes))
    _replace(os, "open", _opening_flags(os.open))
    builtins.open = io.open = _opening(builtins.open)


def _replace(module, name, function):
    original = getattr(module, name)
    setattr(module, name, function)
    # shutil and pathlib ask these sets what the system can.
    for kinds in (os.supports_dir_fd, os.supports_fd, os.supports_follow_symlinks, os.supports_effective_ids):
        if original in kinds:
            kinds.add(function)


def _leading(original, which, changes):
    def call(*args, **kwargs):
        if any(at < len(args) and _may_lead(args[at]) for at in which):
            args = tuple(lead(one, changes) if at in which else one for at, one in enumerate(args))
        return original(*args, **kwargs)

    call.__name__ = call.__qualname__ = original.__name__
    return call


def _opening(original):
    def open(file, mode="r", *args, **kwargs):
        if _may_lead(file):
            file = lead(file, *_changes_by_mode(mode))
        return original(file, mode, *args, **kwargs)

    return open


def _opening_flags(original):
    def open(path, flags, *args, **kwargs):
        if _may_lead(path):
            path = lead(path, *_changes_by_flags(flags))
        return original(path, flags, *args, **kwargs)

    return open


def _changes_by_mode(mode):
    mode = mode if isinstance(mode, str) else "r"
    return any(letter in mode for letter in "wax+"), "w" not in mode and "x" not in mode


def _changes_by_flags(flags):
    changes = bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND))
    return changes, not flags & os.O_TRUNC


def _may_lead(path):
    if not isinstance(path, (str, bytes)):
        if not hasattr(path, "__fspath__"):
            return False
        path = os.fspath(path)
    return path[:1] in ("/", b"/") or bool(settings.WORKING and path)


def lead(path, changes, keeps=False):
    """Where a path of the container's is in this run: itself, where it is none. `keeps`: what is there is changed, not replaced."""
    if not _may_lead(path):
        return path
    plain = os.path.normpath(os.fsdecode(path))
    if not plain.startswith("/"):
        # An image may bring files together that lie apart in the student's folder.
        there = path if changes or plain.startswith("..") or _is_there(plain) else lead(f"{settings.WORKING}/{plain}", False)
        return _like(path, there) if isinstance(there, str) and _is_there(there) else path
    if any(_is_in(plain, folder) for folder in settings.KNOWN):
        return path
    for start, place in settings.PLACES:
        if _is_in(plain, start):
            return _like(path, place + plain[len(start) :])
    first = plain.split("/")[1]
    if first == "" or first in _SYSTEM or _is_in(plain, sys.prefix) or _is_in(plain, sys.base_prefix):
        return path
    place = settings.TEMPORARY + plain[len("/tmp") :] if first == "tmp" else settings.OWN + plain
    if changes:
        _mkdirs(os.path.dirname(place), exist_ok=True)
        if keeps and not _is_there(place) and os.path.isfile(plain):
            with _open(plain, "rb") as there, _open(place, "wb") as here:
                here.write(there.read())
    return _like(path, place) if changes or _is_there(place) else path


def _is_in(path, folder):
    return path == folder or path.startswith(folder + "/")


def _is_there(path):
    try:
        _lstat(path)
        return True
    except OSError:
        return False


def _like(path, found):
    return os.fsencode(found) if isinstance(path, bytes) else found
