import { cp, mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { TqError } from "../../errors.js";

export interface NewExerciseOptions {
  /** Absolute folder of a clone of tq. */
  clone: string;
  /** Absolute folder of tq's own files. */
  assets: string;
  /** Such as dead-letters. */
  slug: string;
}

/**
 * Lays out a small exercise that is complete: `tq dev check` finds nothing amiss with it. Returns its folder, relative to
 * the clone. Throws `TqError` (exit 2) where there is no clone, and for a slug that is none or is taken.
 */
export async function newExercise({ clone, assets, slug }: NewExerciseOptions): Promise<string> {
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(slug))
    throw refusal(`"${slug}" is no name for an exercise`, "Small letters, digits and hyphens: dead-letters");
  if (!existsSync(join(clone, "exercises")) || !existsSync(join(clone, "src", "course")))
    throw refusal("this folder is no clone of tq", "Run it in the folder that holds exercises/ and src/.");
  const folders = await readdir(join(clone, "exercises"));
  const taken = folders.find((folder) => folder.replace(/^\d+-/, "") === slug);
  if (taken !== undefined)
    throw refusal(`there is an exercise of that name: exercises/${taken}`, "Take another name.");
  const number = Math.max(0, ...folders.map((folder) => Number.parseInt(folder, 10) || 0)) + 1;
  const folder = join("exercises", `${String(number).padStart(2, "0")}-${slug}`);
  const target = join(clone, folder);
  await mkdir(target);
  await cp(join(assets, "template"), target, { recursive: true });
  for (const entry of await readdir(target, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) await fill(join(entry.parentPath, entry.name), { number, slug });
  }
  return folder;
}

/** Puts number, slug and title into a file of the template. */
async function fill(path: string, { number, slug }: { number: number; slug: string }): Promise<void> {
  const words = slug.replaceAll("-", " ");
  const values: Record<string, string> = {
    number: String(number),
    slug,
    title: words.charAt(0).toUpperCase() + words.slice(1),
  };
  const text = await readFile(path, "utf8");
  await writeFile(
    path,
    text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? ""),
  );
  if (path.endsWith(".template")) await rename(path, path.slice(0, -".template".length));
}

function refusal(message: string, hint: string): TqError {
  return new TqError(message, { code: "new-exercise", exitCode: 2, hint });
}
