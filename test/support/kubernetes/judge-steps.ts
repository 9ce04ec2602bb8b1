import { exercise } from "../../../exercises/08-kubernetes/exercise.js";
import { type Judgement, type Place } from "../../../src/course/authoring.js";
import { type Probes } from "../../../src/subjects/index.js";
import { type Manifests } from "../../../src/subjects/kubernetes/probe.js";

const place = {
  folder: "/work",
  file: (path: string) => path,
  tq: (words: string) => `tq ${words}`,
} as Place;

/** What each step that needs no cluster says of the files. */
export async function judgeSteps(manifests: Manifests): Promise<(readonly [string, Judgement])[]> {
  const cluster = { manifests: () => Promise.resolve(manifests) };
  const steps = exercise.steps.filter(({ needsCluster }) => !needsCluster);
  const probes = { cluster, place } as unknown as Probes;
  return Promise.all(steps.map(async ({ id, examine }) => [id, await examine(probes)] as const));
}
