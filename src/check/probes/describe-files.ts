import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Tells one state of a folder's Python files from another: names, sizes and times. */
export function describeFiles(folder: string): string {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(".py"))
      .map((name) => {
        const { size, mtimeMs } = statSync(join(folder, name));
        return `${name} ${size} ${mtimeMs}`;
      })
      .join("\n");
  } catch {
    return ""; // the folder is gone
  }
}
