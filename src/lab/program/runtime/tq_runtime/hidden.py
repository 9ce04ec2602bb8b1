"""What a student's file hides here as it would without tq: a module of Python's that tq needed, and that Python by itself
has not loaded, is forgotten where the student has a file of that name."""

import os
import sys

before = None


def note_start():
    """Called before anything else of tq's is imported."""
    global before
    before = set(sys.modules)


def names_in(folder):
    """Names of Python's own modules that files in this folder have; a folder alone hides none."""
    try:
        entries = os.listdir(folder)
    except OSError:
        return set()
    files = {entry[:-3] for entry in entries if entry.endswith(".py")}
    packages = {entry for entry in entries if os.path.isfile(os.path.join(folder, entry, "__init__.py"))}
    return (files | packages) & set(getattr(sys, "stdlib_module_names", ())) - set(sys.builtin_module_names)


def forget(folder):
    """The names that were forgotten."""
    gone = {}
    names = names_in(folder) - (before or set())
    if names:
        loaded = {name: one for name, one in sys.modules.items() if name not in before and not name.startswith("tq_runtime")}
        gone = {name: one for name, one in loaded.items() if name.split(".")[0] in names}
        # Who has got something of them would not have come so far.
        while more := {name: one for name, one in loaded.items() if name not in gone and _uses(one, gone)}:
            gone.update(more)
    for module in gone:
        del sys.modules[module]
    return names


def _uses(module, gone):
    values = list(getattr(module, "__dict__", {}).values())
    return any(value in gone.values() for value in values if type(value) is type(sys)) or any(
        isinstance(value, type) and value.__module__ in gone for value in values
    )


def forget_beside(command):
    """As `python file.py` and `python -m module` find modules."""
    file = next((word for word in command[1:] if word.endswith(".py")), None)
    forget(os.path.dirname(os.path.abspath(file)) if file and "-m" not in command[1:3] else os.getcwd())
