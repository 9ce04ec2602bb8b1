import {
  asFields,
  asList,
  asText,
  type Fault,
  type Fields,
  type Manifest,
  type Path,
} from "../manifests/manifest.js";
import { type PodSpec } from "../manifests/pod-spec.js";

/** What a pod tolerates, said in a way that the cluster takes. */
export function findBadTolerations({ fields, path }: PodSpec): Fault[] {
  return asList(fields["tolerations"]).flatMap((one, n): Fault[] => {
    const toleration = asFields(one);
    const at = (field: string): Path => [...path, "tolerations", n, field];
    const exists = toleration["operator"] === "Exists";
    if (exists && asText(toleration["value"]) !== "") {
      const says = "operator: Exists looks at the key only, and a value stands beside it";
      return [
        [at("value"), { mistake: "toleration", says, next: "remove the value, or write: operator: Equal" }],
      ];
    }
    if (!exists && asText(toleration["key"]) === "") {
      const says = "a toleration without a key tolerates everything, and says so with operator: Exists";
      return [
        [at("operator"), { mistake: "toleration", says, next: "add the key, or write: operator: Exists" }],
      ];
    }
    if (toleration["tolerationSeconds"] === undefined || toleration["effect"] === "NoExecute") return [];
    const says = "tolerationSeconds goes with effect: NoExecute only";
    return [
      [
        at("tolerationSeconds"),
        { mistake: "toleration", says, next: "remove it, or write: effect: NoExecute" },
      ],
    ];
  });
}

/** What goes together with what. */
export function findBadPolicies({ kind, content }: Manifest, { fields, path }: PodSpec): Fault[] {
  const faults: Fault[] = [];
  const spec = asFields(content["spec"]);
  if (fields["dnsPolicy"] === "None" && asList(asFields(fields["dnsConfig"])["nameservers"]).length === 0) {
    const says = "dnsPolicy: None leaves the pod without a name server";
    const next = "remove the line: the pod then knows the names of Services";
    faults.push([[...path, "dnsPolicy"], { mistake: "bad-value", says, next }]);
  }
  const restart = asText(fields["restartPolicy"]);
  if ((kind === "Job" || kind === "CronJob") && (restart === "" || restart === "Always")) {
    const says = `the pods of a ${kind} come to an end: their restartPolicy is OnFailure or Never${restart === "" ? ", and it must be written" : ""}`;
    const next = `write below ${path.join(".")}: restartPolicy: Never`;
    faults.push([[...path, "restartPolicy"], { mistake: "restart-policy", says, next }]);
  }
  if (kind === "Job" && "selector" in spec && spec["manualSelector"] !== true) {
    const says = "a Job finds its own pods, and takes no selector";
    faults.push([["spec", "selector"], { mistake: "bad-value", says, next: "remove selector" }]);
  }
  return [...faults, ...(kind === "Deployment" ? findBadStrategy(asFields(spec["strategy"])) : [])];
}

function findBadStrategy({ type, rollingUpdate }: Fields): Fault[] {
  if (rollingUpdate === undefined || rollingUpdate === null) return [];
  const path = ["spec", "strategy", "rollingUpdate"];
  if (type === "Recreate") {
    const says = "with type: Recreate all pods are ended first, and rollingUpdate says something else";
    return [[path, { mistake: "strategy", says, next: "remove rollingUpdate, or type: Recreate" }]];
  }
  const { maxSurge, maxUnavailable } = asFields(rollingUpdate);
  const isNone = (value: unknown): boolean => value === 0 || value === "0%";
  if (!isNone(maxSurge) || !isNone(maxUnavailable)) return [];
  const says = "with maxSurge and maxUnavailable both 0 no pod may be made, and none ended";
  return [[[...path, "maxUnavailable"], { mistake: "strategy", says, next: "write: maxSurge: 1" }]];
}
