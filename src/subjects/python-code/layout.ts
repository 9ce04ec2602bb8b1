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

export function folderOf(path: string): string {
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

/** Where a program's modules are found. */
export interface Layout {
  paths: ReadonlySet<string>;
  /** Folder of the modules. */
  root: string;
  /** What the student's folder itself is called: `from src.jobs import …` is run from above it. */
  called: string;
  /** An image or a search path brings files of several folders together. */
  isBroughtTogether: boolean;
}

/** The student's file that a dotted name means, seen from a file; null where it is none of theirs. */
export function findOwnFile({ from, file }: Pick<Import, "from" | "file">, layout: Layout): string | null {
  const { paths, root, called } = layout;
  const [, dots = "", name = ""] = /^(\.*)(.*)$/.exec(from) ?? [];
  const relative = name.replaceAll(".", "/");
  if (dots === "" && ALWAYS_LOADED.has(name)) return null;
  // The folder of the modules, and those above, from which `python -m src.api` runs.
  const above = dots
    .slice(1)
    .split("")
    .map(() => "..");
  const bases =
    dots === ""
      ? [...new Set([homeOf(file, root), root, ...foldersAbove(root)])]
      : [posix.join(posix.dirname(file), ...above)];
  for (const base of bases) {
    const found = fileAt(posix.join(base, relative), paths);
    if (found !== null) return found;
  }
  if (dots !== "") return null;
  const within =
    name === called ? "__init__" : name.startsWith(`${called}.`) ? relative.slice(called.length + 1) : null;
  if (within !== null && called !== "") {
    const found = fileAt(within, paths);
    if (found !== null) return found;
  }
  return layout.isBroughtTogether ? onlyOne(relative, paths) : null;
}

function fileAt(path: string, paths: ReadonlySet<string>): string | null {
  const candidates = [`${path}.py`, `${path}/__init__.py`].map((one) => posix.normalize(one));
  return candidates.find((one) => paths.has(one)) ?? null;
}

/** A file in a folder of its own, such as worker/worker.py, finds what lies beside it. */
function homeOf(file: string, root: string): string {
  const folder = folderOf(file);
  return folder === root || (root !== "" && folder.startsWith(`${root}/`)) || !isRole(file) ? root : folder;
}

function isRole(file: string): boolean {
  return roleByName(file) !== null;
}

function onlyOne(relative: string, paths: ReadonlySet<string>): string | null {
  const found = [...paths].filter((path) => path.endsWith(`/${relative}.py`));
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** The folders around one, the nearest first, up to the student's: "src/birds" is in "src" and in "". */
function foldersAbove(folder: string): string[] {
  if (folder === "") return [];
  const around = folderOf(folder);
  return [around, ...foldersAbove(around)];
}

/** The files in other folders that have a task which none in the folder of the modules has by its name. */
export function findOthers(paths: readonly string[], root: string): string[] {
  const has = new Set(paths.filter((path) => folderOf(path) === root).map(roleByName));
  return paths.filter((path) => {
    const role = isModule(path) && folderOf(path) !== root ? roleByName(path) : null;
    return role !== null && role !== "jobs" && !has.has(role);
  });
}
