/** The options of `tq exercise`; a flag that was not given is absent. */
export interface ExerciseOptions {
  check?: true;
  step?: string;
  format: "text" | "json";
  seed?: string;
  python?: string;
  allowNetwork?: true;
  record?: true;
  keep?: true;
  slow?: true;
  yes?: true;
  /** Without a slash at its end. */
  url?: string;
  /** Any JSON value. */
  job?: unknown;
  /** A path. */
  system?: string;
  /** Which starter or solution, where there are several. */
  variant?: string;
  /** Which edition of the course; else the one that the files follow. */
  edition?: string;
  describe?: true;
  watch?: true;
  /** True, or the folder. */
  start?: true | string;
  lesson?: true;
  hint?: true;
  solution?: true;
  reset?: true;
  undo?: true;
  restart?: true;
  export?: true;
}
