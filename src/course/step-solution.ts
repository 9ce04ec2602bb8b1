import { type Exercise } from "./exercise.js";
import { type TemplateFile } from "./workspace.js";

/** A part of a file: all of it, or what defines one name. */
export interface SolutionPart {
  path: string;
  text: string;
}

/** What of the solution one step is about; [] where it is done in terminals. */
export function solutionOf({ steps }: Exercise, id: string, files: readonly TemplateFile[]): SolutionPart[] {
  const wanted = steps.find((step) => step.id === id)?.solution ?? [];
  return files.flatMap(({ path, content }) => {
    const base = path.split("/").at(-1);
    const places = wanted.filter((place) => place.split("#")[0] === base);
    if (places.length === 0) return [];
    const whole = content.toString();
    const names = places.map((place) => place.split("#")[1]);
    if (names.includes(undefined)) return [{ path, text: whole }];
    const parts = names.flatMap((name) => definitionOf(whole, name ?? "") ?? []);
    return parts.length > 0 ? [{ path, text: parts.join("\n\n\n") }] : [];
  });
}

/** The lines that define a name at the top level of a Python file, with its decorators; null where none do. */
function definitionOf(text: string, name: string): string | null {
  const lines = text.split("\n");
  const begins = new RegExp(`^(?:(?:async )?def|class) ${name}\\b|^${name} = `);
  const at = lines.findIndex((line) => begins.test(line));
  if (at < 0) return null;
  let from = at;
  while (/^[@#]/.test(lines[from - 1] ?? "")) from -= 1;
  const after = lines.findIndex((line, n) => n > at && /^[^\s)\]}]/.test(line));
  return lines
    .slice(from, after < 0 ? lines.length : after)
    .join("\n")
    .trimEnd();
}
