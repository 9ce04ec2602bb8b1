"""Changes a module right after it has been imported, whichever of that name the program finds."""

import importlib.machinery
import sys


# importlib.abc would bring a dozen modules that Python by itself has not loaded.
class _AfterImport:
    def __init__(self, changes):
        self.changes = changes

    def find_spec(self, name, path=None, target=None):
        if name not in self.changes:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec is None or spec.loader is None:
            return None
        spec.loader = _Loader(spec.loader, self.changes[name])
        return spec


class _Loader:
    def __init__(self, loader, change):
        self.loader, self.change = loader, change

    def create_module(self, spec):
        return self.loader.create_module(spec)

    def exec_module(self, module):
        self.loader.exec_module(module)
        try:
            self.change(module)
        except AttributeError:
            pass  # a module of the student's with the same name

    def __getattr__(self, name):
        return getattr(self.loader, name)


def after(changes):
    sys.meta_path.insert(0, _AfterImport(changes))
