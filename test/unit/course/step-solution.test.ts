import { describe, expect, it } from "vitest";
import { allEditions } from "../../../src/course/editions.js";
import { listExercises, loadExercise } from "../../../src/course/catalog.js";
import { type Exercise } from "../../../src/course/exercise.js";
import { solutionOf } from "../../../src/course/step-solution.js";
import { listVariants } from "../../../src/course/variants.js";
import { readTemplate } from "../../../src/course/workspace.js";

const assets = new URL("../../../dist", import.meta.url).pathname;

describe("what of the solution a step is about", () => {
  const of = (...solution: string[]) => {
    const text =
      'import x\n\nhost = f(\n    "a"\n)\n\n\n# Why.\n@q.worker\ndef work(item):\n    print(item)\n\n\nwork()\n';
    const exercise = { steps: [{ id: "1.1", solution }] } as unknown as Exercise;
    return solutionOf(exercise, "1.1", [{ path: "src/a.py", content: Buffer.from(text) }]).map(
      (one) => one.text,
    );
  };

  it("is a name with its decorators and its comment, or a whole file", () => {
    expect(of("a.py#work")).toEqual(["# Why.\n@q.worker\ndef work(item):\n    print(item)"]);
    expect(of("a.py#host", "a.py#nothing")).toEqual(['host = f(\n    "a"\n)']);
    expect(of("a.py")[0]).toMatch(/^import x[^]*\nwork\(\)\n$/);
    expect(of("b.py", "a.py#nothing")).toEqual([]);
    expect(of()).toEqual([]);
  });
});

describe("the steps of every exercise", async () => {
  const numbers = listExercises(assets).map(({ number }) => number);
  const loaded = await Promise.all(
    numbers.map(async (number) => allEditions(await loadExercise(assets, number))),
  );
  it.each(
    loaded.flat().flatMap((one) => {
      const variants = listVariants(one.folder, "solution");
      return (variants.length > 0 ? variants : [""]).map((variant) => ({
        ...{ number: one.exercise.number, edition: one.edition ?? "classic", variant, one },
      }));
    }),
  )("name parts that are there: exercise $number, $edition $variant", async ({ one, variant }) => {
    const files = await readTemplate(one.folder, "solution", variant === "src" ? "" : variant);
    for (const { id, solution } of one.exercise.steps) {
      const parts = solutionOf(one.exercise, id, files).map(({ text }) => text);
      expect(parts.length > 0, `${id}: ${parts.join("\n")}`).toBe(solution !== undefined);
    }
  });

  it.each(loaded.flat().filter(({ exercise }) => exercise.subjects.includes("jobs")))(
    "have hints that do not look for tq's run in the student's own Redis: exercise $exercise.number",
    ({ exercise }) => {
      // With curl the student asks a system of their own.
      const hints = Object.values(exercise.hints)
        .flat()
        .filter((hint) => !hint.includes("curl"));
      for (const hint of hints) expect(hint).not.toMatch(/redis-cli|^tq (peek|len)/m);
    },
  );
});
