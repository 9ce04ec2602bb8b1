import { findSimilar } from "../../../text/similar.js";
import { type LeftAlone, type Manifest, type ManifestFinding } from "./manifest.js";

/** The apiVersions in which clusters know each kind today. https://kubernetes.io/docs/reference/kubernetes-api/ */
const VERSIONS: Readonly<Record<string, readonly string[]>> = {
  ...versions(["apps/v1"], "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"),
  ...versions(["v1"], "Pod", "Service", "ConfigMap", "Secret", "Namespace", "ServiceAccount", "Endpoints"),
  ...versions(["v1"], "PersistentVolume", "PersistentVolumeClaim", "ResourceQuota", "LimitRange"),
  ...versions(["v1"], "ReplicationController", "PodTemplate", "Node", "Event", "Binding", "ComponentStatus"),
  ...versions(["apps/v1"], "ControllerRevision"),
  ...versions(["batch/v1"], "Job", "CronJob"),
  ...versions(["networking.k8s.io/v1"], "Ingress", "IngressClass", "NetworkPolicy"),
  ...versions(["autoscaling/v2", "autoscaling/v1"], "HorizontalPodAutoscaler"),
  ...versions(["policy/v1"], "PodDisruptionBudget"),
  ...versions(["rbac.authorization.k8s.io/v1"], "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding"),
  ...versions(["storage.k8s.io/v1"], "StorageClass", "CSIDriver", "CSINode", "CSIStorageCapacity"),
  ...versions(["storage.k8s.io/v1"], "VolumeAttachment"),
  ...versions(["scheduling.k8s.io/v1"], "PriorityClass"),
  ...versions(["node.k8s.io/v1"], "RuntimeClass"),
  ...versions(["coordination.k8s.io/v1"], "Lease"),
  ...versions(["discovery.k8s.io/v1"], "EndpointSlice"),
  ...versions(["apiextensions.k8s.io/v1"], "CustomResourceDefinition"),
  ...versions(["apiregistration.k8s.io/v1"], "APIService"),
  ...versions(["certificates.k8s.io/v1"], "CertificateSigningRequest"),
};

/** Kinds that nobody needs here, and whose versions differ from cluster to cluster. */
const OTHERS =
  /^(?:flowcontrol\.apiserver|admissionregistration|resource|authorization|authentication|events|internal\.apiserver)\.k8s\.io\/|^networking\.k8s\.io\/\w+ (?:ServiceCIDR|IPAddress)$|^storage\.k8s\.io\/\w+ VolumeAttributesClass$/;

const GROUPS = new Set(Object.values(VERSIONS).flatMap((all) => all.map(groupOf)));

function versions(all: readonly string[], ...kinds: string[]): Record<string, readonly string[]> {
  return Object.fromEntries(kinds.map((kind) => [kind, all]));
}

/** "apps" of apps/v1, "" of v1. */
function groupOf(apiVersion: string): string {
  return apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
}

/** Whether the object is one of Kubernetes', what is wrong with its kind and apiVersion, or why it is none of ours. */
export function judgeKind(manifest: Manifest): ManifestFinding | LeftAlone | null {
  const { file, kind, apiVersion, at } = manifest;
  if (kind === "") {
    return {
      ...at(["apiVersion"]),
      mistake: "kind-missing",
      part: null,
      says: "this object has no kind: a cluster cannot tell what it is to make of it",
      next: "begin it with apiVersion and kind, such as apiVersion: apps/v1 and kind: Deployment",
    };
  }
  const right = VERSIONS[kind];
  if (apiVersion === "") {
    return {
      ...at(["kind"]),
      mistake: "api-version-missing",
      part: null,
      says: `this ${kind} has no apiVersion`,
      next: `write above it: apiVersion: ${right?.[0] ?? "apps/v1"}`,
    };
  }
  if (right === undefined && OTHERS.test(`${apiVersion} ${kind}`)) return null;
  if (right === undefined) {
    const similar = findSimilar(kind, Object.keys(VERSIONS));
    // A group of somebody's own has kinds of its own.
    if (!GROUPS.has(groupOf(apiVersion)) && similar === null)
      return { file, why: `${kind} of ${apiVersion} is no object of Kubernetes' own` };
    return {
      ...at(["kind"]),
      mistake: "unknown-kind",
      part: null,
      says: `Kubernetes knows no kind ${kind}`,
      next: similar === null ? "look at the kind's name" : `write: kind: ${similar}`,
    };
  }
  if (right.includes(apiVersion)) return null;
  const [first = ""] = right;
  const old = /beta|alpha/.test(apiVersion);
  return {
    ...at(["apiVersion"]),
    mistake: "wrong-api-version",
    part: null,
    says: old
      ? `${apiVersion} for a ${kind} is of older clusters, and gone from today's`
      : `a ${kind} is not in ${apiVersion}: ${first === "v1" ? "it is one of the core objects" : `it belongs to the group ${groupOf(first)}`}`,
    next: `write: apiVersion: ${first}`,
  };
}
