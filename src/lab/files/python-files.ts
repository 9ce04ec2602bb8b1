import { constants, type Dirent } from "node:fs";
import { open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { decodeSource } from "./source-encoding.js";

/** A Python file of a student's. */
export interface PythonFile {
  /** Relative to the student's folder, with /. */
  path: string;
  text: string;
  /** Why it is no Python that can be read: binary, not UTF-8, too large. */
  unreadable: string | null;
  /** The line, from 1, of which that is true; undefined of the whole file. */
  line?: number;
}

/** Bytes: no student writes a longer file; what is longer is data. */
const LARGEST = 512 * 1024;

/** So many files, and folders below each other, are looked at: enough for any homework. */
const MOST = { files: 300, depth: 4 };

const LEFT_OUT = /^(\..*|__pycache__|venv|env|virtualenv|site-packages|node_modules|data|tests?|dist|build)$/;

/** The paths of all Python files below a folder, sorted; links to folders are not followed. */
export async function listPythonFiles(folder: string): Promise<string[]> {
  const found: string[] = [];
  const visit = async (relative: string, depth: number): Promise<void> => {
    const entries: Dirent[] = await readdir(join(folder, relative), { withFileTypes: true }).catch(() => []);
    const isEnvironment = entries.some(({ name }) => name === "pyvenv.cfg");
    if (isEnvironment) return;
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = relative === "" ? entry.name : `${relative}/${entry.name}`;
      if (found.length >= MOST.files) return;
      if (entry.isDirectory() && depth < MOST.depth && !LEFT_OUT.test(entry.name))
        await visit(path, depth + 1);
      else if (!entry.isDirectory() && entry.name.endsWith(".py")) found.push(path);
    }
  };
  await visit("", 0);
  return found;
}

/** Null where it is no file, or cannot be opened. */
export async function readPythonFile(folder: string, path: string): Promise<PythonFile | null> {
  const bytes = await readBytes(join(folder, path));
  if (bytes === null) return null;
  const unreadable = (why: string): PythonFile => ({ path, text: "", unreadable: why });
  if (bytes === "too large") return unreadable(`it is larger than ${LARGEST / 1024} KB`);
  if (bytes.includes(0)) return unreadable("it is no text: it holds zero bytes");
  const decoded = decodeSource(bytes);
  if (decoded.text === null) return { ...unreadable(decoded.why), line: decoded.line };
  const text = decoded.text.replace(/\r\n?/g, "\n");
  return isTooDeep(text)
    ? unreadable(`more than ${DEEPEST} brackets are open at once`)
    : { path, text, unreadable: null };
}

/** CPython's own limit (MAXLEVEL of its tokenizer); parsers run out of stack somewhere beyond it. */
const DEEPEST = 200;

function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if ("([{".includes(character)) depth += 1;
    else if (")]}".includes(character)) depth = Math.max(0, depth - 1);
    if (depth > DEEPEST) return true;
  }
  return false;
}

/** Never more than the largest file, and only of what is a file: a pipe would be waited on for ever. */
async function readBytes(path: string): Promise<Buffer | "too large" | null> {
  try {
    // Opening a pipe for reading alone waits for a writer.
    await using file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const facts = await file.stat();
    if (!facts.isFile()) return null;
    if (facts.size > LARGEST) return "too large";
    return await file.readFile();
  } catch {
    return null;
  }
}
