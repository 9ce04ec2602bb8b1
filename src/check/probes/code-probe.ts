import { type Project } from "../source/project.js";
import { once } from "./once.js";

/** The student's Python files, read without running them. */
export interface CodeProbe {
  project: () => Promise<Project>;
}

export function createCodeProbe({ folder }: { folder: string }): CodeProbe {
  return { project: once(() => read(folder)) };
}

/** The parser and the linter of Python are loaded only where there is something to read. */
async function read(folder: string): Promise<Project> {
  const { readProject } = await import("../source/project.js");
  return await readProject(folder);
}
