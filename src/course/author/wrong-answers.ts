import { existsSync, readFileSync } from "node:fs";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { isPathInside, isText, listOf, objectOf, orAbsent, recordOf, type Shape } from "../../json-shape.js";
import { damaged } from "../damaged.js";
import { type Exercise } from "../exercise.js";

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
  /** Other steps that the same mistake fails. */
  also?: string[];
  changes: Change[];
}

export interface WrongAnswer {
  name: string;
  step: string;
  mistake: string;
  also: readonly string[];
  to: string | undefined;
  changes: readonly Change[];
}

const isChange: Shape = (value) =>
  [
    objectOf({ file: isPathInside, find: isText, put: isText }),
    objectOf({ file: isPathInside, write: isText }),
    objectOf({ file: isPathInside, rename: isPathInside }),
    objectOf({ file: isPathInside, remove: (remove) => remove === true }),
  ].some((form) => form(value));

const isWritten = recordOf(
  objectOf({
    step: orAbsent(isText),
    to: orAbsent(isPathInside),
    mistake: orAbsent(isText),
    also: orAbsent(listOf(isText)),
    changes: listOf(isChange),
  }),
);

/** The wrong answers that an exercise has as changes. Throws `TqError` (exit 3) where they are not of that form. */
export function readWrongAnswers(folder: string, { mistakes, slug }: Exercise): WrongAnswer[] {
  const path = join(folder, "wrong", "changes.yaml");
  if (!existsSync(path)) return [];
  let answers: unknown;
  try {
    answers = parse(readFileSync(path, "utf8"), { logLevel: "error" });
  } catch (error) {
    throw damaged(path, (error as Error).message, error);
  }
  if (!isWritten(answers)) throw damaged(path, "an answer in it has other fields than such an answer has");
  return Object.entries(answers as Record<string, WrittenAnswer>).map(
    ([name, { to, mistake = name, also = [], changes, ...written }]) => {
      const step = written.step ?? mistakes[mistake];
      if (step === undefined) throw damaged(path, `${slug}: the wrong answer ${name} names no step`);
      return { name, step, mistake, also, to, changes };
    },
  );
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
