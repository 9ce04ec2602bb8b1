import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type CheckResult } from "../../../../src/verdict/verdict.js";
import { listExercises, loadExercise, type LoadedExercise } from "../../../../src/course/catalog.js";
import { type Exercise } from "../../../../src/course/exercise.js";
import { listStages } from "../../../../src/course/author/stages.js";
import { chooseVariant, listVariants } from "../../../../src/course/variants.js";
import { applyChanges, readWrongAnswers } from "../../../../src/course/author/wrong-answers.js";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tq-test-answers-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function write(files: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(folder, path, ".."), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

describe("changes to a solution", () => {
  it("replace, write, rename and remove", async () => {
    await write({ "jobs.py": "import uuid\nimport json\n", "api.py": "app", "old.py": "x" });
    await applyChanges(
      [
        { file: "jobs.py", find: "import uuid\n", put: "" },
        { file: "new.py", write: "fresh" },
        { file: "old.py", rename: "older.py" },
        { file: "api.py", remove: true },
      ],
      folder,
    );
    expect((await readdir(folder)).sort()).toEqual(["jobs.py", "new.py", "older.py"]);
    expect(await readFile(join(folder, "jobs.py"), "utf8")).toBe("import json\n");
  });

  it.each([
    ["never", "c"],
    ["more often", "a"],
  ])("are refused where the text stands there %s", async (says, find) => {
    await write({ "jobs.py": "a b a" });
    await expect(applyChanges([{ file: "jobs.py", find, put: "" }], folder)).rejects.toThrow(says);
    expect(await readFile(join(folder, "jobs.py"), "utf8")).toBe("a b a");
  });
});

describe("definitions that are damaged are refused as such", () => {
  it.each([
    ["null in place of an answer", "slip:\n"],
    ["a list", "- slip\n"],
    ["a change that is none", 'slip: { step: "9.1", changes: [{ file: a.py }] }\n'],
    ["a file outside the solution", 'slip: { step: "9.1", changes: [{ file: ../a.py, remove: true }] }\n'],
    ["what is no YAML", "slip: [\n"],
    ["an answer without a step", "slip: { changes: [] }\n"],
  ])("changes.yaml with %s", async (_, text) => {
    await write({ "wrong/changes.yaml": text });
    const read = () => readWrongAnswers(folder, { slug: "some", mistakes: {} } as unknown as Exercise);
    expect(read).toThrow(expect.objectContaining({ code: "exercises-damaged", exitCode: 3 }));
  });

  it("a catalog, and an exercise that is not there", async () => {
    await write({ "exercises/catalog.json": "[null]" });
    const damaged = expect.objectContaining({ code: "exercises-damaged", exitCode: 3 }) as Error;
    expect(() => listExercises(folder)).toThrow(damaged);
    const entry = {
      folder: "09-gone",
      number: 9,
      slug: "gone",
      title: "",
      summary: "",
      needs: [],
      steps: [],
    };
    await write({ "exercises/catalog.json": JSON.stringify([entry]) });
    await expect(loadExercise(folder, 9)).rejects.toThrow(damaged);
  });
});

describe("the stages of an exercise with variants", () => {
  const step = (id: string, needs: string[] = []) => ({ id, needs });
  const loaded = () =>
    ({
      exercise: {
        slug: "some",
        needs: [],
        steps: [step("9.1"), step("9.2", ["9.1"])],
        mistakes: { slip: "9.1" },
        halfway: [],
      },
      folder,
    }) as unknown as LoadedExercise & { exercise: Exercise };
  const check = (id: string, more: Partial<CheckResult>) =>
    ({ id, verdict: "passed", ...more }) as CheckResult;

  beforeEach(() =>
    write({
      "solution/flask/api.py": "from flask import Flask",
      "solution/fastapi/api.py": "import fastapi",
      "wrong/changes.yaml":
        'slip: {to: flask, changes: []}\nother: {step: "9.2", mistake: slip, changes: []}\n',
    }),
  );

  it("are each solution and each wrong answer", () => {
    expect(listStages(loaded()).map(({ name, source }) => [name, source])).toEqual([
      ["untouched", "untouched"],
      ["solution/fastapi", "solution/fastapi"],
      ["solution/flask", "solution/flask"],
      ["wrong/slip", "solution/flask"],
      ["wrong/other", "solution/fastapi"],
    ]);
  });

  it("let a wrong answer fail at its step, by its name, and nowhere else", () => {
    const slip = listStages(loaded()).find(({ name }) => name === "wrong/slip");
    const found = check("9.1", { verdict: "not-yet", mistake: "slip" });
    const waits = check("9.2", { verdict: "blocked", blockedBy: "check" });
    expect(slip?.isRight([[found, waits]])).toBe(true);
    expect(slip?.isRight([[found, check("9.2", {})]])).toBe(true);
    expect(slip?.isRight([[check("9.1", { verdict: "not-yet" }), waits]])).toBe(false);
    expect(slip?.isRight([[found, check("9.2", { verdict: "not-yet" })]])).toBe(false);
    expect(slip?.isRight([[found, check("9.2", { verdict: "blocked", blockedBy: "environment" })]])).toBe(
      false,
    );
    expect(slip?.isRight([[check("9.1", {}), check("9.2", {})]])).toBe(false);
    expect(slip?.isRight([])).toBe(false);
  });

  it("let it fail at another step that it names, and not need to", async () => {
    await write({ "wrong/changes.yaml": 'slip: {to: flask, also: ["9.2"], changes: []}\n' });
    const slip = listStages(loaded()).find(({ name }) => name === "wrong/slip");
    const found = check("9.1", { verdict: "not-yet", mistake: "slip" });
    expect(slip?.isRight([[found, check("9.2", { verdict: "not-yet" })]])).toBe(true);
    expect(slip?.isRight([[found, check("9.2", {})]])).toBe(true);
    expect(slip?.isRight([[check("9.1", {}), check("9.2", { verdict: "not-yet" })]])).toBe(false);
  });

  it("offer the variant that was asked for, else the one that the student's files import, else ask or take the first", async () => {
    expect(listVariants(folder, "solution")).toEqual(["fastapi", "flask"]);
    const work = join(folder, "work");
    const asked: string[][] = [];
    const choose = (wanted?: string, person?: string) =>
      chooseVariant({
        ...{ exerciseFolder: folder, part: "solution", wanted, folder: work },
        ask:
          person === undefined
            ? undefined
            : (variants) => Promise.resolve(person).finally(() => asked.push(variants)),
      });
    expect(await choose()).toBe("fastapi");
    expect(await choose(undefined, "flask")).toBe("flask");
    expect(asked).toEqual([["fastapi", "flask"]]);
    await write({ "work/src/api.py": "from flask import Flask\n" });
    expect(await choose(undefined, "fastapi")).toBe("flask");
    expect(await choose("fastapi")).toBe("fastapi");
    await expect(choose("django")).rejects.toThrow('no variant "django"');
    expect(asked).toHaveLength(1);
  });
});
