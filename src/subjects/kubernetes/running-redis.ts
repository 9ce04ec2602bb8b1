import { selects } from "./findings/selectors.js";
import {
  asFields,
  asList,
  asText,
  type Fields,
  type Manifest,
  type Path,
  valueAt,
  without,
} from "./manifests/manifest.js";
import { isRedisImage } from "../../compose/redis-image.js";
import { readWorkloads, type Workload } from "./workloads.js";

/** What a cluster has of Redis that no file of the student's describes. */
export interface RunningRedis {
  context: string;
  namespace: string;
  /** Why the cluster did not say what runs there; null where it did. */
  silence: string | null;
  /** What runs it, its Services, claims and settings; empty where none is ready there. */
  manifests: readonly Manifest[];
  /** Such as Deployment redis: what would run one, and has no pod that is ready. */
  notReady: readonly string[];
}

/** What is asked for, as kubectl calls it. */
export const LOOKED_FOR =
  "deployments,statefulsets,daemonsets,pods,services,configmaps,persistentvolumeclaims";

/**
 * Of the objects of a namespace (`kubectl get … --output json`), a Redis that is ready, with all that belongs to it. They are
 * described as an author would have written them; `written` is the namespace that the student's files give, if any.
 */
export function findRunningRedis(
  objects: readonly unknown[],
  namespace: string,
  written: string | null,
): Pick<RunningRedis, "manifests" | "notReady"> {
  const own = objects.map(asFields).filter((one) => !isMadeByAnother(one));
  const manifests = own.map((one) => describe(one, namespace, written));
  const ready = new Set(manifests.filter((_, n) => isReady(own[n] ?? {})));
  const services = manifests.filter(({ kind }) => kind === "Service");
  const all = readWorkloads(manifests).filter(isPrimary);
  const able = all.filter(({ manifest }) => ready.has(manifest));
  const redis = able.find((one) => services.some((service) => selects(service, one))) ?? able[0];
  return {
    manifests: redis ? [redis.manifest, ...manifests.filter((one) => belongs(one, redis))] : [],
    notReady: redis ? [] : all.map(({ manifest }) => `${manifest.kind} ${manifest.name}`),
  };
}

/** A Deployment's pods are described by it; a Deployment may belong to an operator of the cluster. */
function isMadeByAnother({ kind, metadata }: Fields): boolean {
  return kind === "Pod" && asList(asFields(metadata)["ownerReferences"]).length > 0;
}

/** One that takes messages: a copy of a replica would follow the same Redis as it. */
function isPrimary({ containers }: Workload): boolean {
  const redis = containers.find(({ image }) => isRedisImage(image));
  return redis !== undefined && !/\b(?:replica|slave)of\b/.test(redis.words.join(" "));
}

function isReady({ kind, status }: Fields): boolean {
  const { readyReplicas, numberReady, conditions } = asFields(status);
  if (kind !== "Pod") return Number(readyReplicas ?? numberReady ?? 0) > 0;
  return asList(conditions)
    .map(asFields)
    .some((one) => one["type"] === "Ready" && one["status"] === "True");
}

function belongs(one: Manifest, redis: Workload): boolean {
  switch (one.kind) {
    case "Service":
      return selects(one, redis);
    case "PersistentVolumeClaim":
      return [...redis.claims.values()].some(({ claim, made }) => !made && claim === one.name);
    case "ConfigMap":
      // As a volume, or as variables: wherever it is, it stands there by its name.
      return JSON.stringify(redis.manifest.content).includes(`"name":${JSON.stringify(one.name)}`);
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
    apiVersion,
    kind,
    metadata,
    ...(data !== undefined && { data }),
    ...(spec !== undefined && { spec: asAuthored(kind, asFields(spec)) }),
  };
  return {
    file: `${kind} ${name} in the namespace ${namespace}`,
    kind,
    name,
    content,
    apiVersion: asText(apiVersion),
    namespace: written,
    at: (path) => ({
      file: `${kind} ${name} in the namespace ${namespace}`,
      line: 0,
      text: showValue(content, path),
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
  const withoutToken = (list: unknown): Fields[] =>
    asList(list)
      .map(asFields)
      .map((one) =>
        "volumeMounts" in one ? { ...one, volumeMounts: unlessToken(one["volumeMounts"]) } : one,
      );
  return {
    ...without(pod, "nodeName", "serviceAccount", "serviceAccountName"),
    ...("volumes" in pod && { volumes: unlessToken(pod["volumes"]) }),
    ...("initContainers" in pod && { initContainers: withoutToken(pod["initContainers"]) }),
    containers: withoutToken(pod["containers"]),
  };
}

/** As a line of YAML would have it, as far as the path leads. */
function showValue(content: Fields, path: Path): string {
  const end = path.findIndex((_, n) => valueAt(content, path.slice(0, n + 1)) === undefined);
  const there = end === -1 ? path : path.slice(0, end);
  const key = there.findLast((part) => typeof part === "string");
  return key === undefined ? "" : `${key}: ${asText(valueAt(content, there))}`.trim();
}
