import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readProgress, updateProgress } from "../../../src/course/progress.js";

describe("progress", () => {
  let home = "";
  const path = () => join(home, "progress.json");
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "tq-test-progress-"));
  });
  afterEach(() => {
    rmSync(home, { recursive: true });
  });

  it("is kept, exercise by exercise", () => {
    updateProgress(home, "one", (progress) => {
      progress.passed["1.1"] = { at: "now", observed: "it" };
    });
    updateProgress(home, "two", (progress) => {
      progress.viewed = true;
    });
    expect(readProgress(home, "one")).toMatchObject({ passed: { "1.1": { observed: "it" } }, viewed: false });
    expect(readProgress(home, "two")).toMatchObject({ passed: {}, viewed: true });
    expect(readdirSync(home)).toEqual(["progress.json"]);
  });

  it("writes nothing where nothing changed", () => {
    updateProgress(home, "one", () => undefined);
    expect(readdirSync(home)).toEqual([]);
  });

  it.each([
    ["half a file", '{"version":1,"exer'],
    ["another version", '{"version":2,"exercises":{}}'],
    ["something else", "null"],
    ["no exercises", '{"version":1,"exercises":null}'],
    ["a field of another kind", '{"version":1,"exercises":{"two":{"passed":null}}}'],
    ["a hint before the first", '{"version":1,"exercises":{"one":{"hints":{"1.1":-1}}}}'],
  ])("is not written over where it cannot be read: %s", (_, text) => {
    writeFileSync(path(), text);
    const change = () => {
      updateProgress(home, "one", (progress) => {
        progress.viewed = true;
      });
    };
    expect(change).toThrow(expect.objectContaining({ code: "progress-unreadable", exitCode: 3 }));
    expect(() => readProgress(home, "one")).toThrow("cannot be read");
    expect(readFileSync(path(), "utf8")).toBe(text);
  });

  it("keeps fields that are not there yet apart from what is", () => {
    writeFileSync(path(), '{"version":1,"exercises":{"one":{"passed":{}}}}');
    expect(readProgress(home, "one")).toMatchObject({ hints: {}, skipped: [], answered: [] });
  });
});
