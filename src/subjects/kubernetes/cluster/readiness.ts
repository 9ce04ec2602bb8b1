import { asFields, asList, asText, type Fields } from "../manifests/manifest.js";
import { type Workload } from "../workloads.js";
import { findTrouble, nameOf, type Trouble } from "./trouble.js";

/** One pod, as the cluster tells it. */
export interface PodState {
  name: string;
  /** Its address in the cluster; "" while it has none. */
  address: string;
  ready: boolean;
  /** How often its containers were started again. */
  restarts: number;
  trouble: Trouble | null;
}

/** How far a workload's pods are. */
export interface Readiness {
  workload: string;
  wanted: number;
  pods: readonly PodState[];
  /** What keeps it from having pods at all, such as a quota. */
  trouble: Trouble | null;
}

/** Reads it from the objects of a namespace (`kubectl get … --output json`): pods, events, claims, Deployments and ReplicaSets. */
export function readReadiness(objects: readonly unknown[], workload: Workload, wanted: number): Readiness {
  const all = objects.map(asFields);
  const ofKind = (kind: string): Fields[] => all.filter((one) => one["kind"] === kind);
  const events = ofKind("Event");
  const claims = ofKind("PersistentVolumeClaim");
  const pods = ofKind("Pod")
    .filter((pod) => belongs(pod, workload) && !("deletionTimestamp" in asFields(pod["metadata"])))
    .map((pod) => {
      const trouble = findTrouble(pod, events, claims);
      return {
        name: nameOf(pod),
        address: asText(asFields(pod["status"])["podIP"]),
        ready: trouble === null,
        restarts: countRestarts(pod),
        trouble,
      };
    });
  return {
    workload: workload.manifest.name,
    wanted,
    pods,
    trouble: pods.length > 0 ? null : findCreationTrouble(workload.manifest.name, all),
  };
}

export function countRestarts(pod: Fields): number {
  const states = asList(asFields(pod["status"])["containerStatuses"]).map(asFields);
  return states.reduce((sum, { restartCount }) => sum + Number(restartCount ?? 0), 0);
}

/** The same for as long as no pod comes, goes, or is started again. */
export function showPods(all: readonly Readiness[]): string {
  return all.flatMap(({ pods }) => pods.map(({ name, restarts }) => `${name} ${restarts}`)).join(", ");
}

function belongs(pod: Fields, { labels, manifest, podPath }: Workload): boolean {
  if (podPath.length === 0) return nameOf(pod) === manifest.name;
  const own = asFields(asFields(pod["metadata"])["labels"]);
  return Object.entries(labels).every(([key, value]) => own[key] === value);
}

/** A controller that may not make its pods says so in a condition of its own. */
function findCreationTrouble(name: string, all: readonly Fields[]): Trouble | null {
  const message = all
    .filter((one) => nameOf(one) === name || nameOf(one).startsWith(`${name}-`))
    .flatMap((one) => asList(asFields(one["status"])["conditions"]).map(asFields))
    .filter((one) => one["type"] === "ReplicaFailure" && one["status"] === "True")
    .map((one) => asText(one["message"]))
    .at(0);
  if (message === undefined) return null;
  return {
    reason: "FailedCreate",
    whose: /serviceaccount .* not found/i.test(message) ? "student" : "machine",
    says: `the cluster makes no pod for ${name}: ${message}`,
    next: "kubectl describe quota   and: kubectl get events   show more",
  };
}

export function isReady({ pods, wanted }: Readiness): boolean {
  return pods.filter(({ ready }) => ready).length >= wanted;
}

/** What will not mend itself, the machine's before the student's; null while there is hope. */
export function decidedTrouble(all: readonly Readiness[]): Trouble | null {
  const troubles = allTroubles(all).filter(({ whose }) => whose !== "time");
  return troubles.find(({ whose }) => whose === "machine") ?? troubles[0] ?? null;
}

export function allTroubles(all: readonly Readiness[]): Trouble[] {
  return all.flatMap(({ trouble, pods }) =>
    [trouble, ...pods.map((pod) => pod.trouble)].filter((one) => one !== null),
  );
}

/** As `redis 1/1, python-debug 0/2`. */
export function showProgress(all: readonly Readiness[]): string {
  return all
    .map(({ workload, pods, wanted }) => `${workload} ${pods.filter(({ ready }) => ready).length}/${wanted}`)
    .join(", ");
}
