import { describe, expect, it } from "vitest";
import { fitsPattern, matchPattern } from "../../../../../src/subjects/jobs/body/match-pattern.js";

describe("a text of the form that a pattern demands", () => {
  it.each([
    ["^[A-Z]{3}$", "ABC"],
    ["^[A-Z]+$", "ABC"],
    [String.raw`^\d{4}-\d{2}-\d{2}$`, "0123-01-01"],
    ["^(red|green)$", "red"],
    [String.raw`\Ahgnc:[0-9]+\Z`, "hgnc:012"],
    ["^(?P<code>[ACGT]{2,4})$", "AC"],
    ["a?b*c", "c"],
    ["^[A-Za-z_-]{2}$", "AB"],
    [String.raw`^\w+\.csv$`, "abc.csv"],
    ["", ""],
  ])("of %s is %s", (pattern, text) => {
    expect(matchPattern(pattern)).toBe(text);
  });

  it("is another for another job", () => {
    expect(matchPattern("^(red|green)$", 1)).toBe("green");
    expect(matchPattern("^[A-Z]{3}$", 1)).toBe("BCD");
  });

  it.each([["^(?!no)x$"], ["[^a]"], ["(open"], [String.raw`(a)\1`]])("is not made up of %s", (pattern) => {
    expect(matchPattern(pattern)).toBeNull();
  });

  it("is looked for from the beginning, as Python's match does", () => {
    expect(fitsPattern("[A-Z]{3}", "ABCD")).toBe(true);
    expect(fitsPattern("[A-Z]{3}", "xABC")).toBe(false);
    // What is not understood keeps nothing from being tried.
    expect(fitsPattern("(", "x")).toBe(true);
  });
});
