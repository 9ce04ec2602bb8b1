import { type Project, readProject } from "../source/project.js";
import { once } from "./once.js";

/** The student's Python files, read without running them. */
export interface CodeProbe {
  project: () => Promise<Project>;
}

export function createCodeProbe({ folder }: { folder: string }): CodeProbe {
  return { project: once(() => readProject(folder)) };
}
