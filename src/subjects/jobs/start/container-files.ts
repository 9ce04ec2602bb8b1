import { existsSync, statSync } from "node:fs";
import { basename, isAbsolute, join, posix, relative, sep } from "node:path";
import { type Dockerfile } from "../../../compose/dockerfile.js";
import { type Service } from "../../../compose/service.js";

/** A path of a container's, and what it is in the student's folder: relative to it, with /. */
export interface FilePlace {
  from: string;
  to: string;
  /** Several containers see it. */
  isShared: boolean;
}

/** What a container of a student's is made of. */
export interface ContainerFacts {
  /** Its working folder; "" where only the image knows. */
  folder: string;
  places: readonly FilePlace[];
}

/** Where what several containers share is kept in the copy, if it is no folder of the student's. */
const VOLUMES = ".tq-volumes";

/** `context` is the absolute folder from which the image is built. */
export function filesOfImage(dockerfile: Dockerfile, context: string, root: string): FilePlace[] {
  return dockerfile.copies
    .filter(({ from }) => from === null)
    .flatMap(({ sources, to }) =>
      sources.flatMap((source): FilePlace[] => {
        const path = join(context, source);
        const inside = insideOf(root, path);
        if (inside === null || /[*?[]/.test(source)) return [];
        const facts = statSync(path, { throwIfNoEntry: false });
        if (!facts) return [];
        const target =
          facts.isDirectory() || !to.endsWith("/") ? trimmed(to) : posix.join(to, basename(source));
        return [{ from: target, to: inside, isShared: false }];
      }),
    );
}

export function filesOfService({ dockerfile, build, folder, mounts }: Service, root: string): ContainerFacts {
  const copied = dockerfile && build ? filesOfImage(dockerfile, build.context, root) : [];
  const mounted = mounts.flatMap(({ source, target, isBind }): FilePlace[] => {
    const inside = isBind && existsSync(source) ? insideOf(root, source) : null;
    const to =
      inside ??
      posix.join(VOLUMES, (isBind ? basename(source) : source).replace(/[^\w.-]/g, "_") || "volume");
    return [{ from: trimmed(target), to, isShared: true }];
  });
  return { folder, places: inOrder([...copied, ...mounted]) };
}

/** What comes later lies over what came before; the longest path is looked at first. */
function inOrder(places: readonly FilePlace[]): FilePlace[] {
  const last = new Map(places.map((place) => [place.from, place]));
  return [...last.values()].sort((a, b) => b.from.length - a.from.length);
}

/** The student's file or folder at a path of the container's: relative to their folder; null where it is none of theirs. */
export function hostPath(path: string, { places }: ContainerFacts, root: string): string | null {
  for (const { from, to } of places) {
    if (path !== from && !path.startsWith(from === "/" ? "/" : `${from}/`)) continue;
    const found = posix.join(to, path.slice(from.length));
    if (existsSync(join(root, found))) return found === "." ? "" : found;
  }
  return null;
}

/** Relative to the folder, with /; null where it is not in it. */
export function insideOf(folder: string, path: string): string | null {
  const inside = relative(folder, path);
  return isAbsolute(inside) || inside.split(sep)[0] === ".." ? null : inside.split(sep).join("/");
}

function trimmed(path: string): string {
  return path === "/" ? path : path.replace(/\/+$/, "");
}
