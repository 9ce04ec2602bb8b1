import { rmSync } from "node:fs";
import { isAbsolute, join, relative } from "node:path";
import { makeTemporaryFolder } from "../files/temporary-folder.js";
import { copyFolder } from "../files/student-copy.js";
import { type NeededEdition } from "../python/edition.js";
import { readWantedPackages, type WantedPackages } from "../python/wanted-packages.js";
import { findPython } from "../python/find-python.js";
import { type PythonContainer } from "../python/python-container.js";
import { type SystemFile } from "../system-file/system-file.js";
import { type Sandbox } from "./program.js";
import { keepRecorded } from "./recorded.js";

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
  /** `--record`: what comes from the network is kept beside the student's files. */
  record?: boolean;
  /** Told what takes its time, and what was kept. */
  report?: (line: string) => void;
  /** What the tq.yaml says; null where there is none. */
  system?: () => SystemFile | null;
}

/**
 * Gives `use` a copy of the student's folder, and a Python that has the packages; the copy is gone when it is done.
 * Throws `TqError` (exit 3) where no Python has them, or where none knows the syntax that the files need.
 */
export async function runCopy<T>(
  files: StudentFiles,
  packages: readonly string[],
  use: (sandbox: Sandbox) => Promise<T>,
  needs: NeededEdition | null = null,
): Promise<T> {
  const {
    folder,
    assets,
    home,
    env,
    python: wanted,
    container,
    allowNetwork,
    report = () => undefined,
  } = files;
  const told = files.system?.();
  const isEdition = /^\d+(?:\.\d+)*$/.test(told?.python ?? "");
  const { start } = await findPython({
    wanted: wanted ?? (isEdition ? undefined : told?.python),
    edition: isEdition && wanted === undefined ? told?.python : undefined,
    needs,
    project: withEdition(
      readWantedPackages(folder, told?.requirements),
      isEdition ? told?.python : undefined,
    ),
    env,
    folder,
    home,
    container,
    packages,
    report,
  });
  await using copy = await copyFolder(folder);
  const record = files.record ? makeTemporaryFolder("run") : undefined;
  try {
    return await use({
      python: start,
      folder: copy.folder,
      runtime: join(assets, "python"),
      env,
      allowNetwork,
      web: (told?.web ?? []).map((answer) => ({ ...answer, file: inCopy(answer.file, folder, copy.folder) })),
      record,
    });
  } finally {
    if (record !== undefined) {
      keepRecorded(record, folder, report);
      rmSync(record, { recursive: true, force: true });
    }
  }
}

function withEdition(wanted: WantedPackages, edition: string | undefined): WantedPackages {
  return edition === undefined ? wanted : { ...wanted, python: edition };
}

/** A container sees the copy alone. */
function inCopy(file: string, folder: string, copy: string): string {
  const inside = relative(folder, file);
  return inside.startsWith("..") || isAbsolute(inside) ? file : join(copy, inside);
}
