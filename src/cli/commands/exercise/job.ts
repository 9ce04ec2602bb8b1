import { type LoadedExercise } from "../../../course/catalog.js";
import { type Context } from "../../context.js";
import { type ExerciseOptions } from "./options.js";

/** What a command was asked to do with an exercise. */
export interface Job {
  context: Context;
  options: ExerciseOptions;
  /** Absolute folder of the student's files. */
  folder: string;
  loaded: LoadedExercise;
}
