import { TqError } from "../../errors.js";
import { missingExtra } from "./missing-extras.js";
import { type Traceback } from "./traceback.js";

/** Throws `TqError` (exit 3) where an exception says that the environment lacks a part of a package: no line of the student's is at fault. */
export function refuseLack(traceback: Traceback | null): void {
  const extra = traceback && missingExtra(traceback.error);
  if (extra === null) return;
  throw new TqError(`this Python lacks ${extra}: ${traceback?.error ?? ""}`, {
    code: "python-packages",
    exitCode: 3,
    hint: `pip install "${extra}"   in the Python that runs your files, and write it into requirements.txt`,
  });
}
