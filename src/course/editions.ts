import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { TqError } from "../errors.js";
import { listPythonFiles, readPythonFile } from "../lab/files/python-files.js";
import { type LoadedExercise } from "./catalog.js";
import { damaged } from "./damaged.js";

/** The editions that an exercise has beside its own form. */
function listEditions({ exercise }: LoadedExercise): string[] {
  return Object.keys(exercise.editions ?? {});
}

/** The exercise in its own form, and in each of its editions. */
export async function allEditions(loaded: LoadedExercise): Promise<LoadedExercise[]> {
  return [loaded, ...(await Promise.all(listEditions(loaded).map((name) => inEdition(loaded, name))))];
}

/** What only the files of an edition have: its jobs are a model, or its statuses an Enum. */
const MARKS: Readonly<Record<string, RegExp>> = {
  "2026":
    /^class\s+\w*Job\w*\((?:\w+\.)?(?:BaseModel|(?:str,\s*|int,\s*)?(?:\w+\.)?\w*Enum)\):\s*\n(?:.*\n){0,12}?\s+(?:jid|job_id|QUEUED|RUNNING)\b/m,
};

/** The exercise as the edition that was asked for has it, else the one that the student's files follow. */
export async function chooseEdition(
  loaded: LoadedExercise,
  { wanted, folder }: { wanted: string | undefined; folder: string },
): Promise<LoadedExercise> {
  const editions = listEditions(loaded);
  if (wanted === CLASSIC) return loaded;
  if (wanted !== undefined && !editions.includes(wanted)) {
    throw new TqError(`exercise ${loaded.exercise.number} has no edition "${wanted}"`, {
      code: "no-edition",
      exitCode: 2,
      hint:
        editions.length > 0
          ? `There are: ${[CLASSIC, ...editions].join(", ")}`
          : "There is but one: leave --edition out.",
    });
  }
  const edition = wanted ?? (editions.length > 0 ? await findEdition(editions, folder) : undefined);
  return edition === undefined ? loaded : inEdition(loaded, edition);
}

/** The form of the exercise's own files. */
const CLASSIC = "classic";

async function findEdition(editions: readonly string[], folder: string): Promise<string | undefined> {
  const paths = [...(await listPythonFiles(folder)), "fragments.txt"];
  const files = await Promise.all(paths.map((path) => readPythonFile(folder, path)));
  return editions.find((name) => files.some((file) => file && MARKS[name]?.test(file.text)));
}

/** With the edition's words, lesson and files in place of the exercise's own. */
async function inEdition(loaded: LoadedExercise, name: string): Promise<LoadedExercise> {
  const { exercise } = loaded;
  const words = exercise.editions?.[name];
  if (!words) throw new Error(`there is no edition ${name} of exercise ${exercise.number}`);
  const folder = join(loaded.folder, "editions", name);
  const steps = exercise.steps.map((step) => ({ ...step, task: words.tasks[step.id] ?? step.task }));
  try {
    const lesson = await readFile(join(folder, "lesson.md"), "utf8");
    return { edition: name, folder, lesson, exercise: { ...exercise, steps, hints: words.hints } };
  } catch (error) {
    throw damaged(folder, (error as Error).message, error);
  }
}
