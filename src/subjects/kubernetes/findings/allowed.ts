import {
  type Fault,
  findingsOf,
  type Manifest,
  type ManifestFinding,
  type Path,
  valueAt,
  visitValues,
  type Words,
} from "../manifests/manifest.js";
import { isMapping } from "./names.js";

const POLICIES = { pull: ["Always", "IfNotPresent", "Never"], restart: ["Always", "OnFailure", "Never"] };
const SELECTS = ["In", "NotIn", "Exists", "DoesNotExist"];

/** By where they stand, as the last names of a path: the only words that Kubernetes takes there. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  imagePullPolicy: POLICIES.pull,
  terminationMessagePolicy: ["File", "FallbackToLogsOnError"],
  protocol: ["TCP", "UDP", "SCTP"],
  dnsPolicy: ["ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"],
  "spec.restartPolicy": POLICIES.restart,
  "httpGet.scheme": ["HTTP", "HTTPS"],
  "tolerations.operator": ["Exists", "Equal"],
  "tolerations.effect": ["NoSchedule", "PreferNoSchedule", "NoExecute"],
  "matchExpressions.operator": [...SELECTS, "Gt", "Lt"],
  "selector.matchExpressions.operator": SELECTS,
  "strategy.type": ["RollingUpdate", "Recreate"],
  "updateStrategy.type": ["RollingUpdate", "OnDelete"],
  podManagementPolicy: ["OrderedReady", "Parallel"],
  concurrencyPolicy: ["Allow", "Forbid", "Replace"],
  volumeMode: ["Filesystem", "Block"],
  persistentVolumeReclaimPolicy: ["Retain", "Delete", "Recycle"],
  pathType: ["Exact", "Prefix", "ImplementationSpecific"],
  policyTypes: ["Ingress", "Egress"],
};
const OF_SERVICES: typeof WORDS = {
  "spec.type": ["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"],
  "spec.sessionAffinity": ["None", "ClientIP"],
};

/** What the schema allows and the cluster refuses: words and numbers that it does not take in their place. */
export function findNotAllowed(manifest: Manifest): ManifestFinding[] {
  const faults: Fault[] = [];
  visitValues(valueAt(manifest.content, ["spec"]), ["spec"], (value, path) => {
    const words = judgeValue(value, path, manifest.kind);
    if (words) faults.push([path, words]);
  });
  return findingsOf(manifest, faults);
}

function judgeValue(value: unknown, path: Path, kind: string): Words | null {
  const key = path.findLast((part) => typeof part === "string") ?? "";
  if (typeof value === "number") {
    return key === "replicas" && value < 0
      ? { mistake: "bad-value", says: `there cannot be ${value} pods`, next: "write: replicas: 1" }
      : null;
  }
  // Nothing means what is usual; a label may be called like any field.
  if (typeof value !== "string" || value === "") return null;
  if (path.some((_, n) => isMapping(path.slice(0, n), kind))) return null;
  const words = wordsAt(path, kind);
  if (!words || words.includes(value)) return null;
  const meant = words.find((one) => one.toLowerCase() === value.toLowerCase());
  return {
    mistake: "bad-value",
    says: `${key} cannot be ${value}: it is one of ${words.join(", ")}`,
    next: meant === undefined ? "take one of these, or remove the line" : `write: ${key}: ${meant}`,
  };
}

/** The longest name that fits says it. */
function wordsAt(path: Path, kind: string): readonly string[] | undefined {
  const names = path.filter((part) => typeof part === "string");
  for (const count of [3, 2, 1]) {
    const place = names.slice(-count).join(".");
    const words = (kind === "Service" ? OF_SERVICES[place] : undefined) ?? WORDS[place];
    if (words) return words;
  }
  return undefined;
}
