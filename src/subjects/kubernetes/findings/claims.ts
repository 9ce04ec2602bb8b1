import { type Manifest, type ManifestFinding } from "../manifests/manifest.js";
import { type Workload } from "../workloads.js";
import { spaceOf } from "./services.js";

const DATA = "/data";

/** Whether what Redis saves is kept: a claim that is there, mounted where Redis writes. */
export function findClaimFaults(
  workloads: readonly Workload[],
  manifests: readonly Manifest[],
): ManifestFinding[] {
  const claims = manifests.filter(({ kind }) => kind === "PersistentVolumeClaim");
  return workloads.flatMap((workload) => {
    const part = workload.part === "redis" ? "claim" : workload.part;
    const faults = [...workload.claims.values()].flatMap(({ claim, made, path }): ManifestFinding[] => {
      if (made || claims.some((one) => one.name === claim && one.namespace === workload.manifest.namespace))
        return [];
      const elsewhere = claims.find((one) => one.name === claim);
      const names = claims.map(({ name }) => name).join(", ");
      return [
        {
          ...workload.manifest.at(path),
          part,
          mistake: elsewhere ? "namespaces-differ" : "claim-missing",
          says: elsewhere
            ? `the claim ${claim} is in ${spaceOf(elsewhere.namespace)}, and ${workload.manifest.name} in ${spaceOf(workload.manifest.namespace)}`
            : `no file describes a claim ${claim}${names === "" ? "" : `; there is ${names}`}`,
          next: elsewhere
            ? "give both the same namespace, or leave it out of both"
            : names === ""
              ? `write a PersistentVolumeClaim whose name is ${claim}`
              : "make claimName and the claim's name the same",
        },
      ];
    });
    return faults.length > 0 || workload.part !== "redis" ? faults : judgeMount(workload);
  });
}

function judgeMount(workload: Workload): ManifestFinding[] {
  const { manifest, containers, claims, podPath } = workload;
  if (claims.size === 0) return [];
  const mounts = containers.flatMap((one) => one.mounts).filter(({ volume }) => claims.has(volume));
  const [first] = mounts;
  const [volume = ""] = claims.keys();
  const directory = /--dir\s+(\S+)/.exec(containers.flatMap(({ words }) => words).join(" "))?.[1];
  const wanted = directory ?? DATA;
  if (mounts.some(({ at }) => `${wanted}/`.startsWith(`${at.replace(/\/$/, "")}/`))) return [];
  return [
    {
      ...manifest.at(first ? [...first.path, "mountPath"] : [...podPath, "spec", "volumes"]),
      part: "claim",
      mistake: first ? "mount-path" : "claim-not-mounted",
      says: first
        ? `the claim is mounted at ${first.at}, and Redis saves in ${wanted}: its data would go with the container`
        : `the pod has the volume ${volume} with the claim, and the container does not mount it`,
      next: first
        ? `write: mountPath: ${wanted}`
        : `add to the container: volumeMounts: with an entry   - {name: ${volume}, mountPath: ${wanted}}`,
    },
  ];
}
