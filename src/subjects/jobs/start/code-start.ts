import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import { type Module, type Project } from "../../python-code/project.js";
import { eachString } from "../../python-code/names/strings.js";
import { folderOf } from "../../python-code/layout.js";
import { type ProgramStart } from "./program-start.js";

type CodeStart = Pick<ProgramStart, "target" | "within" | "paths">;

/** How a file wants to be started, by what it imports and which files it names. */
export function startByCode(module: Module, project: Project): CodeStart {
  const { file } = module;
  const home = folderOf(file);
  const reached = reachedFrom(module, project);
  const bases = new Set(reached.flatMap((one) => basesOf(one, home, project)));
  const others = [...bases].filter((base) => base !== home);
  const base = others.find((one) => isAround(one, home));
  const paths = others.filter((one) => one !== base && !isAround(one, home));
  if (base !== undefined) {
    return { target: { kind: "module", name: dotted(file, base, project.called) }, within: base, paths };
  }
  return { target: { kind: "file", file }, within: folderOfData(reached, home, project.folder), paths };
}

/** `..` is around every folder, "" around all but itself. */
function isAround(base: string, home: string): boolean {
  return base === ".." || base === "" ? home !== base : home.startsWith(`${base}/`);
}

/** The dotted name of a file, seen from a folder around it. */
function dotted(file: string, base: string, called: string): string {
  const path = base === ".." ? `${called}/${file}` : base === "" ? file : file.slice(base.length + 1);
  return path.replace(/(?:\/__main__)?\.py$/, "").replaceAll("/", ".");
}

/** The folders from which a module's imports of the student's own files are seen. */
function basesOf(module: Module, home: string, { modules, called }: Project): string[] {
  return module.imports.flatMap(({ from, own, atTop }): string[] => {
    const target = modules.find(({ name }) => name === own)?.file;
    if (target === undefined) return [];
    if (from.startsWith(".")) {
      const place = folderOf(module.file);
      return atTop && (place === home || isAround(place, home)) ? [aroundPackage(module.file)] : [];
    }
    const written = from.replaceAll(".", "/");
    const plain = target.replace(/(?:\/__init__)?\.py$/, "");
    // `from src import jobs` names the folder alone.
    for (const path of [plain, folderOf(target)]) {
      if (path === written) return [""];
      if (path.endsWith(`/${written}`)) return [path.slice(0, -written.length - 1)];
      if (`${called}/${path}` === written || (path === "" && written === called)) return [".."];
    }
    return [];
  });
}

function aroundPackage(file: string): string {
  const folder = folderOf(file);
  return folder === "" ? ".." : folderOf(folder);
}

function reachedFrom(module: Module, { modules }: Project): Module[] {
  const found = new Set<Module>([module]);
  // Grows while it is gone through.
  for (const one of found) {
    for (const { own } of one.imports) {
      const next = modules.find(({ name }) => name === own);
      if (next) found.add(next);
    }
  }
  return [...found];
}

const DATA = /^[\w ./-]+\.(?:json|csv|tsv|txt|xml|ya?ml|xlsx?|parquet|gz|zip|db|sqlite|geojson|npy|pkl)$/i;

/** The folder from which most of the files that the code names are there: its own, else the student's. */
function folderOfData(modules: readonly Module[], home: string, folder: string): string {
  const named = new Set<string>();
  for (const { body } of modules) {
    eachString(body, (text) => {
      if (DATA.test(text) && !posix.isAbsolute(text)) named.add(text);
    });
  }
  const count = (place: string): number =>
    [...named].filter((one) => existsSync(join(folder, place, one))).length;
  const candidates = [home, folderOf(home), ""];
  return candidates.reduce((best, one) => (count(one) > count(best) ? one : best));
}
