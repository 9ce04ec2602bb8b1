import { constants, type Dirent } from "node:fs";
import { open, readdir } from "node:fs/promises";
import { join } from "node:path";

/** A file that could hold manifests. */
export interface ManifestFile {
  /** Relative to the student's folder, with /. */
  path: string;
  text: string;
  /** Why it cannot be read; null where it can. */
  unreadable: string | null;
}

/** Bytes: no student writes a longer manifest. */
const LARGEST = 512 * 1024;

/** So many files, and folders below each other, are looked at. */
const MOST = { files: 300, depth: 4 };

const LEFT_OUT = /^(\..*|__pycache__|venv|env|virtualenv|site-packages|node_modules|data|dist|build)$/;
/** What kubectl takes of a folder; it goes by small and capital letters. */
const NAME = /\.(ya?ml|json)$/;
const OTHER_LETTERS = /\.(ya?ml|json)$/i;

/** All files below a folder that could hold manifests, by path; links to folders are not followed. */
export async function readManifestFiles(folder: string): Promise<ManifestFile[]> {
  const paths: string[] = [];
  const visit = async (relative: string, depth: number): Promise<void> => {
    const entries: Dirent[] = await readdir(join(folder, relative), { withFileTypes: true }).catch(() => []);
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = relative === "" ? entry.name : `${relative}/${entry.name}`;
      if (paths.length >= MOST.files) return;
      if (entry.isDirectory()) {
        if (depth < MOST.depth && !LEFT_OUT.test(entry.name)) await visit(path, depth + 1);
      } else if (OTHER_LETTERS.test(entry.name) && !entry.name.startsWith(".")) paths.push(path);
    }
  };
  await visit("", 0);
  const files = await Promise.all(paths.map((path) => readOne(folder, path)));
  return files.filter((file) => file !== null);
}

/** Null where it is no file, or cannot be opened. */
async function readOne(folder: string, path: string): Promise<ManifestFile | null> {
  const unreadable = (why: string): ManifestFile => ({ path, text: "", unreadable: why });
  if (!NAME.test(path)) return unreadable("kubectl takes only .yaml, .yml and .json, in small letters");
  try {
    // Opening a pipe for reading alone waits for a writer.
    await using file = await open(join(folder, path), constants.O_RDONLY | constants.O_NONBLOCK);
    const facts = await file.stat();
    if (!facts.isFile()) return null;
    if (facts.size > LARGEST) return unreadable(`it is larger than ${LARGEST / 1024} KB`);
    const text = new TextDecoder("utf-8", { fatal: true }).decode(await file.readFile());
    return { path, text: text.replace(/\r\n?/g, "\n"), unreadable: null };
  } catch (error) {
    return error instanceof TypeError ? unreadable("it is not saved as UTF-8") : null;
  }
}
