"""Which Python this is, and which of the modules and versions that are asked for it lacks."""

import importlib.metadata as metadata, importlib.util, json, os, re, sys, sysconfig
asked = json.loads(sys.argv[1])
plain = lambda name: re.sub("[-_.]+", "-", name).lower()
missing = [name for name in asked["packages"] if importlib.util.find_spec(name) is None]
unmet = []
try:
    from pip._vendor.packaging.requirements import Requirement
except ImportError:
    Requirement = None
for spec in asked["specs"] if Requirement else []:
    try:
        wanted = Requirement(spec)
        if plain(wanted.name) in asked["names"] and not wanted.specifier.contains(metadata.version(wanted.name), prereleases=True):
            unmet.append(spec)
    except Exception:
        pass
has = lambda name: importlib.util.find_spec(name) is not None
own = sys.prefix != sys.base_prefix
managed = not own and os.path.exists(os.path.join(sysconfig.get_path("stdlib"), "EXTERNALLY-MANAGED"))
writable = os.access(sysconfig.get_path("purelib"), os.W_OK) or not own
means = {"pip": has("pip") and not managed and writable, "venv": has("venv") and has("ensurepip")}
print(json.dumps({"means": means, "executable": sys.executable, "version": sys.version.split()[0], "missing": missing, "unmet": unmet}))
