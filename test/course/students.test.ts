import { describe, expect, it } from "vitest";
import { listExercises, loadExercise } from "../../src/course/catalog.js";
import { allEditions } from "../../src/course/editions.js";
import { runStage } from "../../src/course/author/dev-check.js";
import { listStages, type Stage } from "../../src/course/author/stages.js";
import { listVariants } from "../../src/course/variants.js";
import { readTemplate } from "../../src/course/workspace.js";
import { type Need } from "../support/suite/machine.js";
import { expectRight } from "../support/suite/stage-outcome.js";
import { describeWith, python } from "../support/suite/needs.js";

const assets = new URL("../../dist", import.meta.url).pathname;

const entries = listExercises(assets);

/** They start a whole stack for half a minute, or wait for what does not come: `npm run test:course` plays them. */
const LONG = new Set(
  [
    ...["gunicorn-on-localhost", "gunicorn-without-the-app", "package-not-installed", "tasks-not-copied"],
    ...["worker-of-another-queue", "time-limit", "rate-limit", "soft-time-limit", "setting-misspelt"],
    ...[
      "argument-misspelt",
      "variable-of-no-one",
      "data-in-memory",
      "queue-not-durable",
      "transient-messages",
    ],
    ...["a-lock-around-the-work", "waits-for-more", "tries-until-it-works", "counts-all-divisors"],
    ...["program-in-another-folder", "old-copy-in-the-image", "refuses-after-twenty", "publishes-once-only"],
  ].map((name) => `wrong/${name}`),
);

function named(stages: readonly Stage[]): [string, Stage][] {
  return stages.map((stage) => [stage.name, stage]);
}

for (const entry of entries) {
  const loaded = await loadExercise(assets, entry.number);
  const needs: Need[] = ["redis", "python"]; // they play every student
  if (entry.needs.includes("web")) needs.push("web");
  if (entry.needs.includes("celery")) needs.push("celery");
  const forms = await allEditions(loaded);
  const formOf = new Map(forms.flatMap((form) => listStages(form).map((stage) => [stage, form] as const)));
  const stages = [...formOf.keys()].filter(({ needsCluster }) => !needsCluster);
  const light = stages.filter(({ containers }) => !containers);
  const heavy = stages.filter(({ containers }) => containers);
  const play = async (stage: Stage): Promise<void> => {
    const { signal } = new AbortController();
    const outcome = await runStage(stage, {
      loaded: formOf.get(stage) ?? loaded,
      ...{ assets, env: process.env, python: python(), signal },
    });
    expectRight(outcome);
  };
  const title = `exercise ${entry.number} tells its students apart`;
  if (light.length > 0) {
    // They wait more than they work.
    describeWith(needs, title, () => {
      it.concurrent.each(named(light.filter(({ name }) => !LONG.has(name))))("%s", (_, stage) => play(stage));
    });
  }
  if (heavy.length > 0) {
    // A stage with containers has the machine's ports and names to itself.
    const withDocker: Need[] = entry.needs.includes("celery") ? ["docker", "rabbitmq"] : ["docker"];
    describeWith([...needs, ...withDocker], `${title} by containers`, () => {
      it.each(named(heavy.filter(({ name }) => !LONG.has(name))))("%s", (_, stage) => play(stage), 120_000);
    });
  }
}

describe("every exercise", () => {
  it.each(entries.map((entry) => [entry.number, entry] as const))(
    "%i is complete",
    async (number, { folder }) => {
      const loaded = await loadExercise(assets, number);
      const { exercise } = loaded;
      expect(folder).toBe(`${String(number).padStart(2, "0")}-${exercise.slug}`);
      const ids = exercise.steps.map(({ id }) => id);
      for (const [mistake, id] of Object.entries(exercise.mistakes)) expect(ids, mistake).toContain(id);
      for (const { id, needs } of exercise.steps) {
        // In order of need: what is needed stands before.
        for (const need of needs) expect(ids.indexOf(need)).toBeLessThan(ids.indexOf(id));
        expect(ids).toEqual(expect.arrayContaining([...needs]));
      }
      for (const { lesson, exercise: form } of await allEditions(loaded)) {
        expect(Object.keys(form.hints)).toEqual(ids);
        for (const hints of Object.values(form.hints)) expect(new Set(hints).size).toBe(4);
        for (const line of lesson.split("\n")) expect(line.length, line).toBeLessThanOrEqual(80);
        expect(lesson).not.toContain("!\n");
      }
    },
  );
});

it("no starter is the solution", async () => {
  for (const { number } of entries) {
    for (const { folder } of await allEditions(await loadExercise(assets, number))) {
      const starter = await readTemplate(folder, "starter", "");
      for (const variant of ["", ...listVariants(folder, "solution")]) {
        const solution = await readTemplate(folder, "solution", variant);
        const isSame = starter.every(({ path, content }) =>
          solution.find((one) => one.path === path)?.content.equals(content),
        );
        expect(starter.length > 0 && isSame, `${folder} ${variant}`).toBe(false);
      }
    }
  }
});
