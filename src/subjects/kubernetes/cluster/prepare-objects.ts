import { asFields, asList, asText, type Fields, without } from "../manifests/manifest.js";
import { type Manifests } from "../manifests/manifests.js";
import { HEADLESS, Hosts } from "./hosts.js";
import { type LeftOut, Leaving } from "./left-out.js";
import { withinPods } from "./pod-specs.js";

export interface Prepared {
  /** A List, as kubectl apply takes it. */
  list: Fields;
  /** Such as Deployment redis. */
  objects: readonly string[];
  /** What is other than in the files, in words. */
  notes: readonly string[];
  leftOut: readonly LeftOut[];
}

/** Pods that come before what they need are in trouble for a moment. */
const FIRST = [
  "ServiceAccount",
  "Role",
  "RoleBinding",
  "ConfigMap",
  "Secret",
  "PersistentVolumeClaim",
  "Service",
];

/**
 * The student's objects for a namespace of their own: a copy, in which nothing leads to another namespace, takes a port of the
 * cluster's machines, or orders a load balancer. `home` is the namespace in which the student works.
 */
export function prepareObjects(
  all: Pick<Manifests, "manifests" | "workloads" | "running">,
  namespace: string,
  home: string,
): Prepared {
  const { manifests, workloads } = all;
  const notes: string[] = [];
  const spaces = new Set([home, ...manifests.flatMap((one) => one.namespace ?? [])]);
  const hosts = new Hosts(manifests, spaces, namespace);
  const leaving = new Leaving(all, hosts);
  const leftOut = manifests.flatMap((one) => leaving.judge(one) ?? []);
  notes.push(...leftOut.map(({ what, why }) => `${what} is left out: ${why}`));
  const kept = manifests.filter((one) => !leftOut.some(({ manifest }) => manifest === one));
  const items = kept.map((manifest) => {
    const { kind, name, content } = manifest;
    const isRedis = workloads.some((one) => one.manifest === manifest && one.part === "redis");
    const object = withinPods(hosts.moved(content), isRedis, (change) => {
      notes.push(`${kind} ${name} ${change}`);
    });
    return {
      ...object,
      metadata: { ...asFields(object["metadata"]), namespace },
      ...(kind === "Service" && { spec: withinCluster(asFields(object["spec"]), name, notes) }),
    };
  });
  const order = (one: Fields): number => FIRST.indexOf(asText(one["kind"])) + 1 || FIRST.length + 1;
  items.sort((one, other) => order(one) - order(other));
  return {
    list: { apiVersion: "v1", kind: "List", items },
    objects: kept.map(({ kind, name }) => `${kind} ${name}`),
    notes,
    leftOut,
  };
}

function withinCluster(spec: Fields, name: string, notes: string[]): Fields {
  // An address that the cluster has given to another Service cannot be given again.
  const own = spec["clusterIP"] === HEADLESS ? spec : without(spec, "clusterIP");
  const type = asText(spec["type"]);
  if (type !== "LoadBalancer" && type !== "NodePort") return own;
  notes.push(`the Service ${name} is of type ClusterIP here, not ${type}`);
  const ports = asList(spec["ports"]).map((one) => {
    return without(asFields(one), "nodePort");
  });
  return { ...own, type: "ClusterIP", ports };
}
