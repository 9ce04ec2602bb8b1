import { listExercises } from "../../course/catalog.js";
import { listVariants } from "../../course/variants.js";
import { Docker } from "../../docker/docker.js";
import { listSidecars } from "../../docker/sidecars.js";
import { disconnect } from "../../queue/client.js";
import { listQueueNames } from "../../queue/list-queues.js";
import { listInstances } from "../../redis/lifecycle/state.js";
import { join } from "node:path";
import { type Context } from "../context.js";
import { engineSurroundings } from "../engine-surroundings.js";
import { withRedis } from "../open-queue.js";
import { type Candidate, type Sources } from "./find-candidates.js";

/** Milliseconds that a Redis or Docker has: somebody waits with a finger on the Tab key. */
const PATIENCE = 800;

/** What this machine has; what does not answer in time has nothing to say. */
export function machineSources(context: Context): Sources {
  const { assets, home } = context;
  const exercises = listExercises(assets);
  const find = (wanted: number) => exercises.find(({ number }) => number === wanted);
  return {
    exercises: () => exercises.map(({ number, title }) => ({ word: String(number), says: title })),
    steps: (number) => plain(find(number)?.steps ?? []),
    variants: (number) => {
      const folder = find(number)?.folder;
      return folder === undefined ? [] : plain(listVariants(join(assets, "exercises", folder), "solution"));
    },
    queues: () => inTime(queueNames(context)),
    sidecars: () =>
      inTime(
        listSidecars(new Docker(engineSurroundings(context)), home).then((all) =>
          all.map(({ name, image }) => ({ word: name, says: image })),
        ),
      ),
    instances: () => listInstances(home).map(({ name, engine }) => ({ word: name, says: engine })),
  };
}

function queueNames(context: Context): Promise<Candidate[]> {
  return withRedis(context, async (connect) => {
    const client = await connect();
    try {
      return plain(await listQueueNames(client));
    } finally {
      disconnect(client);
    }
  });
}

function plain(words: readonly string[]): Candidate[] {
  return words.map((word) => ({ word, says: "" }));
}

async function inTime(asking: Promise<Candidate[]>): Promise<Candidate[]> {
  const late = new Promise<Candidate[]>((resolve) => {
    setTimeout(resolve, PATIENCE, []);
  });
  return Promise.race([asking.catch(() => []), late]);
}
