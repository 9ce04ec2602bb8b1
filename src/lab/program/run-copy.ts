import { join } from "node:path";
import { copyFolder } from "../files/student-copy.js";
import { findPython } from "../python/find-python.js";
import { type PythonContainer } from "../python/python-container.js";
import { type Sandbox } from "./program.js";

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
  /** `--allow-network`. */
  allowNetwork: boolean;
}

/**
 * Gives `use` a copy of the student's folder, and a Python that has the packages; the copy is gone when it is done.
 * Throws `TqError` (exit 3) where no Python has them.
 */
export async function runCopy<T>(
  { folder, assets, home, env, python: wanted, container, allowNetwork }: StudentFiles,
  packages: readonly string[],
  use: (sandbox: Sandbox) => Promise<T>,
): Promise<T> {
  const { start } = await findPython({ wanted, env, folder, home, container, packages });
  await using copy = await copyFolder(folder);
  return await use({
    python: start,
    folder: copy.folder,
    runtime: join(assets, "python"),
    env,
    allowNetwork,
  });
}
