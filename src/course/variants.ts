import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { TqError } from "../errors.js";

export type Part = "starter" | "solution";

/** What the folder of a starter or solution holds, where it holds nothing but folders: such as fastapi and flask. */
export function listVariants(exerciseFolder: string, part: Part): string[] {
  const root = join(exerciseFolder, part);
  const entries = existsSync(root) ? readdirSync(root, { withFileTypes: true }) : [];
  return entries.every((entry) => entry.isDirectory()) ? entries.map(({ name }) => name).sort() : [];
}

export interface VariantChoice {
  exerciseFolder: string;
  part: Part;
  /** `--variant`. */
  wanted: string | undefined;
  /** Absolute folder of the student's files: what they import says which variant is theirs. */
  folder: string;
  /** Asks, where there are several and nothing tells; undefined takes the first. */
  ask: ((variants: string[]) => Promise<string>) | undefined;
}

/** The folder of the variant to show or lay out, relative to the part's; "" where there is but one. */
export async function chooseVariant(choice: VariantChoice): Promise<string> {
  const { exerciseFolder, part, wanted, folder, ask } = choice;
  const variants = listVariants(exerciseFolder, part);
  if (wanted !== undefined && !variants.includes(wanted)) {
    throw new TqError(`there is no variant "${wanted}" of the ${part}`, {
      code: "no-variant",
      exitCode: 2,
      hint:
        variants.length > 0 ? `There are: ${variants.join(", ")}` : "There is but one: leave --variant out.",
    });
  }
  const found = wanted ?? variants.find((name) => isImported(name, folder));
  if (found !== undefined) return found;
  return variants.length > 1 && ask ? ask(variants) : (variants[0] ?? "");
}

function isImported(name: string, folder: string): boolean {
  const line = new RegExp(`^\\s*(?:from|import)\\s+${name}\\b`, "m");
  return ["", "src", "source"].some((place) => {
    const at = join(folder, place);
    return readdir(at).some(
      (file) => file.endsWith(".py") && line.test(readFileSync(join(at, file), "utf8")),
    );
  });
}

function readdir(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // no such folder
  }
}
