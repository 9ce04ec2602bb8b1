import { posix } from "node:path";
import { type Import } from "./names/modules.js";

/** What the modules of a jobs API are called; each of them once says that this is the folder. */
const ROLE_NAMES = {
  api: /^(api|app|main|server|\w+_api|\w+_app)\.py$/,
  jobs: /^jobs?\.py$/,
  worker: /^(workers?|\w+_worker)\.py$/,
} as const;

export type Role = keyof typeof ROLE_NAMES;

export function roleByName(file: string): Role | null {
  const name = posix.basename(file).toLowerCase();
  const roles = Object.entries(ROLE_NAMES) as [Role, RegExp][];
  return roles.find(([, pattern]) => pattern.test(name))?.[0] ?? null;
}

/** Files of these names test or install, and are no part of the program. */
const NO_MODULE = /^(test_.*|.*_tests?|conftest|setup|__init__)\.py$/;

export function isModule(path: string): boolean {
  return !NO_MODULE.test(posix.basename(path));
}

const USUAL = ["", "src", "source"];

/** The folder of the modules among the paths of all Python files: "", "src", … */
export function findRoot(paths: readonly string[]): string {
  const folders = new Map<string, string[]>();
  for (const path of paths.filter(isModule)) {
    const folder = folderOf(path);
    folders.set(folder, [...(folders.get(folder) ?? []), path]);
  }
  const ranked = [...folders].map(([folder, files]) => {
    const roles = new Set(files.map(roleByName).filter((role) => role !== null)).size;
    const usual = USUAL.indexOf(folder);
    const depth = folder === "" ? 0 : folder.split("/").length;
    return { folder, key: [-roles, usual === -1 ? 1 : 0, depth, usual, -files.length] };
  });
  ranked.sort((a, b) => compare(a.key, b.key) || (a.folder < b.folder ? -1 : 1));
  return ranked[0]?.folder ?? "";
}

function compare(a: readonly number[], b: readonly number[]): number {
  const n = a.findIndex((value, at) => value !== b[at]);
  return n === -1 ? 0 : (a[n] ?? 0) - (b[n] ?? 0);
}

function folderOf(path: string): string {
  const folder = posix.dirname(path);
  return folder === "." ? "" : folder;
}

/** As the other modules import it. */
export function moduleName(path: string, root: string): string {
  const relative = root !== "" && path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
  return relative.replace(/(\/__init__)?\.py$/, "").replaceAll("/", ".");
}

/** Python has loaded these before it looks into the student's folder: a file of that name is never found. */
const ALWAYS_LOADED = new Set([
  "abc",
  "builtins",
  "codecs",
  "io",
  "itertools",
  "os",
  "site",
  "stat",
  "sys",
  "time",
]);

/** The student's file that a dotted name means, seen from a file; null where it is none of theirs. */
export function findOwnFile(
  { from, file }: Pick<Import, "from" | "file">,
  paths: ReadonlySet<string>,
  root: string,
): string | null {
  const [, dots = "", name = ""] = /^(\.*)(.*)$/.exec(from) ?? [];
  const relative = name.replaceAll(".", "/");
  if (dots === "" && ALWAYS_LOADED.has(name)) return null;
  // The folder of the modules, and the one above, from which `python -m src.api` runs.
  const above = dots
    .slice(1)
    .split("")
    .map(() => "..");
  const bases = dots === "" ? [root, ""] : [posix.join(posix.dirname(file), ...above)];
  for (const base of bases) {
    const path = posix.join(base, relative);
    for (const candidate of [`${path}.py`, `${path}/__init__.py`]) {
      const normal = posix.normalize(candidate);
      if (paths.has(normal)) return normal;
    }
  }
  return null;
}
