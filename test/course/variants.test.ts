import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { describeWith, python } from "../support/needs.js";
import { isPossible, ways, WAYS } from "./variants/choices.js";
import { holds, listPairs } from "./variants/pairwise.js";
import { describeChoices, listVariants } from "./variants/variants.js";

const variants = listVariants();

describe("the ways of correct programs", () => {
  it("are at least 40, each another, and the same each time", () => {
    expect(variants.length).toBeGreaterThanOrEqual(40);
    expect(new Set(variants.map(({ choices }) => describeChoices(choices))).size).toBe(variants.length);
    expect(new Set(variants.map(({ name }) => name)).size).toBe(variants.length);
    expect(listVariants()).toEqual(variants);
  });

  it("hold every two choices that can stand together", () => {
    const missing = listPairs().filter((pair) => !variants.some(({ choices }) => holds(choices, pair)));
    expect(missing).toEqual([]);
    // All pairs of values of two ways but the two that are said to be impossible.
    const sizes = ways.map((way) => WAYS[way].length as number);
    const all = sizes.flatMap((size, at) => sizes.slice(at + 1).map((other) => size * other));
    expect(listPairs().length).toBe(all.reduce((sum, n) => sum + n) - 2);
    expect(variants.every(({ choices }) => isPossible(choices))).toBe(true);
  });
});

/** The messages of Python's compiler, by source; one process for all of them. */
function compile(sources: Readonly<Record<string, string>>): Record<string, string> {
  const program = `
import json, sys
wrong = {}
for name, text in json.load(sys.stdin).items():
    try:
        compile(text, name, "exec")
    except SyntaxError as error:
        wrong[name] = str(error)
json.dump(wrong, sys.stdout)`;
  const input = JSON.stringify(sources);
  return JSON.parse(execFileSync(python(), ["-c", program], { input, encoding: "utf8" })) as Record<
    string,
    string
  >;
}

describeWith("python", "the sources", () => {
  it("compile", () => {
    const sources = Object.fromEntries(
      variants.flatMap(({ name, files }) =>
        Object.entries(files)
          .filter(([path]) => path.endsWith(".py"))
          .map(([path, text]) => [`${name}/${path}`, text]),
      ),
    );
    expect(compile(sources)).toEqual({});
  });
});
