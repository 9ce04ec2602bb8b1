import { expect, inject, it } from "vitest";
import { runStage } from "../../src/course/author/dev-check.js";
import { listStages, type Stage } from "../../src/course/author/stages.js";
import { loadExercise } from "../../src/course/catalog.js";
import { NO_CLUSTER } from "../../src/course/session.js";
import { expectRight } from "../support/suite/stage-outcome.js";
import { describeWith } from "../support/suite/needs.js";

const assets = new URL("../../dist", import.meta.url).pathname;

/** The students who pass, and one of each step that only a cluster shows; `npm run test:cluster` plays all. */
const PLAYED = [
  "halfway",
  "solution",
  "wrong/image-that-nobody-pushed",
  "wrong/bound-in-the-configuration",
  "wrong/workers-at-another-queue",
  "wrong/finalizer-on-the-claim",
];

const loaded = await loadExercise(assets, 8);
const stages = listStages(loaded, { onCluster: true }).filter(({ name }) => PLAYED.includes(name));

describeWith("cluster", "exercise 8 tells its students apart on a cluster", () => {
  const play = async (stage: Stage): Promise<void> => {
    const { signal } = new AbortController();
    const env = { ...process.env, KUBECONFIG: inject("machine").kubeconfig };
    const cluster = { ...NO_CLUSTER, consent: () => Promise.resolve(true) };
    const outcome = await runStage(stage, { loaded, assets, env, python: undefined, signal, cluster });
    expectRight(outcome);
  };

  it("has all of them", () => {
    expect(stages.map(({ name }) => name).sort()).toEqual([...PLAYED].sort());
  });

  // They wait more than they work, each in a namespace of its own.
  it.concurrent.each(stages.map((stage) => [stage.name, stage] as const))(
    "%s",
    (_, stage) => play(stage),
    240_000,
  );
});
