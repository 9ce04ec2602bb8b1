import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { readPythonFile } from "../../lab/files/python-files.js";

/** As many of the files are looked into: a search path is changed where a program begins. */
const MOST = 40;

/** An image copies files of several folders into one, or the code changes where Python looks for modules. */
export async function isBroughtTogether(folder: string, paths: readonly string[]): Promise<boolean> {
  for (const place of [folder, join(folder, "docker"), join(folder, "..")]) {
    const names = await readdir(place).catch(() => []);
    for (const name of names.filter((one) => /dockerfile/i.test(one))) {
      const file = await readPythonFile(place, name);
      if (file && /^\s*(?:COPY|ADD)\b|PYTHONPATH/im.test(file.text)) return true;
    }
  }
  for (const path of paths.slice(0, MOST)) {
    const file = await readPythonFile(folder, path);
    if (file && /\bsys\.path\b/.test(file.text)) return true;
  }
  return false;
}
