import { join } from "node:path";
import { once } from "../../lab/once.js";
import { runCopy } from "../../lab/program/run-copy.js";
import { type Lab, type Subject } from "../subject.js";
import { type ImportRun, runImports } from "./import-run.js";
import { type Project, readProject } from "./project.js";

export { type ImportOutcome, type ImportRun } from "./import-run.js";
export { type Client, type Definition, type Module, type Project } from "./project.js";
export { type Edition, editionOf } from "./edition.js";
export { showStatus, stageOfStatus, type Stage } from "./status-stages.js";
export { readContainers } from "./containers/index.js";
export { placeOfKept } from "./kept-between.js";
export { placeOfReturn, placeOfStatus, placeOfText } from "./status-place.js";

/** The student's Python files, read without running them, and imported each by itself. */
export interface CodeProbe {
  project: () => Promise<Project>;
  /** Throws `TqError` (exit 3) where no Python has the packages that they import. */
  imports: () => Promise<ImportRun>;
}

export const subject: Subject<CodeProbe> = {
  fromFiles: true,
  open: (lab) => ({ probe: () => createCodeProbe(lab) }),
};

function createCodeProbe(lab: Lab): CodeProbe {
  const project = once(() => readProject(lab.folder));
  const imports = once(async () => {
    const { modules, packages, root, needs } = await project();
    return await runCopy(
      lab,
      packages,
      (sandbox) =>
        runImports({
          sandbox,
          root: join(sandbox.folder, root),
          modules: modules.map(({ name }) => name),
          packages,
          signal: lab.signal,
        }),
      needs,
    );
  });
  return { project, imports };
}
