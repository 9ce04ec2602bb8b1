/** A line of a student's file. */
export interface SourceLine {
  /** Relative to the student's folder, with / between its parts. */
  file: string;
  /** From 1. */
  line: number;
  /** The line itself, without the space around it. */
  text: string;
}

/** Something in a student's files that a teacher would point at; each reader of files has kinds of its own. */
export interface Finding<Kind extends string = string> extends SourceLine {
  kind: Kind;
  /** What is wrong. */
  says: string;
  /** What to do. */
  next: string;
  /** It cannot work, as against: it works and could be better. */
  breaks: boolean;
}
