import { dirname, join, sep } from "node:path";
import { readImageFiles } from "./image-files.js";
import { type ComposeProject, composeFileIn, type Environment, readProjectAt } from "./project.js";

/**
 * The Compose project of the student's code: beside it, in a folder docker, or one level above, where it has to do
 * with the code. Null where there is none. Does not throw.
 */
export function findComposeProject(root: string, env: Environment = {}): ComposeProject | null {
  for (const folder of [root, join(root, "docker"), join(root, "deploy")]) {
    const path = composeFileIn(folder);
    if (path !== undefined) return readProjectAt(path, root, env);
  }
  const above = dirname(root);
  for (const folder of [above, join(above, "docker")]) {
    const path = composeFileIn(folder);
    if (path === undefined) continue;
    const project = readProjectAt(path, root, env);
    if (usesCode(project, root)) return project;
  }
  return null;
}

/** It builds with the student's folder, or shows it to a container; or it is a Redis with images that are built elsewhere. */
function usesCode({ services, folder }: ComposeProject, root: string): boolean {
  const isIn = (path: string): boolean => path === root || path.startsWith(`${root}${sep}`);
  const others = services.filter(({ isRedis }) => !isRedis);
  const isMadeElsewhere =
    others.length > 1 && others.length < services.length && others.every(({ build }) => !build);
  if (isMadeElsewhere && folder === dirname(root)) return true;
  return services.some(
    (service) =>
      (service.build !== null && isIn(service.build.context)) ||
      service.mounts.some(({ isBind, source }) => isBind && isIn(source)) ||
      [...readImageFiles(service).files.values()].some(isIn),
  );
}
