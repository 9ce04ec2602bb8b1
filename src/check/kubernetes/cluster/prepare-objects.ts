import { createHash } from "node:crypto";
import { hostname } from "node:os";
import { isAlive } from "../../../is-alive.js";
import { asFields, asList, asText, type Fields, type Manifest, valueAt } from "../manifest.js";

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
 * cluster's machines, or orders a load balancer.
 */
export function prepareObjects(manifests: readonly Manifest[], namespace: string): Prepared {
  const notes: string[] = [];
  const spaces = new Set(manifests.flatMap((one) => one.namespace ?? []));
  const kept = manifests.filter(({ kind, name }) => {
    if (!LEFT_OUT.has(kind)) return true;
    notes.push(`${kind} ${name} is left out`);
    return false;
  });
  const items = kept.map((manifest) => {
    const content = structuredClone(manifest.content) as Record<string, unknown>;
    content["metadata"] = { ...asFields(content["metadata"]), namespace };
    if (manifest.kind === "Service")
      content["spec"] = withinCluster(asFields(content["spec"]), manifest.name, notes);
    return renameSpaces(content, spaces, namespace);
  });
  return {
    list: { apiVersion: "v1", kind: "List", items },
    objects: kept.map(({ kind, name }) => `${kind} ${name}`),
    notes,
  };
}

function withinCluster(spec: Fields, name: string, notes: string[]): Fields {
  const type = asText(spec["type"]);
  if (type !== "LoadBalancer" && type !== "NodePort") return spec;
  notes.push(`the Service ${name} is of type ClusterIP here, not ${type}`);
  const ports = asList(spec["ports"]).map((one) => {
    return Object.fromEntries(Object.entries(asFields(one)).filter(([field]) => field !== "nodePort"));
  });
  return { ...spec, type: "ClusterIP", ports };
}

/** Values such as redis-db.mine.svc.cluster.local name the student's namespace. */
function renameSpaces(value: unknown, spaces: ReadonlySet<string>, to: string): unknown {
  if (typeof value === "string") {
    const [, service = "", space = "", rest = ""] =
      /^([a-z][a-z0-9-]*)\.([a-z0-9-]+)((?:\.svc.*)?)$/.exec(value) ?? [];
    return spaces.has(space) ? `${service}.${to}${rest}` : value;
  }
  if (Array.isArray(value)) return value.map((one) => renameSpaces(one, spaces, to));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, renameSpaces(inner, spaces, to)]),
  );
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
