import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, posix, relative, sep } from "node:path";
import { type Copy, type Dockerfile } from "./dockerfile.js";
import { imageName } from "./redis-image.js";
import { type Service } from "./service.js";

/** The files of the student's that a container finds, as far as that can be told without building it. */
export interface ImageFiles {
  /** By absolute path inside: the absolute path of the file on this machine. */
  files: ReadonlyMap<string, string>;
  /** There may be others: of an image that nobody knows, or made while it is built. */
  isOpen: boolean;
  /** What its Dockerfile copies and is not there, in the folder of the build. */
  missing: readonly { source: string; copy: Copy }[];
}

/** So many files, and folders below each other, are looked at. */
const MOST = { files: 5000, depth: 8 };

/** Folders in which no program of the student's lies. */
const LEFT_OUT = new Set([".git", ".venv", "venv", "node_modules", "__pycache__"]);

/** Images that bring no program of their own along. */
const PLAIN =
  /^(?:python|pypy|ubuntu|debian|alpine|fedora|rockylinux|almalinux|centos|amazonlinux|miniconda3?|anaconda3?|uv|slim|bookworm)$/;

/** Commands that make files of the student's in an image, or move them. */
const MAKES_FILES = /\b(?:git clone|curl|wget|unzip|tar|cp|mv|ln|rsync|sed -i|tee|touch|ADD)\b|>\s*\S/;

export function readImageFiles({ image, build, dockerfile, mounts }: Service): ImageFiles {
  const files = new Map<string, string>();
  const missing: { source: string; copy: Copy }[] = [];
  let isOpen = build === null ? !PLAIN.test(imageName(image)) : dockerfile === null || build.isRemote;
  if (build && dockerfile && !build.isRemote) {
    const context = listContext(build.context);
    isOpen ||= context === null || !PLAIN.test(imageName(dockerfile.base)) || makesFiles(dockerfile);
    for (const copy of dockerfile.copies) {
      const copied = copyInto(copy, build.context, context ?? [], files);
      isOpen ||= copied.isOpen;
      missing.push(...copied.missing.map((source) => ({ source, copy })));
    }
  }
  for (const { isBind, source, target } of mounts) {
    if (!isBind) continue;
    const at = posix.resolve("/", target);
    for (const path of files.keys()) if (isBelow(path, at)) files.delete(path);
    const facts = statSync(source, { throwIfNoEntry: false });
    if (facts?.isFile()) files.set(at, source);
    const below = facts?.isDirectory() ? listContext(source) : [];
    isOpen ||= below === null;
    for (const path of below ?? []) files.set(posix.join(at, path), join(source, path));
  }
  return { files, isOpen, missing };
}

function makesFiles({ runs }: Dockerfile): boolean {
  return runs.some(({ command }) => MAKES_FILES.test(command));
}

/** Puts the files of a `COPY` where it puts them. */
function copyInto(
  { sources, from, to }: Copy,
  context: string,
  all: readonly string[],
  files: Map<string, string>,
): { isOpen: boolean; missing: string[] } {
  // Tools out of another image are no files of the student's; another stage may have anything.
  if (from !== null) return { isOpen: !/[/:.]/.test(from), missing: [] };
  const missing: string[] = [];
  let isOpen = false;
  for (const source of sources) {
    if (/^<<|^https?:|^git@|\$|\.(?:tar|tgz|tar\.gz|zip)$/.test(source)) {
      isOpen = true;
      continue;
    }
    const path = posix.normalize(source.replace(/^\/+/, "")).replace(/\/$/, "");
    const isPattern = /[*?[]/.test(path);
    const below = path === "." ? all : all.filter((one) => isBelow(one, path));
    if (isPattern) {
      const pattern = patternOf(path);
      for (const one of all) {
        const [matched] = pattern.exec(one) ?? [];
        // Of a folder that matches, what is in it is copied.
        if (matched === undefined) continue;
        const rest = one.slice(matched.length);
        const name = rest === "" ? posix.basename(one) : rest.replace(/^\//, "");
        files.set(posix.join(to, name), join(context, one));
      }
    } else if (all.includes(path)) {
      const isFolder = to.endsWith("/") || to === "/";
      files.set(isFolder ? posix.join(to, posix.basename(path)) : to, join(context, path));
    } else if (below.length > 0 || path === ".") {
      for (const one of below)
        files.set(posix.join(to, path === "." ? one : posix.relative(path, one)), join(context, one));
    } else if (!existsSync(join(context, path)) || isIgnored(path, readIgnored(context)))
      missing.push(source);
  }
  return { isOpen, missing };
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith("/") ? folder : `${folder}/`);
}

/** Matches the beginning of a path, up to the end of one of its parts. */
function patternOf(glob: string): RegExp {
  const body = glob
    .split("/")
    .map((part) =>
      part
        .replace(/[.+^${}()|\\]/g, "\\$&")
        .replace(/\*\*/g, ".*")
        .replace(/(?<!\.)\*/g, "[^/]*")
        .replace(/\?/g, "[^/]"),
    )
    .join("/");
  return new RegExp(`^${body}(?=/|$)`);
}

/** The files of a build's folder, relative to it, without what `.dockerignore` leaves out; null where there are too many. */
function listContext(folder: string): string[] | null {
  const ignored = readIgnored(folder);
  const found: string[] = [];
  const visit = (at: string, depth: number): boolean => {
    if (depth > MOST.depth) return true;
    let entries;
    try {
      entries = readdirSync(at, { withFileTypes: true });
    } catch {
      return true; // there is none, or none that may be read
    }
    return entries.every((entry) => {
      const path = relative(folder, join(at, entry.name)).split(sep).join("/");
      if (LEFT_OUT.has(entry.name)) return true;
      if (entry.isDirectory()) return visit(join(at, entry.name), depth + 1);
      if (!isIgnored(path, ignored)) found.push(path);
      return found.length <= MOST.files;
    });
  };
  return visit(folder, 0) ? found : null;
}

interface Ignored {
  pattern: RegExp;
  /** `!pattern`: not ignored after all. */
  isKept: boolean;
}

function readIgnored(folder: string): Ignored[] {
  let text: string;
  try {
    text = readFileSync(join(folder, ".dockerignore"), "utf8");
  } catch {
    return [];
  }
  return text.split(/\r?\n/).flatMap((line): Ignored[] => {
    const rule = line.trim();
    if (rule === "" || rule.startsWith("#")) return [];
    const isKept = rule.startsWith("!");
    const glob = rule.replace(/^!/, "").replace(/^\/+|\/+$/g, "");
    return [{ pattern: patternOf(glob.replace(/^\*\*\//, "")), isKept }];
  });
}

/** The last rule that matches decides. */
function isIgnored(path: string, ignored: readonly Ignored[]): boolean {
  return ignored.findLast(({ pattern }) => pattern.test(path))?.isKept === false;
}
