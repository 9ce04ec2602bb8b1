import { execa } from "execa";
import { type NeededEdition } from "./edition.js";
import { packageOf } from "./known-packages.js";
import { type PythonContainer } from "./python-container.js";
import { type WantedPackages } from "./wanted-packages.js";
import QUESTION from "./programs/what_it_lacks.py";

export interface PythonSearch {
  /** `--python`: a path, a command, or `container`. */
  wanted: string | undefined;
  env: Readonly<Record<string, string | undefined>>;
  /** Absolute folder of the student's files. */
  folder: string;
  /** tq's folder of progress and state. */
  home: string;
  /** Packages that it must have, such as hotqueue. */
  packages: readonly string[];
  /** What is taken where no Python of this machine has them. */
  container?: PythonContainer | undefined;
  /** The oldest Python that knows the syntax of the files. */
  needs?: NeededEdition | null | undefined;
  /** The edition that tq.yaml asks for, and no other. */
  edition?: string | undefined;
  /** What the student's files say of their packages: they are installed where no Python has these editions. */
  project?: WantedPackages | undefined;
  /** Told what takes its time. */
  report?: ((line: string) => void) | undefined;
}

export interface Answer {
  executable: string;
  version: string;
  missing: string[];
  /** What the project asks for in another edition than it has. */
  unmet: string[];
  means: Means;
}

/** How packages can be had for a Python. */
export interface Means {
  /** pip is there, and may install into it. */
  pip: boolean;
  /** It can make an environment of its own, with pip. */
  venv: boolean;
}

/** Milliseconds that a Python has for answering. */
const PATIENCE = 10_000;

/** What a Python has of all that; null where it is none that runs. */
export async function askPython(
  path: string,
  { env, packages, project }: PythonSearch,
): Promise<Answer | null> {
  const names = packages.map((one) => (packageOf(one) ?? one).toLowerCase().replace(/[-_.]+/g, "-"));
  const asked = JSON.stringify({ packages, names, specs: project?.specs ?? [] });
  const result = await execa(path, ["-c", QUESTION, asked], {
    env,
    extendEnv: false,
    reject: false,
    timeout: PATIENCE,
    stdin: "ignore",
  });
  if (result.failed) return null;
  try {
    return JSON.parse(result.stdout) as Answer;
  } catch {
    return null; // whatever it is, it is no Python
  }
}
