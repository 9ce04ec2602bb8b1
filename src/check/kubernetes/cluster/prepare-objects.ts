import { createHash } from "node:crypto";
import { hostname } from "node:os";
import { isAlive } from "../../../is-alive.js";
import { redisAddresses } from "../findings/addresses.js";
import { asFields, asList, asText, type Fields, type Manifest, valueAt } from "../manifest.js";
import { type Manifests } from "../manifests.js";
import { type Workload } from "../workloads.js";
import { HEADLESS, Hosts } from "./hosts.js";

/** What belongs to a whole cluster, or reaches out of it, is not made for a trial. */
const LEFT_OUT = new Set([
  ...["Namespace", "PersistentVolume", "StorageClass", "ClusterRole", "ClusterRoleBinding", "IngressClass"],
  ...["Ingress", "ResourceQuota", "LimitRange"],
]);

export interface Prepared {
  /** A List, as kubectl apply takes it. */
  list: Fields;
  /** Such as Deployment redis. */
  objects: readonly string[];
  /** What is other than in the files, in words. */
  notes: readonly string[];
}

/**
 * The student's objects for a namespace of their own: a copy, in which nothing leads to another namespace, takes a port of the
 * cluster's machines, or orders a load balancer. `home` is the namespace in which the student works.
 */
export function prepareObjects(
  { manifests, workloads }: Pick<Manifests, "manifests" | "workloads">,
  namespace: string,
  home: string,
): Prepared {
  const notes: string[] = [];
  const spaces = new Set([home, ...manifests.flatMap((one) => one.namespace ?? [])]);
  const hosts = new Hosts(manifests, spaces, namespace);
  const kept = manifests.filter((manifest) => {
    const why = LEFT_OUT.has(manifest.kind) ? "" : leadsAway(manifest, workloads, hosts);
    if (why !== null) notes.push(`${manifest.kind} ${manifest.name} is left out${why}`);
    return why === null;
  });
  const items = kept.map(({ kind, name, content }) => {
    const object = hosts.moved(content);
    return {
      ...object,
      metadata: { ...asFields(object["metadata"]), namespace },
      ...(kind === "Service" && { spec: withinCluster(asFields(object["spec"]), name, notes) }),
    };
  });
  return {
    list: { apiVersion: "v1", kind: "List", items },
    objects: kept.map(({ kind, name }) => `${kind} ${name}`),
    notes,
  };
}

/** A worker that asks a Redis of the student's own would take messages from it. */
function leadsAway(manifest: Manifest, workloads: readonly Workload[], hosts: Hosts): string | null {
  const workload = workloads.find((one) => one.manifest === manifest);
  if (!workload || workload.part === "redis" || workload.part === "debug") return null;
  const address = workload.containers
    .flatMap(redisAddresses)
    .find(({ host }) => host !== null && hosts.leadsAway(host));
  return address ? `: its ${address.variable} is the address ${address.host ?? ""}` : null;
}

function withinCluster(spec: Fields, name: string, notes: string[]): Fields {
  // An address that the cluster has given to another Service cannot be given again.
  const own = Object.fromEntries(
    Object.entries(spec).filter(([field, value]) => field !== "clusterIP" || value === HEADLESS),
  );
  const type = asText(spec["type"]);
  if (type !== "LoadBalancer" && type !== "NodePort") return own;
  notes.push(`the Service ${name} is of type ClusterIP here, not ${type}`);
  const ports = asList(spec["ports"]).map((one) => {
    return Object.fromEntries(Object.entries(asFields(one)).filter(([field]) => field !== "nodePort"));
  });
  return { ...own, type: "ClusterIP", ports };
}

/** The labels of a trial's namespace. `home` tells apart the users of one cluster, and `tq.host` their machines. */
export function namespaceLabels(home: string): Record<string, string> {
  const id = createHash("sha256").update(home).digest("hex").slice(0, 16);
  // What a label may hold, whatever a machine is called.
  const host = hostname()
    .replace(/[^\w.-]/g, "-")
    .slice(0, 40);
  return { "tq.owner": "tq", "tq.role": "exercise-8", "tq.home": id, "tq.host": `h-${host}-0` };
}

/** The namespace of a trial, with the process that will remove it. */
export function makeNamespace(name: string, home: string): Fields {
  const labels = { ...namespaceLabels(home), "tq.pid": String(process.pid) };
  return { apiVersion: "v1", kind: "Namespace", metadata: { name, labels } };
}

/** Of the namespaces with our labels, the names of those whose process is gone: it was killed before it could remove them. */
export function leftBehind(namespaces: readonly unknown[]): string[] {
  return namespaces.flatMap((one) => {
    const { name, labels } = asFields(asFields(one)["metadata"]);
    const pid = Number(asText(asFields(labels)["tq.pid"]));
    return typeof name === "string" && pid > 0 && !isAlive(pid) ? [name] : [];
  });
}

/** Where Redis' own Service leads, from inside: the port that it takes connections on. */
export function servicePort(service: Manifest): number {
  const ports = asList(valueAt(service.content, ["spec", "ports"])).map((one) =>
    Number(asFields(one)["port"]),
  );
  return ports.find((port) => port === 6379) ?? ports[0] ?? 6379;
}
