import { join } from "node:path";
import { loadExercise } from "../../../src/course/catalog.js";
import { type Exercise } from "../../../src/course/exercise.js";
import { checkOnce } from "../../../src/course/session.js";
import { type CheckResult } from "../../../src/verdict/verdict.js";
import { writeProject } from "../../support/python/python-project.js";
import { python } from "../../support/suite/needs.js";
import { sessionIn } from "../../support/suite/session.js";

const assets = new URL("../../../dist", import.meta.url).pathname;

export async function exerciseOf(number: number): Promise<Exercise> {
  return (await loadExercise(assets, number)).exercise;
}

/** What `tq exercise <n> <folder> --check` says of these files; `within` is the folder of them that is checked. */
export async function checkProgram(
  files: Readonly<Record<string, string>>,
  exercise: Exercise,
  within = "",
): Promise<CheckResult[]> {
  await using project = await writeProject(files);
  const folder = join(project.folder, within);
  return (await checkOnce(sessionIn(folder, { exercise, assets, python: python() }))).checks;
}
