import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { listExercises } from "../../../src/course/catalog.js";
import { type Exercise } from "../../../src/course/exercise.js";
import { readWrongAnswers } from "../../../src/course/author/wrong-answers.js";
import { TqError } from "../../../src/errors.js";
import { spoiled, spoiledFile } from "../arbitraries/json-files.js";
import { mutatedText } from "../arbitraries/bytes.js";
import { fuzz } from "./fuzz.js";

const EXERCISES = new URL("../../../exercises", import.meta.url).pathname;
const ENTRY = {
  folder: "01-x",
  number: 1,
  slug: "x",
  title: "X",
  summary: "an x",
  needs: ["redis"],
  steps: ["1.1", "1.2"],
};
const changes = readdirSync(EXERCISES, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith("changes.yaml"))
  .map((path) => readFileSync(join(EXERCISES, path), "utf8"));
/** A few answers each, so that what is spoiled is seldom the same. */
const few = changes.map(
  (text) => Object.fromEntries(Object.entries(parse(text) as object).slice(0, 3)) as unknown,
);

const FILES = {
  catalog: {
    input: spoiledFile([ENTRY, { ...ENTRY, number: 2 }]),
    read: (folder: string) => listExercises(folder),
  },
  changes: {
    input: fc.oneof(
      fc
        .constantFrom(...few)
        .chain(spoiled)
        .map((value) => stringify(value)),
      mutatedText(
        fc.constantFrom(...few.map((value) => stringify(value))),
        fc.string({ unit: "binary", maxLength: 5 }),
      ),
    ),
    read: (folder: string) => readWrongAnswers(folder, { slug: "x", mistakes: {} } as unknown as Exercise),
  },
};

/** What defines the exercises, as an author who slipped or a damaged installation leaves it. */
export function describeDefinitions(runs: number): void {
  describe("fuzzed definitions of exercises", () => {
    let folder = "";
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "tq-fuzz-"));
      for (const name of ["wrong", "exercises"]) mkdirSync(join(folder, name));
    });
    afterAll(() => rm(folder, { recursive: true }));

    it.each(["catalog", "changes"] as const)("%s", { timeout: 3_600_000 }, async (kind) => {
      const { input, read } = FILES[kind];
      const path = kind === "catalog" ? "exercises/catalog.json" : "wrong/changes.yaml";
      await fuzz(`${kind} of exercises`, input, runs, async (text, tally) => {
        writeFileSync(join(folder, path), text);
        try {
          await tally.within(2000, () => read(folder));
          tally.count("taken");
        } catch (error) {
          if (!(error instanceof TqError)) throw error;
          expect(error.exitCode).toBe(3);
          tally.count("refused");
        }
      });
    });
  });
}
