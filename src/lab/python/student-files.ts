import { type PythonContainer } from "./python-container.js";

/** The student's files, and what they are run with. */
export interface StudentFiles {
  /** Absolute folder of the student's files. */
  folder: string;
  /** Absolute folder of tq's own files. */
  assets: string;
  home: string;
  env: Readonly<Record<string, string | undefined>>;
  /** `--python`. */
  python: string | undefined;
  /** What runs them where no Python of this machine can. */
  container: PythonContainer;
  signal: AbortSignal;
}
