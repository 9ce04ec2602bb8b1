import { existsSync } from "node:fs";
import { basename, join, posix } from "node:path";
import { type Module, type Project } from "../../python-code/project.js";
import { folderOf } from "../../python-code/layout.js";
import { startByCode } from "./code-start.js";
import { type ContainerFacts, hostPath } from "./container-files.js";
import { type ProgramCommand } from "./program-command.js";
import { type ProgramStart } from "./program-start.js";

interface CommandFacts {
  module: Module;
  project: Project;
  container: ContainerFacts;
  /** The folder in which tq.yaml has it run, relative to the student's; undefined for a container's command. */
  from: string | undefined;
}

/** What a command line starts among the student's files; null where it cannot be told. */
export function startByCommand(
  { target, folder }: ProgramCommand,
  { module, project, container, from }: CommandFacts,
): Pick<ProgramStart, "target" | "within" | "paths"> | null {
  const { folder: root, called } = project;
  const { paths, within: usual } = startByCode(module, project);
  const there = posix.resolve("/", container.folder, folder);
  const within =
    from === undefined
      ? hostPath(there, container, root)
      : posix.normalize(posix.join(from, folder)).replace(/^\.$/, "");
  if (target.kind === "file") {
    const path =
      from === undefined
        ? (hostPath(posix.resolve(there, target.path), container, root) ?? sameName(target.path, module.file))
        : posix.normalize(posix.join(within ?? "", target.path));
    if (path === null || !existsSync(join(root, path))) return null;
    const copies = container.places.filter(({ to }) => (folderOf(to) === "" ? false : to.endsWith(".py")));
    return {
      target: { kind: "file", file: path },
      within: within ?? usual,
      paths: [...new Set([...paths, ...copies.map(({ to }) => folderOf(to))])],
    };
  }
  const name = target.kind === "module" ? target.name : target.module;
  const written = name.replaceAll(".", "/");
  const bases = [within, from === undefined ? baseOf(written, module.file, called) : null];
  const base = bases.find(
    (one) => one !== null && isModule(join(root, one), written, one === ".." ? [root, called] : null),
  );
  return base === undefined || base === null ? null : { target, within: base, paths };
}

function sameName(path: string, file: string): string | null {
  return basename(path) === basename(file) ? file : null;
}

/** The folder from which a module of this name is that file. */
function baseOf(written: string, file: string, called: string): string | null {
  const stem = file.replace(/\.py$/, "");
  if (stem === written) return "";
  if (stem.endsWith(`/${written}`)) return stem.slice(0, -written.length - 1);
  return `${called}/${stem}` === written ? ".." : null;
}

function isModule(folder: string, written: string, renamed: [root: string, called: string] | null): boolean {
  const path =
    renamed && written.startsWith(`${renamed[1]}/`)
      ? join(renamed[0], written.slice(renamed[1].length + 1))
      : join(folder, written);
  return existsSync(`${path}.py`) || existsSync(join(path, "__main__.py"));
}
