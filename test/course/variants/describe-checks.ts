import { expect, it } from "vitest";
import { describeWith } from "../../support/suite/needs.js";
import { checkProgram, exerciseOf } from "./check-program.js";
import { type Variant } from "./variants.js";

const exercise = await exerciseOf(7);
const earlier = await Promise.all([5, 6].map(exerciseOf));

/** What their text fixes: the names, keys and databases of the starter, and the course's variable. */
const FIXED = new Set([
  ...["status-not-submitted", "key-without-job", "other-key", "records-in-other-db", "saved-as-text"],
  ...["queue-in-other-db", "queue-named-otherwise", "other-variable"],
]);

/** Plays these correct programs through exercise 7, which refuses none, and through 5 and 6. */
export function describeChecks(variants: readonly Variant[]): void {
  describeWith(["python", "web"], "exercise 7 takes a correct program for right", () => {
    // Each waits more than it works.
    it.concurrent.each(variants.map((variant) => [variant.name, variant] as const))(
      "%s",
      async (_, { files }) => {
        const checks = await checkProgram(files, exercise);
        expect(checks.map(({ id }) => id)).toEqual(exercise.steps.map(({ id }) => id));
        expect(checks.filter(({ verdict }) => verdict !== "passed")).toEqual([]);
      },
    );
  });

  describeWith(
    ["python", "web"],
    "exercises 5 and 6 refuse a correct program only for what their text fixes",
    () => {
      it.concurrent.each(variants.map((variant) => [variant.name, variant] as const))(
        "%s",
        async (_, { files }) => {
          for (const exercise of earlier) {
            const checks = await checkProgram(files, exercise);
            const refused = checks.filter(
              ({ verdict, blockedBy }) => verdict !== "passed" && blockedBy !== "check",
            );
            for (const { mistake, cause } of refused) {
              expect(FIXED, cause).toContain(mistake);
              expect(cause).toMatch(/elsewhere|in another program|any name is right/i);
            }
          }
        },
      );
    },
  );
}
