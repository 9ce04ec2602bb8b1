import { existsSync, readFileSync } from "node:fs";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { type Exercise } from "./exercise.js";

/** A change to one file of a solution; `find` stands in it exactly once. */
type Change =
  | { file: string; find: string; put: string }
  | { file: string; write: string }
  | { file: string; rename: string }
  | { file: string; remove: true };

/** A wrong answer that is a small change to a solution, as `wrong/changes.yaml` has it under its name. */
interface WrittenAnswer {
  /** The step that finds it; without one, the step of the mistake of that name. */
  step?: string;
  /** Which solution is changed; without one, the first. */
  to?: string;
  /** What the check must call it; without one, the answer's own name. */
  mistake?: string;
  changes: Change[];
}

export interface WrongAnswer {
  name: string;
  step: string;
  mistake: string;
  to: string | undefined;
  changes: readonly Change[];
}

/** The wrong answers that an exercise has as changes. Throws where one names no step. */
export function readWrongAnswers(folder: string, { mistakes, slug }: Exercise): WrongAnswer[] {
  const path = join(folder, "wrong", "changes.yaml");
  if (!existsSync(path)) return [];
  const answers = parse(readFileSync(path, "utf8")) as Record<string, WrittenAnswer>;
  return Object.entries(answers).map(([name, { to, mistake = name, changes, ...written }]) => {
    const step = written.step ?? mistakes[mistake];
    if (step === undefined) throw new Error(`${slug}: the wrong answer ${name} names no step`);
    return { name, step, mistake, to, changes };
  });
}

/** Changes the files in `folder`. Throws where what is to be replaced does not stand there exactly once. */
export async function applyChanges(changes: readonly Change[], folder: string): Promise<void> {
  for (const change of changes) {
    const path = join(folder, change.file);
    if ("write" in change) await writeFile(path, change.write);
    else if ("rename" in change) await rename(path, join(folder, change.rename));
    else if ("remove" in change) await rm(path);
    else await replaceOnce(path, change);
  }
}

async function replaceOnce(
  path: string,
  { file, find, put }: Extract<Change, { find: string }>,
): Promise<void> {
  const [before = "", after, more] = (await readFile(path, "utf8")).split(find);
  if (after === undefined || more !== undefined) {
    throw new Error(
      `${file} must hold this exactly once, and holds it ${after === undefined ? "never" : "more often"}:\n${find}`,
    );
  }
  await writeFile(path, `${before}${put}${after}`);
}
