import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { listStages } from "../../../../src/course/author/stages.js";
import { listExercises, loadExercise } from "../../../../src/course/catalog.js";
import { allEditions } from "../../../../src/course/editions.js";

/** The mistakes that the code of a folder tells, by name, with where each is told first. */
function toldIn(folder: string): Map<string, string> {
  const told = new Map<string, string>();
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(".ts"),
  );
  for (const path of paths.sort()) {
    const text = readFileSync(join(folder, path), "utf8");
    const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
    const tell = (expression: ts.Expression): void => {
      const place = `${join(folder, path)}:${source.getLineAndCharacterOfPosition(expression.pos).line + 1}`;
      if (ts.isStringLiteral(expression)) {
        if (!told.has(expression.text)) told.set(expression.text, place);
      } else if (ts.isConditionalExpression(expression)) {
        tell(expression.whenTrue);
        tell(expression.whenFalse);
      } else if (ts.isBinaryExpression(expression)) {
        tell(expression.left);
        tell(expression.right);
      } else if (!/^(?:\w+\??\.)?(?:kind|mistake)$|^orAbsent/.test(expression.getText())) {
        throw new Error(`${place}: a mistake's name is written out, so that it can be looked for`);
      }
    };
    const visit = (node: ts.Node): void => {
      if (ts.isPropertyAssignment(node) && node.name.getText() === "mistake") tell(node.initializer);
      // A finding that breaks a student's program is a mistake of its kind; a remark is none.
      const [first] =
        ts.isCallExpression(node) && node.expression.getText() === "fault" ? node.arguments : [];
      if (first && ts.isStringLiteral(first)) tell(first);
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return told;
}

const assets = new URL("../../../../dist", import.meta.url).pathname;

/** The mistakes that an exercise's wrong answers stage, by the name of one. */
async function stagedIn(number: number): Promise<Map<string, string>> {
  const stages = (await allEditions(await loadExercise(assets, number))).flatMap((form) => listStages(form));
  return new Map(
    stages.flatMap(({ name, mistake }) => (mistake === undefined ? [] : [[mistake, name] as const])),
  );
}

const kinds = new Set(
  [...readFileSync("src/subjects/python-code/finding.ts", "utf8").matchAll(/^ {2}\| "([\w-]+)"/gm)].map(
    ([, kind = ""]) => kind,
  ),
);

const shared = toldIn("src");
const exercises = await Promise.all(
  listExercises(assets).map(async ({ folder, number }) => ({
    folder,
    told: toldIn(join("exercises", folder)),
    staged: await stagedIn(number),
    named: Object.keys((await loadExercise(assets, number)).exercise.mistakes),
  })),
);

describe("every mistake that a check tells by its name", () => {
  it.each(exercises)("is staged by a wrong answer of its exercise: $folder", ({ told, staged }) => {
    expect([...told].filter(([name]) => !staged.has(name))).toEqual([]);
  });

  it("is staged by one of any exercise, where several use the check", () => {
    const all = new Set(exercises.flatMap(({ staged }) => [...staged.keys()]));
    expect([...shared].filter(([name]) => !all.has(name))).toEqual([]);
  });
});

it.each(exercises)("every wrong answer stages a mistake that a check tells: $folder", ({ told, staged }) => {
  const isTold = (name: string): boolean => told.has(name) || shared.has(name) || kinds.has(name);
  expect([...staged].filter(([name]) => !isTold(name))).toEqual([]);
});

it.each(exercises)("every mistake of the definition is staged: $folder", ({ named, staged }) => {
  expect(named.filter((name) => !staged.has(name))).toEqual([]);
});

it.each(exercises)("every folder below wrong/ is a wrong answer: $folder", ({ folder, staged }) => {
  const entries = readdirSync(join(assets, "exercises", folder, "wrong"), { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  expect(folders.filter((name) => staged.get(name) === undefined)).toEqual([]);
});
