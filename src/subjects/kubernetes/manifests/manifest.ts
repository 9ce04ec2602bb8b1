import { type Fields, type Path } from "../../../text/fields.js";
import { type SourceLine } from "../../../text/finding.js";

export { asFields, asList, asText, type Fields, type Path, valueAt } from "../../../text/fields.js";

/** Where a part of an object is described. */
export interface ManifestLine extends SourceLine {
  /** The command that shows it, where no file has it but the cluster; `line` is 0 then. */
  shownBy?: string;
}

/** One object of a student's, as a file or a cluster describes it. */
export interface Manifest {
  /** Relative to the student's folder, with /; of what runs in a cluster: its kind, name and namespace. */
  file: string;
  apiVersion: string;
  kind: string;
  /** "" where it has none. */
  name: string;
  /** Null where it leaves the choice to whoever applies it. */
  namespace: string | null;
  content: Fields;
  /** The line of what the path leads to, or of the last part of it that is there. */
  at: (path: Path) => ManifestLine;
  /** The value as the file has it without quotes; null where it has quotes, or is none. */
  plain: (path: Path) => string | null;
}

/** The part of the exercise that an object plays; null for what it does not ask for. */
export type Part = "redis" | "debug" | "service" | "claim" | "api" | "worker";

/** Something in a student's manifests that a teacher would point at. */
export interface ManifestFinding extends ManifestLine {
  /** Its name, such as selector-differs. */
  mistake: string;
  /** Whose step tells it; null: that of reading. */
  part: Part | null;
  /** What is wrong. */
  says: string;
  /** What to do. */
  next: string;
}

/** What is said of a fault. */
export type Words = Pick<ManifestFinding, "mistake" | "says" | "next">;

/** A fault of an object by itself, and where it is. */
export type Fault = readonly [Path, Words];

/** Such faults as findings of the step of reading. */
export function findingsOf({ at }: Manifest, faults: readonly Fault[]): ManifestFinding[] {
  return faults.map(([path, words]) => ({ ...at(path), part: null, ...words }));
}

/** A file that is no manifest, and why it was left alone. */
export interface LeftAlone {
  file: string;
  why: string;
}

/** A place, as a sentence has it. */
export function showPlace({ file, line, shownBy }: Omit<ManifestLine, "text">): string {
  return shownBy === undefined ? `${file}, line ${line}` : file;
}

/** The same without these fields. */
export function without(fields: Fields, ...names: string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}

/** Shows a value and all that is in it, each with where it stands. */
export function visitValues(value: unknown, path: Path, see: (value: unknown, path: Path) => void): void {
  see(value, path);
  if (Array.isArray(value)) {
    value.forEach((one, n) => {
      visitValues(one, [...path, n], see);
    });
  } else if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) visitValues(inner, [...path, key], see);
  }
}
