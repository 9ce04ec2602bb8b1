import { randomBytes } from "node:crypto";
import { chmod, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { TqError } from "../errors.js";
import { isPathInside, isText, listOf, objectOf, orNull } from "../json-shape.js";
import { type Part } from "./variants.js";

export interface TemplateFile {
  /** Relative, with / between its parts. */
  path: string;
  content: Buffer;
}

/** The files of an exercise's starter or solution, by name. */
export async function readTemplate(
  exerciseFolder: string,
  part: Part,
  variant: string,
): Promise<TemplateFile[]> {
  const root = join(exerciseFolder, part, variant);
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = entries
    .filter((entry) => entry.isFile())
    // The scripted student, by which the course is checked, is none of the student's business.
    .filter((entry) => !/^student\.(py|sh)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
  return Promise.all(
    paths.map(async (path) => ({
      path: path.split(sep).join("/"),
      content: await readFile(join(root, path)),
    })),
  );
}

/** What became of each file of the starter. */
export interface LaidOut {
  written: string[];
  /** There already: not touched. */
  kept: string[];
}

/** Lays out the files in the student's folder, which is made where it is missing. Overwrites nothing. */
export async function layOut(files: readonly TemplateFile[], folder: string): Promise<LaidOut> {
  const laidOut: LaidOut = { written: [], kept: [] };
  for (const { path, content } of files) {
    const target = join(folder, path);
    await explain(folder, async () => {
      await mkdir(dirname(target), { recursive: true });
      try {
        // Fails where there is anything of that name, also a link that leads nowhere.
        await writeFile(target, content, { flag: "wx" });
        laidOut.written.push(path);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
        laidOut.kept.push(path);
      }
    });
  }
  return laidOut;
}

/** The student's files that a reset took away; null stands for one that was not there. */
interface Copy {
  version: 1;
  folder: string;
  files: { path: string; content: string | null }[];
}

const isCopy = objectOf({
  version: (value) => value === 1,
  folder: isText,
  files: listOf(objectOf({ path: isPathInside, content: orNull(isText) })),
});

/** Puts the starter's files in place of the student's, which are kept in `store` first. */
export async function reset(
  files: readonly TemplateFile[],
  folder: string,
  store: string,
): Promise<string[]> {
  await keep(
    files.map(({ path }) => path),
    folder,
    store,
  );
  await explain(folder, async () => {
    for (const { path, content } of files) await replace(join(folder, path), content);
  });
  return files.map(({ path }) => path);
}

/** Brings back what the last reset took away; what is there now is kept in its stead, so that undo undoes itself. */
export async function undo(folder: string, store: string): Promise<string[]> {
  const copy = await readCopy(folder, store);
  await keep(
    copy.files.map(({ path }) => path),
    folder,
    store,
  );
  await explain(folder, async () => {
    for (const { path, content } of copy.files) {
      if (content === null) await rm(join(folder, path), { force: true });
      else await replace(join(folder, path), Buffer.from(content, "base64"));
    }
  });
  return copy.files.map(({ path }) => path);
}

async function keep(paths: readonly string[], folder: string, store: string): Promise<void> {
  const copy: Copy = { version: 1, folder, files: [] };
  await explain(folder, async () => {
    for (const path of paths) copy.files.push({ path, content: await readIfThere(join(folder, path)) });
  });
  await explain(store, async () => {
    await mkdir(dirname(store), { recursive: true, mode: 0o700 });
    await replace(store, Buffer.from(JSON.stringify(copy)));
    await chmod(store, 0o600);
  });
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    // What is no file, such as a pipe, might be waited on for ever.
    if (!(await stat(path)).isFile()) throw new Error(`${path} is no file`);
    return (await readFile(path)).toString("base64");
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return null;
    throw error;
  }
}

async function readCopy(folder: string, store: string): Promise<Copy> {
  const text = await readIfThere(store).catch((error: unknown) => {
    throw unreadable(store, (error as Error).message);
  });
  const copy = text === null ? null : parseCopy(Buffer.from(text, "base64").toString(), store);
  if (copy?.folder === folder) return copy;
  throw new TqError(
    copy
      ? `the last reset was in another folder: ${copy.folder}`
      : "nothing was reset: there is nothing to undo",
    { code: "nothing-to-undo", exitCode: 2, hint: copy ? "Name that folder, or go there." : undefined },
  );
}

/** Throws `TqError` (exit 3) where it is damaged, or would write outside the folder. */
function parseCopy(text: string, store: string): Copy {
  let why = "it does not have the fields of version 1";
  try {
    const copy: unknown = JSON.parse(text);
    if (isCopy(copy)) return copy as Copy;
  } catch (error) {
    why = (error as Error).message;
  }
  throw unreadable(store, why);
}

function unreadable(store: string, why: string): TqError {
  return new TqError(`what the last reset took away cannot be read: ${store}`, {
    code: "kept-unreadable",
    exitCode: 3,
    hint: `${why}\nNothing was changed.`,
  });
}

/** Whenever this is interrupted, either the old file is there or the new one, whole. */
async function replace(path: string, content: Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const fresh = `${path}.${randomBytes(4).toString("hex")}.new`;
  try {
    await writeFile(fresh, content, { flag: "wx" });
    await rename(fresh, path);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}

async function explain(folder: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw new TqError(`${folder} cannot be written: ${(error as Error).message}`, {
      code: "folder-not-writable",
      exitCode: 3,
      hint: "Name a folder that you may write to.",
      cause: error,
    });
  }
}
