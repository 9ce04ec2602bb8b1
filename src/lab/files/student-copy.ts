import { access, constants, cp, lstat, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { makeTemporaryFolder } from "./temporary-folder.js";

/** What is no part of a student's work: environments, histories, and what a Redis of theirs has saved. */
const LEFT_OUT = new Set([".git", ".venv", "venv", "env", "node_modules", "__pycache__", "appendonlydir"]);
const SAVED = /\.(?:rdb|aof)$/;

/** Bytes: a larger file is no code, and no data that an exercise loads. */
const LARGEST = 32 * 1024 * 1024;

/** A copy of the student's folder, of the same name, in which their code runs; the folder itself is not touched. */
export async function copyFolder(folder: string): Promise<AsyncDisposable & { folder: string }> {
  const place = makeTemporaryFolder("copy");
  const copy = join(place, basename(folder) || "work");
  await cp(folder, copy, {
    recursive: true,
    filter: async (path) => path === folder || (!isLeftOut(basename(path)) && (await canBeCopied(path))),
  });
  return { folder: copy, [Symbol.asyncDispose]: () => rm(place, { recursive: true, force: true }) };
}

function isLeftOut(name: string): boolean {
  return LEFT_OUT.has(name) || SAVED.test(name);
}

/** A link stays a link, to wherever it leads: it can be read, and not be written through. */
async function canBeCopied(path: string): Promise<boolean> {
  try {
    const facts = await lstat(path);
    if (facts.isSymbolicLink()) return true;
    await access(path, facts.isDirectory() ? constants.R_OK | constants.X_OK : constants.R_OK);
    return facts.isDirectory() || (facts.isFile() && facts.size <= LARGEST);
  } catch {
    return false; // it is gone, or not ours to read
  }
}
