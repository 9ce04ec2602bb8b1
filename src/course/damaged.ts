import { TqError } from "../errors.js";

/** A file of an exercise is not as tq was built with it. */
export function damaged(path: string, why: string, cause?: unknown): TqError {
  return new TqError(`a file of the exercises cannot be used: ${path}`, {
    code: "exercises-damaged",
    exitCode: 3,
    hint: `${why}\nIt is part of tq: install tq again, or mend it if you are its author.`,
    cause,
  });
}
