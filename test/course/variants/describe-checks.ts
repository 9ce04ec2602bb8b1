import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { targetAt } from "../../../src/lab/place.js";
import { type CheckResult } from "../../../src/verdict/verdict.js";
import { loadExercise } from "../../../src/course/catalog.js";
import { type Exercise } from "../../../src/course/exercise.js";
import { checkOnce, NO_CLUSTER } from "../../../src/course/session.js";
import { describeWith, python } from "../../support/suite/needs.js";
import { writeProject } from "../../support/python/python-project.js";
import { type Variant } from "./variants.js";

const assets = new URL("../../../dist", import.meta.url).pathname;
const { exercise } = await loadExercise(assets, 7);
const earlier = await Promise.all(
  [5, 6].map(async (number) => (await loadExercise(assets, number)).exercise),
);

async function check(files: Readonly<Record<string, string>>, exercise: Exercise): Promise<CheckResult[]> {
  await using project = await writeProject(files);
  const home = await mkdtemp(join(tmpdir(), "tq-variants-"));
  try {
    const { signal } = new AbortController();
    const redisUrl = "redis://127.0.0.1:6379";
    const { checks } = await checkOnce({
      exercise,
      target: targetAt(redisUrl),
      redisUrl,
      folder: project.folder,
      shownFolder: project.folder,
      env: process.env,
      assets,
      home,
      signal,
      queue: "queue",
      seed: "1",
      allowNetwork: false,
      slow: false,
      report: () => undefined,
      url: undefined,
      job: undefined,
      python: python(),
      keepsProgress: false,
      keep: undefined,
      cluster: NO_CLUSTER,
    });
    return checks;
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

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
        const checks = await check(files, exercise);
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
            const checks = await check(files, exercise);
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
