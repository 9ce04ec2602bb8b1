import { join } from "node:path";
import { findPython } from "../../lab/python/find-python.js";
import { type ImportRun, runImports } from "./import-run.js";
import { copyFolder } from "../../lab/files/student-copy.js";
import { type Project } from "./project.js";
import { once } from "../../lab/once.js";
import { type StudentFiles } from "../../lab/python/student-files.js";

/** The student's Python files, read without running them, and imported each by itself. */
export interface CodeProbe {
  project: () => Promise<Project>;
  /** Throws `TqError` (exit 3) where no Python has the packages that they import. */
  imports: () => Promise<ImportRun>;
}

export function createCodeProbe(options: StudentFiles): CodeProbe {
  const { folder, assets, home, env, python: wanted, container, signal } = options;
  const project = once(() => read(folder));
  const imports = async (): Promise<ImportRun> => {
    const { modules, packages, root } = await project();
    const { start } = await findPython({ wanted, env, folder, home, container, packages });
    await using copy = await copyFolder(folder);
    return await runImports({
      ...{
        python: start,
        folder: copy.folder,
        root: join(copy.folder, root),
        runtime: join(assets, "python"),
        env,
        signal,
      },
      ...{ modules: modules.map(({ name }) => name), packages },
    });
  };
  return { project, imports: once(imports) };
}

/** The parser and the linter of Python are loaded only where there is something to read. */
async function read(folder: string): Promise<Project> {
  const { readProject } = await import("./project.js");
  return await readProject(folder);
}
