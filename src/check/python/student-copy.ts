import { cp, mkdtemp, realpath, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

/** What is no part of a student's work, or too large to copy. */
const LEFT_OUT = new Set([".git", ".venv", "venv", "env", "node_modules", "__pycache__", "data", ".tq"]);

/** Bytes: larger files are data, not code. */
const LARGEST = 1024 * 1024;

/** A copy of the student's folder, in which their code runs; the folder itself is not touched. */
export async function copyFolder(folder: string): Promise<AsyncDisposable & { folder: string }> {
  const copy = await realpath(await mkdtemp(join(tmpdir(), "tq-copy-")));
  await cp(folder, copy, {
    recursive: true,
    filter: async (path) => {
      if (path === folder) return true;
      if (LEFT_OUT.has(basename(path))) return false;
      const facts = await stat(path).catch(() => null);
      return facts !== null && (facts.isDirectory() || (facts.isFile() && facts.size <= LARGEST));
    },
  });
  return { folder: copy, [Symbol.asyncDispose]: () => rm(copy, { recursive: true, force: true }) };
}
