import { selects } from "./findings/selectors.js";
import { asFields, asList, asText, type Fields, type Manifest, type Path, valueAt } from "./manifest.js";
import { isRedisImage, readWorkloads, type Workload } from "./workloads.js";

/** What a cluster has of Redis that no file of the student's describes. */
export interface RunningRedis {
  context: string;
  namespace: string;
  /** What runs it, its Services, claims and settings; empty where none is ready there. */
  manifests: readonly Manifest[];
}

/** What is asked for, as kubectl calls it. */
export const LOOKED_FOR = "deployments,statefulsets,pods,services,configmaps,persistentvolumeclaims";

/**
 * Of the objects of a namespace (`kubectl get … --output json`), a Redis that is ready, with all that belongs to it. They are
 * described as an author would have written them; `written` is the namespace that the student's files give, if any.
 */
export function findRunningRedis(
  objects: readonly unknown[],
  namespace: string,
  written: string | null,
): Manifest[] {
  // What a controller has made is described by what made that.
  const own = objects
    .map(asFields)
    .filter((one) => asList(asFields(one["metadata"])["ownerReferences"]).length === 0);
  const manifests = own.map((one) => describe(one, namespace, written));
  const ready = new Set(manifests.filter((_, n) => isReady(own[n] ?? {})));
  const services = manifests.filter(({ kind }) => kind === "Service");
  const all = readWorkloads(manifests).filter(
    ({ manifest, containers }) => ready.has(manifest) && containers.some(({ image }) => isRedisImage(image)),
  );
  const redis = all.find((one) => services.some((service) => selects(service, one))) ?? all[0];
  if (!redis) return [];
  return [redis.manifest, ...manifests.filter((one) => belongs(one, redis))];
}

function isReady({ kind, status }: Fields): boolean {
  const { readyReplicas, conditions } = asFields(status);
  if (kind !== "Pod") return Number(readyReplicas ?? 0) > 0;
  return asList(conditions)
    .map(asFields)
    .some((one) => one["type"] === "Ready" && one["status"] === "True");
}

function belongs(one: Manifest, redis: Workload): boolean {
  const { manifest, podPath } = redis;
  switch (one.kind) {
    case "Service":
      return selects(one, redis);
    case "PersistentVolumeClaim":
      return [...redis.claims.values()].some(({ claim, made }) => !made && claim === one.name);
    case "ConfigMap":
      return asList(valueAt(manifest.content, [...podPath, "spec", "volumes"])).some(
        (volume) => valueAt(volume, ["configMap", "name"]) === one.name,
      );
    default:
      return false;
  }
}

function describe(object: Fields, namespace: string, written: string | null): Manifest {
  const kind = asText(object["kind"]);
  const { name: called, labels } = asFields(object["metadata"]);
  const name = asText(called);
  const metadata = { name, ...(labels !== undefined && { labels }), ...(written && { namespace: written }) };
  const { apiVersion, data, spec } = object;
  const content: Fields = {
    ...{ apiVersion, kind, metadata },
    ...(data !== undefined && { data }),
    ...(spec !== undefined && { spec: asAuthored(kind, asFields(spec)) }),
  };
  return {
    ...{ file: `${kind} ${name} in the namespace ${namespace}`, kind, name, content },
    ...{ apiVersion: asText(apiVersion), namespace: written },
    at: (path) => ({
      file: `${kind} ${name} in the namespace ${namespace}`,
      ...{ line: 0, text: showValue(content, path) },
      shownBy: `kubectl get ${kind.toLowerCase()} ${name} --namespace ${namespace} --output yaml`,
    }),
    plain: () => null,
  };
}

/** Without what the cluster has chosen for this very object: machine, volume, account. */
function asAuthored(kind: string, spec: Fields): Fields {
  switch (kind) {
    case "Service":
      return without(spec, "clusterIPs", "healthCheckNodePort");
    case "PersistentVolumeClaim":
      return without(spec, "volumeName");
    case "Pod":
      return withoutAccount(spec);
    default: {
      const template = asFields(spec["template"]);
      return {
        ...spec,
        template: { ...template, spec: withoutAccount(asFields(template["spec"])) },
        ...("volumeClaimTemplates" in spec && {
          volumeClaimTemplates: asList(spec["volumeClaimTemplates"]).map((one) =>
            without(asFields(one), "status"),
          ),
        }),
      };
    }
  }
}

/** A service account's token is mounted into each pod, under a name of its own. */
const TOKEN = /^kube-api-access-/;

function withoutAccount(pod: Fields): Fields {
  const unlessToken = (list: unknown): Fields[] =>
    asList(list)
      .map(asFields)
      .filter(({ name }) => !TOKEN.test(asText(name)));
  return {
    ...without(pod, "nodeName", "serviceAccount", "serviceAccountName"),
    ...("volumes" in pod && { volumes: unlessToken(pod["volumes"]) }),
    containers: asList(pod["containers"])
      .map(asFields)
      .map((one) => ({
        ...one,
        ...("volumeMounts" in one && { volumeMounts: unlessToken(one["volumeMounts"]) }),
      })),
  };
}

function without(fields: Fields, ...names: string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}

/** As a line of YAML would have it, as far as the path leads. */
function showValue(content: Fields, path: Path): string {
  const end = path.findIndex((_, n) => valueAt(content, path.slice(0, n + 1)) === undefined);
  const there = end === -1 ? path : path.slice(0, end);
  const key = there.findLast((part) => typeof part === "string");
  return key === undefined ? "" : `${key}: ${asText(valueAt(content, there))}`.trim();
}
