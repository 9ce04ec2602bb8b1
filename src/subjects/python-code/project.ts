import { basename } from "node:path";
import { type Client, findClients } from "./clients/clients.js";
import { findComposeProject } from "../../compose/find-project.js";
import { type Finding } from "./finding.js";
import { findAll } from "./findings/index.js";
import { rightName } from "./findings/missing-names.js";
import { listPythonFiles, readPythonFile } from "../../lab/files/python-files.js";
import { findOthers, findOwnFile, findRoot, folderOf, isModule, type Layout, moduleName } from "./layout.js";
import { isBroughtTogether } from "./brought-together.js";
import { type EnvironmentRead, findEnvironment } from "./names/environment.js";
import { type Import, type Module, readModule } from "./names/modules.js";
import { type App, findRoles, type Framework } from "./roles.js";
import { compareEditions, type NeededEdition } from "../../lab/python/edition.js";
import { type RuffReport, loadRuff } from "./syntax/ruff.js";
import { STANDARD_MODULES } from "../../lab/python/standard-modules.js";

export { type Client } from "./clients/clients.js";
export { type Definition, type Import, type Module } from "./names/modules.js";
export { type EnvironmentRead } from "./names/environment.js";
export { type Value } from "./names/values.js";

/** A student's program, read without running it. */
export interface Project {
  /** The student's folder, as it was given. */
  folder: string;
  /** Folder of the modules, relative to it: "", "src", "source", … */
  root: string;
  /** What the folder itself is called: a package's name, where the files import each other so. */
  called: string;
  modules: readonly Module[];
  /** By what they contain, else by name. */
  api: Module | null;
  jobs: Module | null;
  worker: Module | null;
  /** The object that a server is given, such as `app` of module `api`. */
  app: App | null;
  framework: Framework | null;
  /** Top-level packages that are neither the project's own nor Python's, sorted. */
  packages: readonly string[];
  clients: readonly Client[];
  /** The variables of the environment that the code reads. */
  environment: readonly EnvironmentRead[];
  /** The Python that its syntax needs; null where any in use will do. */
  needs: NeededEdition | null;
  /** In the order of files and lines. */
  findings: readonly Finding[];
}

/** Reads the Python files of a folder. Does not throw, whatever they contain; runs nothing. */
export async function readProject(folder: string): Promise<Project> {
  const paths = await listPythonFiles(folder);
  const root = findRoot(paths);
  const layout: Layout = {
    paths: new Set(paths),
    root,
    called: basename(folder),
    isBroughtTogether: await isBroughtTogether(folder, paths),
  };
  const modules = await readModules(folder, paths, layout);
  const byName = new Map(modules.map((module) => [module.name, module]));
  const clients = findClients(byName);
  const facts = {
    folder,
    root,
    modules,
    clients,
    packages: findPackages(modules, layout),
    called: layout.called,
    environment: findEnvironment(byName),
    needs: neededEdition(modules),
    ...findRoles(modules, clients),
  };
  return { ...facts, findings: findAll({ ...facts, byName, compose: findComposeProject(folder) }) };
}

/** The files in the folder of the modules, and whatever else of the student's they import. */
async function readModules(folder: string, paths: readonly string[], layout: Layout): Promise<Module[]> {
  const { root } = layout;
  const wanted = paths.filter((path) => isModule(path) && folderOf(path) === root);
  wanted.push(...findOthers(paths, root));
  const read = new Map<string, Module>();
  if (wanted.length === 0) return [];
  const ruff = await loadRuff();
  for (const path of wanted) {
    if (read.has(path)) continue;
    const file = await readPythonFile(folder, path);
    if (!file) continue;
    const module = readModule(file, moduleName(path, root), check(ruff, file.text));
    const imports = module.imports.map((one) => resolve(one, layout));
    read.set(path, { ...module, imports });
    // Grows while it is gone through.
    for (const { own } of imports) {
      const imported = paths.find((one) => own !== null && moduleName(one, root) === own);
      if (imported !== undefined && !wanted.includes(imported)) wanted.push(imported);
    }
  }
  return [...read.values()];
}

function neededEdition(modules: readonly Module[]): NeededEdition | null {
  let needed: NeededEdition | null = null;
  for (const { file, report } of modules) {
    const { newest } = report;
    if (newest && (needed === null || compareEditions(newest.since, needed.edition) > 0))
      needed = { edition: newest.since, because: `${file}:${newest.line}: ${newest.what}` };
  }
  return needed;
}

/** A linter that gives up on a file must not take the check with it. */
function check(ruff: (text: string) => RuffReport, text: string): RuffReport {
  try {
    return ruff(text);
  } catch {
    return { syntax: [], names: [], placeholders: [], newest: null, filled: text };
  }
}

/** Says which of the student's modules an import means; `from . import jobs` means the module itself. */
function resolve(one: Import, layout: Layout): Import {
  const { root } = layout;
  if (one.name !== null && one.name !== "*") {
    const inner = {
      ...one,
      from: one.from.endsWith(".") ? `${one.from}${one.name}` : `${one.from}.${one.name}`,
    };
    const module = findOwnFile(inner, layout);
    if (module !== null) return { ...one, name: null, own: moduleName(module, root) };
  }
  const file = /^\.+$/.test(one.from) ? null : findOwnFile(one, layout);
  return file === null ? one : { ...one, own: moduleName(file, root) };
}

function findPackages(modules: readonly Module[], { paths, called }: Layout): string[] {
  // Each folder and file may be what an import means, from wherever it is run: none of them is to be installed.
  const own = new Set([called, ...[...paths].flatMap((path) => path.replace(/\.py$/, "").split("/"))]);
  const packages = new Set<string>();
  for (const { imports } of modules) {
    for (const { from, own: isOwn, guarded } of imports) {
      const [top = ""] = from.split(".");
      const isForeign = isOwn === null && top !== "" && !STANDARD_MODULES.has(top) && !own.has(top);
      // What is only misspelled is not to be installed.
      if (isForeign && !guarded && !rightName(top, modules)) packages.add(top);
    }
  }
  return [...packages].sort();
}
