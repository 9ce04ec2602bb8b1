import { isReady, type Readiness } from "../cluster/readiness.js";
import { type LeftOut } from "../cluster/left-out.js";
import { type Endpoints } from "../cluster/endpoints.js";
import { type Trial } from "../cluster/trial.js";
import { portsOf } from "../findings/services.js";
import { selects } from "../findings/selectors.js";
import { type Manifests } from "../manifests/manifests.js";
import { type Workload } from "../workloads.js";
import { type InPod, type PodRunner } from "./in-pod.js";
import { type Silence, waitForAnswer } from "./silence.js";

/** A worker as Redis sees it. */
export interface WorkerClient {
  address: string;
  dbs: readonly number[];
  /** It waits for something to come (BLPOP and its like). */
  waits: boolean;
}

/** What became of the jobs. */
interface Jobs {
  jobs: readonly { id: string; by: readonly string[] }[];
  /** Where they were put. */
  puts: readonly { db: number; key: string }[];
  workers: readonly WorkerClient[];
}

/** How the API was asked. */
export interface ApiRun {
  url: string;
  /** Behind its Service; null without one, or where the cluster does not say. */
  endpoints: Endpoints | null;
  /** Where it was not reached. */
  silence: Silence | null;
  answer: InPod<Jobs>;
}

/** Jobs that were submitted while several workers ran. */
export interface Sharing {
  /** The programs that were not applied: then nothing was run. */
  leftOut: readonly LeftOut[];
  workers: readonly Readiness[];
  /** Null where the workers did not get ready. */
  run: ApiRun | null;
}

export const WORKERS = 3;
const JOBS = 6;
/** Seconds: for an API that installs packages first, for workers to be connected, and for the jobs to be taken. */
const PATIENCE = { api: 60, workers: 45, jobs: 120 };

interface Place {
  pod: string;
  host: string;
  port: number;
  body: string;
  hasPolicy: boolean;
}

/** Sets the workers to three, waits until the API and they are at work, and submits jobs. */
export async function shareJobs(
  trial: Trial,
  pods: PodRunner,
  manifests: Manifests,
  { pod, host, port, body, hasPolicy }: Place,
): Promise<Sharing> {
  const applied = await trial.apply();
  const leftOut = applied.ok ? applied.leftOut.filter(({ part }) => part === "api" || part === "worker") : [];
  if (leftOut.length > 0) return { leftOut, workers: [], run: null };
  const worker = manifests.workloads.find(({ part }) => part === "worker");
  if (worker) await trial.scale(worker, WORKERS);
  const states = await trial.waitFor(["api", "worker"], (one) =>
    one === worker ? WORKERS : Math.min(one.replicas, 1),
  );
  if (!states.every(isReady)) return { leftOut, workers: states, run: null };
  const api = findApi(manifests, states);
  const endpoints = api.service === null ? null : await trial.waitForEndpoints(api.service);
  const found = { url: `http://${api.host}:${api.port}/jobs`, endpoints, silence: null };
  const patience = endpoints?.ready.length === 0 ? 0 : PATIENCE.api;
  trial.tell(`waiting until the API answers at ${api.host}:${api.port} (at most ${patience} s)`);
  const listener = api.pod && { ...api.pod, port: endpoints?.ports[0] ?? api.listens, by: "python" as const };
  const silent = await waitForAnswer(trial, pods, pod, { ...api, patience }, listener, hasPolicy);
  if (silent)
    return { leftOut, workers: states, run: { ...found, silence: silent.silence, answer: silent.failed } };
  const addresses = states
    .filter(({ workload }) => workload === worker?.manifest.name)
    .flatMap((one) => one.pods.map(({ address }) => address))
    .join(",");
  trial.tell(`waiting until ${WORKERS} workers are connected to Redis (at most ${PATIENCE.workers} s)`);
  const connected = await pods.run<object>(
    pod,
    ["workers", host, port, PATIENCE.workers, addresses],
    PATIENCE.workers,
  );
  if (connected.error !== undefined)
    return { leftOut, workers: states, run: { ...found, answer: connected } };
  trial.tell(`submitting ${JOBS} jobs to ${found.url} (at most ${PATIENCE.jobs} s until they are taken)`);
  const words = ["jobs", host, port, found.url, body, JOBS, PATIENCE.jobs, addresses];
  const answer = await pods.run<Jobs>(pod, words, PATIENCE.jobs);
  return { leftOut, workers: states, run: { ...found, answer } };
}

interface Api {
  /** Its Service; null where it has none. */
  service: string | null;
  host: string;
  port: number;
  /** Of the first of its pods that is ready. */
  pod: { name: string; address: string } | null;
  listens: number;
}

/** By its Service where it has one, else by a pod's address. */
function findApi({ workloads, manifests }: Manifests, states: readonly Readiness[]): Api {
  const api = workloads.find(({ part }) => part === "api");
  const service = manifests.find((one) => api && one.kind === "Service" && selects(one, api));
  const [port] = service ? portsOf(service) : [];
  const pod =
    states.find(({ workload }) => workload === api?.manifest.name)?.pods.find(({ ready }) => ready) ?? null;
  const listens = listensOn(api);
  return service && port
    ? { service: service.name, host: service.name, port: port.port, pod, listens }
    : { service: null, host: pod?.address ?? "", port: listens, pod, listens };
}

/** Flask's port, unless the container names another. */
function listensOn(api: Workload | undefined): number {
  return api?.containers.flatMap(({ ports }) => ports)[0]?.port ?? 5000;
}
