import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { type ComposeProject, composeFileIn, readProjectAt } from "../../../compose/project.js";
import { insideOf } from "./container-files.js";

/** The Compose project of the student's files: in their folder, in docker/ there, or above, where it builds from them. */
export function findComposeNear(root: string): ComposeProject | null {
  for (const folder of [root, join(root, "docker")]) {
    const path = composeFileIn(folder);
    if (path !== undefined) return readProjectAt(path, root);
  }
  const above = dirname(root);
  for (const folder of [above, join(above, "docker")]) {
    const path = existsSync(folder) ? composeFileIn(folder) : undefined;
    const project = path === undefined ? null : readProjectAt(path, root);
    if (project && buildsFrom(project, root)) return project;
  }
  return null;
}

function buildsFrom({ services }: ComposeProject, root: string): boolean {
  return services.some(({ build, mounts, dockerfile }) => {
    if (!build || build.isRemote) return false;
    if (insideOf(root, build.context) !== null) return true;
    const sources = (dockerfile?.copies ?? []).flatMap((copy) =>
      copy.sources.map((one) => join(build.context, one)),
    );
    const seen = [...sources, ...mounts.filter(({ isBind }) => isBind).map(({ source }) => source)];
    return seen.some(
      (path) => insideOf(root, path) !== null || (insideOf(path, root) !== null && path !== dirname(path)),
    );
  });
}
