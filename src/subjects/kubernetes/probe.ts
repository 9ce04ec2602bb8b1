import { tryOnCluster } from "./cluster/dry-run.js";
import { RedisFinder } from "./cluster/redis-finder.js";
import { type PodState, type Readiness } from "./cluster/readiness.js";
import { type Removal } from "./cluster/removal.js";
import { type Applied, Trial } from "./cluster/trial.js";
import { serviceFor, servicePort } from "./findings/services.js";
import { type Exchange, exchangeMessages } from "./live/exchange.js";
import { PodRunner } from "./live/in-pod.js";
import { shareJobs, type Sharing } from "./live/sharing.js";
import { type Part } from "./manifests/manifest.js";
import { type Manifests, readManifests } from "./manifests/manifests.js";
import { redisPassword } from "./redis-password.js";
import { once } from "../../lab/once.js";
import { type Lab, type Subject } from "../subject.js";

export { type LeftOut } from "./cluster/left-out.js";
export { allTroubles, decidedTrouble, isReady, showProgress, type Readiness } from "./cluster/readiness.js";
export { type Removal } from "./cluster/removal.js";
export { type Applied } from "./cluster/trial.js";
export { type Trouble } from "./cluster/trouble.js";
export { redisAddresses } from "./findings/addresses.js";
export { portsOf, serviceFor } from "./findings/services.js";
export { type Exchange } from "./live/exchange.js";
export { type Silence } from "./live/silence.js";
export { type ApiRun, type Sharing, type WorkerClient, WORKERS } from "./live/sharing.js";
export { showPlace, type ManifestFinding } from "./manifests/manifest.js";
export { type Manifests } from "./manifests/manifests.js";
export { isRedisImage } from "../../compose/redis-image.js";
export { sleeps, type Workload } from "./workloads.js";

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

export const subject: Subject<ClusterProbe> = {
  open(lab) {
    const finder = new RedisFinder(lab);
    const trials: Trial[] = [];
    return {
      probe() {
        const manifests = once(() =>
          readManifests(
            lab.folder,
            lab.cluster.reads ? (namespace) => finder.find(namespace) : undefined,
            lab.cluster.agreed === true ? (described) => tryOnCluster(described, lab) : undefined,
          ),
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
  { assets, seed, job }: Lab,
  manifests: () => Promise<Manifests>,
  trial: Trial,
): ClusterProbe {
  const pods = once(() => trial.waitFor(["redis", "debug"], ({ replicas }) => replicas));
  const runner = new PodRunner(trial, assets, async () => {
    const { workloads, manifests: all } = await manifests();
    const redis = workloads.find(({ part }) => part === "redis");
    return redis ? redisPassword(redis, all) : null;
  });
  const redisAt = async (): Promise<{ host: string; port: number; hasPolicy: boolean }> => {
    const { workloads, manifests: all } = await manifests();
    const redis = workloads.find(({ part }) => part === "redis");
    const service = redis ? serviceFor(redis, all) : null;
    const hasPolicy = all.some(({ kind }) => kind === "NetworkPolicy");
    return { host: service?.name ?? "redis-db", port: service ? servicePort(service) : 6379, hasPolicy };
  };
  const podsOf = async (part: Part): Promise<PodState[]> => {
    const { workloads } = await manifests();
    const names = new Set(workloads.filter((one) => one.part === part).map(({ manifest }) => manifest.name));
    return (await pods()).filter(({ workload }) => names.has(workload)).flatMap((one) => [...one.pods]);
  };
  const debugPods = async (): Promise<string[]> => (await podsOf("debug")).map(({ name }) => name);
  return {
    manifests,
    pods,
    applied: trial.apply,
    removal: trial.remove,
    exchange: once(async () => {
      const [first = "", second = first] = await debugPods();
      const [redis = null] = await podsOf("redis");
      return exchangeMessages(trial, runner, { first, second, redis, ...(await redisAt()) }, seed);
    }),
    sharing: once(async () => {
      const [pod = ""] = await debugPods();
      const body = JSON.stringify(job ?? { start: "2026-01-01", end: "2026-01-31" });
      return shareJobs(trial, runner, await manifests(), { pod, body, ...(await redisAt()) });
    }),
  };
}
