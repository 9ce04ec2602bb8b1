import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { TqError } from "../errors.js";
import { type Need } from "./machine/need.js";
import { isCount, isText, listOf, objectOf, textLike } from "../json-shape.js";
import { damaged } from "./damaged.js";
import { type Exercise } from "./exercise.js";

export { findLacks } from "./machine/quick-look.js";

/** An exercise as the list shows it; the build gathers these, so that the list loads no exercise. */
export interface CatalogEntry {
  /** Name of its folder, such as 01-producer-and-consumer. */
  folder: string;
  number: number;
  slug: string;
  title: string;
  summary: string;
  needs: Need[];
  /** The ids of its steps. */
  steps: string[];
}

/** An exercise with its files. */
export interface LoadedExercise {
  exercise: Exercise;
  /** Markdown. */
  lesson: string;
  /** Absolute folder with lesson, starter, solution and wrong answers. */
  folder: string;
  /** The edition whose words and files these are; absent for the exercise's own. */
  edition?: string;
}

const isCatalog = listOf(
  objectOf({
    folder: textLike(/^[\w-]+$/),
    number: isCount,
    slug: textLike(/^[\w-]+$/),
    title: isText,
    summary: isText,
    needs: listOf(isText),
    steps: listOf(isText),
  }),
);

/**
 * `assets` is the folder of tq's own files, where the build has put the exercises. Throws `TqError` (exit 3) where they
 * are not there or damaged.
 */
export function listExercises(assets: string): CatalogEntry[] {
  const path = join(assets, "exercises", "catalog.json");
  let catalog: unknown;
  try {
    catalog = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw damaged(path, (error as Error).message, error);
  }
  if (isCatalog(catalog)) return catalog as CatalogEntry[];
  throw damaged(path, "it does not have the fields of this version");
}

/** Throws `TqError`: exit 2 where there is no exercise of this number, 3 where its files are damaged. */
export async function loadExercise(assets: string, number: number): Promise<LoadedExercise> {
  const entries = listExercises(assets);
  const entry = entries.find((one) => one.number === number);
  if (!entry) {
    throw new TqError(`there is no exercise ${number}`, {
      code: "no-exercise",
      exitCode: 2,
      hint: `There are: ${entries.map((one) => one.number).join(", ")}. See:  tq exercise`,
    });
  }
  const folder = join(assets, "exercises", entry.folder);
  try {
    const { exercise } = (await import(pathToFileURL(join(folder, "exercise.js")).href)) as {
      exercise: Exercise;
    };
    return { exercise, lesson: await readFile(join(folder, "lesson.md"), "utf8"), folder };
  } catch (error) {
    throw damaged(folder, (error as Error).message, error);
  }
}
