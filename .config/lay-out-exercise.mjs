import { cp, mkdir, readFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { basename, join, resolve, sep } from "node:path";
import { parse } from "yaml";

/** What is not laid out as it stands: it is bundled, or says or holds what is copied elsewhere. */
const NOT_LAID_OUT = /\.ts$|[/\\](?:copies\.yaml|common)$/;

/**
 * Lays out an exercise's files in `target`. A file that belongs into several folders stands once, and `copies.yaml`
 * names those folders: `common/worker.py: [starter, solution/flask]`. Throws where a copy would replace a file, or where
 * anything lies outside its place.
 */
export async function layOutExercise(folder, target, root) {
  await cp(folder, target, { recursive: true, filter: (path) => !NOT_LAID_OUT.test(path) });
  for (const [source, places] of Object.entries(await readCopies(folder))) {
    const from = inside(root, resolve(folder, source));
    for (const place of places) {
      const to = join(inside(target, resolve(target, place)), basename(source));
      if (existsSync(to))
        throw new Error(`${folder}/copies.yaml: ${place} has a ${basename(source)} of its own`);
      await mkdir(resolve(target, place), { recursive: true });
      await cp(from, to);
    }
  }
}

/** By file, relative to the exercise's folder: the folders that get a copy. */
async function readCopies(folder) {
  const path = join(folder, "copies.yaml");
  if (!existsSync(path)) return {};
  const copies = parse(await readFile(path, "utf8"));
  const isRight = Object.values(copies ?? []).every(
    (places) => Array.isArray(places) && places.every((place) => typeof place === "string"),
  );
  if (!isRight) throw new Error(`${path}: after each file stands the list of the folders that get a copy`);
  return copies;
}

function inside(folder, path) {
  if (!path.startsWith(resolve(folder) + sep)) throw new Error(`${path} is not inside ${folder}`);
  return path;
}
