import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Folders of code; others of a student's hold data, environments or nothing of theirs. */
const PLACES = ["", "src", "source"];

/** Tells one state of a folder's Python files and Compose file from another: names, sizes and times. */
export function describeFiles(folder: string): string {
  return PLACES.flatMap((place) => describe(join(folder, place))).join("\n");
}

function describe(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /\.(?:py|ya?ml)$|^(?:Dockerfile|requirements.*)$/.test(name))
      .map((name) => {
        const { size, mtimeMs } = statSync(join(folder, name));
        return `${folder} ${name} ${size} ${mtimeMs}`;
      });
  } catch {
    return []; // there is no such folder
  }
}
