import { type LoadedExercise } from "../../../course/catalog.js";
import { type Context } from "../../context.js";
import { type ExerciseOptions } from "./options.js";

/** What a command was asked to do with an exercise. */
export interface Job {
  context: Context;
  options: ExerciseOptions;
  /** Absolute folder of the student's files. */
  folder: string;
  /** That folder as a person would name it; "" where it is here. */
  shownFolder: string;
  /** `tq exercise`, with the exercise and the folder. */
  command: string;
  loaded: LoadedExercise;
}
