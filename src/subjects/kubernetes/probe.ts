import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { RedisFinder } from "./cluster/redis-finder.js";
import { type LeftOut } from "./cluster/left-out.js";
import { isReady, type Readiness } from "./cluster/readiness.js";
import { type Applied, type Removal, Trial } from "./cluster/trial.js";
import { portsOf, serviceFor, servicePort } from "./findings/services.js";
import { selects } from "./findings/selectors.js";
import { type Manifests, readManifests } from "./manifests/manifests.js";
import { type Workload } from "./workloads.js";
import { once } from "../../lab/once.js";
import { type Lab, type Subject } from "../subject.js";

export { type LeftOut } from "./cluster/left-out.js";
export { allTroubles, decidedTrouble, isReady, showProgress, type Readiness } from "./cluster/readiness.js";
export { type Applied, type Removal } from "./cluster/trial.js";
export { type Trouble } from "./cluster/trouble.js";
export { redisAddresses } from "./findings/addresses.js";
export { portsOf, serviceFor } from "./findings/services.js";
export { showPlace, type ManifestFinding } from "./manifests/manifest.js";
export { type Manifests } from "./manifests/manifests.js";
export { isRedisImage } from "../../compose/redis-image.js";
export { sleeps, type Workload } from "./workloads.js";

/** What a program in a debug pod answered. */
type InPod<T> = ({ error: string } | ({ error?: undefined } & T)) & { pod: string };

/** Messages that were put in one pod and taken in another. */
export interface Exchange {
  host: string;
  port: number;
  sent: readonly string[];
  put: InPod<{ put: number }>;
  taken: InPod<{ taken: readonly string[] }>;
}

/** Jobs that were submitted while several workers ran. */
export interface Sharing {
  /** The programs that were not applied: then nothing was run. */
  leftOut: readonly LeftOut[];
  workers: readonly Readiness[];
  /** Null where the workers did not get ready. */
  run: { url: string; answer: InPod<{ jobs: readonly { id: string; by: readonly string[] }[] }> } | null;
}

/** The student's manifests, and, once somebody agreed, what a cluster makes of them. All but `manifests` throw `TqError` (exit 3). */
export interface ClusterProbe {
  manifests: () => Promise<Manifests>;
  applied: () => Promise<Applied>;
  /** The pods of Redis and of the debug Deployment. */
  pods: () => Promise<Readiness[]>;
  exchange: () => Promise<Exchange>;
  sharing: () => Promise<Sharing>;
  removal: () => Promise<Removal>;
}

const MESSAGES = 3;
const WORKERS = 3;
const JOBS = 6;
/** Seconds for the jobs to be taken: a student's work may take a while. */
const PATIENCE = 120;

export const subject: Subject<ClusterProbe> = {
  open(lab) {
    const finder = new RedisFinder(lab);
    const trials: Trial[] = [];
    return {
      probe() {
        const manifests = once(() =>
          readManifests(lab.folder, lab.cluster.reads ? (namespace) => finder.find(namespace) : undefined),
        );
        const trial = new Trial({ ...lab, ...lab.cluster }, manifests);
        if (lab.cluster.consent) trials.push(trial);
        return createClusterProbe(lab, manifests, trial);
      },
      async [Symbol.asyncDispose]() {
        for (const trial of trials) await trial[Symbol.asyncDispose]();
      },
    };
  },
};

function createClusterProbe(
  { assets, cluster, seed, job }: Lab,
  manifests: () => Promise<Manifests>,
  trial: Trial,
): ClusterProbe {
  const pods = once(() => trial.waitFor(["redis", "debug"], ({ replicas }) => replicas));
  const program = once(() => readFile(join(assets, "python", "in_pod.py"), "utf8"));
  const run = async (
    pod: string,
    words: readonly (string | number)[],
    seconds: number,
  ): Promise<unknown> => ({
    ...((await trial.runPython(pod, await program(), words.map(String), seconds)) as object),
    pod,
  });
  const redisAt = async (): Promise<{ host: string; port: number }> => {
    const { workloads, manifests: all } = await manifests();
    const redis = workloads.find(({ part }) => part === "redis");
    const service = redis ? serviceFor(redis, all) : null;
    return { host: service?.name ?? "redis-db", port: service ? servicePort(service) : 6379 };
  };
  const debugPods = async (): Promise<string[]> => {
    const { workloads } = await manifests();
    const debug = new Set(
      workloads.filter(({ part }) => part === "debug").map(({ manifest }) => manifest.name),
    );
    return (await pods())
      .filter(({ workload }) => debug.has(workload))
      .flatMap((one) => one.pods.map(({ name }) => name));
  };
  return {
    manifests,
    pods,
    applied: trial.apply,
    removal: trial.remove,
    exchange: once(async () => {
      const [first = "", second = first] = await debugPods();
      const { host, port } = await redisAt();
      const key = `hotqueue:tq-${seed}`;
      const put = await run(first, ["put", host, port, 1, key, seed, MESSAGES], 30);
      const taken = await run(second, ["take", host, port, 1, key, MESSAGES, 10], 60);
      const sent = Array.from({ length: MESSAGES }, (_, n) => `${seed} ${n + 1}`);
      return { host, port, sent, put, taken } as Exchange;
    }),
    sharing: once(async () => {
      const applied = await trial.apply();
      const leftOut = applied.ok
        ? applied.leftOut.filter(({ part }) => part === "api" || part === "worker")
        : [];
      if (leftOut.length > 0) return { leftOut, workers: [], run: null };
      const { workloads } = await manifests();
      const worker = workloads.find(({ part }) => part === "worker");
      if (worker) await trial.scale(worker, WORKERS);
      const workers = await trial.waitFor(["api", "worker"], (one) =>
        one === worker ? WORKERS : Math.min(one.replicas, 1),
      );
      if (!workers.every(isReady)) return { leftOut, workers, run: null };
      const [pod = ""] = await debugPods();
      const { host, port } = await redisAt();
      const url = findApi(await manifests(), workers);
      const addresses = workers
        .filter(({ workload }) => workload === worker?.manifest.name)
        .flatMap((one) => one.pods.map(({ address }) => address));
      const body = JSON.stringify(job ?? { start: "2026-01-01", end: "2026-01-31" });
      cluster.progress(`submitting ${JOBS} jobs to ${url}`);
      const words = ["jobs", host, port, url, body, JOBS, PATIENCE, addresses.join(",")];
      const answer = await run(pod, words, PATIENCE + 60);
      return { leftOut, workers, run: { url, answer } } as Sharing;
    }),
  };
}

/** By its Service where it has one, else by a pod's address. */
function findApi({ workloads, manifests }: Manifests, states: readonly Readiness[]): string {
  const api = workloads.find(({ part }) => part === "api");
  const service = manifests.find((one) => api && one.kind === "Service" && selects(one, api));
  const [port] = service ? portsOf(service) : [];
  if (service && port) return `http://${service.name}:${port.port}/jobs`;
  const address = states
    .find(({ workload }) => workload === api?.manifest.name)
    ?.pods.find(({ ready }) => ready)?.address;
  return `http://${address ?? ""}:${listensOn(api)}/jobs`;
}

/** Flask's port, unless the container names another. */
function listensOn(api: Workload | undefined): number {
  return api?.containers.flatMap(({ ports }) => ports)[0]?.port ?? 5000;
}
