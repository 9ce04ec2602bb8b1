import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TqError } from "../errors.js";
import { isCount, isFlag, isText, listOf, objectOf, orAbsent, orNull, recordOf } from "../json-shape.js";

/** A step that was seen to be done. */
interface Seen {
  /** ISO 8601. */
  at: string;
  /** The evidence, as text. */
  observed: string;
  /** Absolute folder of the files with which it was seen. */
  folder?: string | undefined;
}

/** How far a student is with one exercise. */
export interface ExerciseProgress {
  /** By step. */
  passed: Record<string, Seen>;
  /** By step: how many of its hints were shown. */
  hints: Record<string, number>;
  /** Steps that the student left out. */
  skipped: string[];
  /** The solution was looked at. */
  viewed: boolean;
  /** Steps of which it was looked at alone. */
  viewedSteps: string[];
  /** The step at which the walk-through goes on. */
  at: string | null;
  /** Absolute folder of the files with which it was last walked through. */
  folder: string | null;
  /** Questions that were answered right, by the step before which they are asked. */
  answered: string[];
  /** ISO 8601: when it was begun anew; what happened before is not looked at. Null where it never was. */
  since: string | null;
}

/** Kept as `<home>/progress.json`. */
interface ProgressFile {
  version: 1;
  /** By slug. */
  exercises: Record<string, ExerciseProgress>;
}

/** An older tq has written fewer fields. */
const isProgress = objectOf({
  passed: orAbsent(recordOf(objectOf({ at: isText, observed: isText, folder: orAbsent(isText) }))),
  hints: orAbsent(recordOf(isCount)),
  skipped: orAbsent(listOf(isText)),
  viewed: orAbsent(isFlag),
  viewedSteps: orAbsent(listOf(isText)),
  at: orAbsent(orNull(isText)),
  folder: orAbsent(orNull(isText)),
  answered: orAbsent(listOf(isText)),
  since: orAbsent(orNull(isText)),
});

const isProgressFile = objectOf({ version: (value) => value === 1, exercises: recordOf(isProgress) });

function emptyProgress(): ExerciseProgress {
  return {
    passed: {},
    hints: {},
    skipped: [],
    viewed: false,
    viewedSteps: [],
    at: null,
    folder: null,
    answered: [],
    since: null,
  };
}

/** Throws `TqError` (exit 3) where the file is damaged or of a later tq; then it is never written either. */
export function readProgress(home: string, slug: string): ExerciseProgress {
  return { ...emptyProgress(), ...readFile(home).exercises[slug] };
}

/**
 * Reads, changes and writes. Written beside the old file and renamed over it: whenever this is interrupted, one of
 * the two is whole.
 */
export function updateProgress(
  home: string,
  slug: string,
  change: (progress: ExerciseProgress) => void,
): void {
  const file = readFile(home);
  const progress = { ...emptyProgress(), ...file.exercises[slug] };
  const before = JSON.stringify(progress);
  change(progress);
  if (JSON.stringify(progress) === before) return;
  file.exercises[slug] = progress;
  const path = progressPath(home);
  const fresh = `${path}.${randomBytes(4).toString("hex")}`;
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    writeFileSync(fresh, `${JSON.stringify(file, null, 2)}\n`);
    renameSync(fresh, path);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw new TqError(`the progress cannot be written: ${(error as Error).message}`, {
      code: "home-not-writable",
      exitCode: 3,
      hint: `Make ${home} writable, or name another folder:  TQ_HOME=/some/folder tq …`,
      cause: error,
    });
  }
}

/** Begins an exercise anew. That its solution was seen stays so, and so does where its files are. */
export function restartProgress(home: string, slug: string): void {
  updateProgress(home, slug, (progress) => {
    const { viewed, viewedSteps, folder } = progress;
    Object.assign(progress, emptyProgress(), {
      viewed,
      viewedSteps,
      folder,
      since: new Date().toISOString(),
    });
  });
}

function progressPath(home: string): string {
  return join(home, "progress.json");
}

function readFile(home: string): ProgressFile {
  const path = progressPath(home);
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) {
      return { version: 1, exercises: {} };
    }
    throw unreadable(path, (error as Error).message, error);
  }
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch (error) {
    throw unreadable(path, (error as Error).message, error);
  }
  if (isProgressFile(file)) return file as ProgressFile;
  throw unreadable(path, "it is not of the form of version 1; a later tq may have written it", undefined);
}

function unreadable(path: string, why: string, cause: unknown): TqError {
  return new TqError(`your progress cannot be read: ${path}`, {
    code: "progress-unreadable",
    exitCode: 3,
    hint: `${why}\nNothing was changed. To begin anew, move that file away.`,
    cause,
  });
}
