import { asText, findingsOf, type Manifest, type ManifestFinding } from "../manifests/manifest.js";
import { containersOf, podSpecOf } from "../manifests/pod-spec.js";
import { findBadContainerPorts } from "./container-ports.js";
import { findBadPolicies, findBadTolerations } from "./policies.js";
import { findBadProbes } from "./probes.js";
import { findBadResources } from "./resources.js";
import { twice } from "./twice.js";
import { findBadMounts, findBadVolumes } from "./volumes.js";

/** What the schema allows and the cluster refuses, in what describes pods. */
export function findBadPods(manifest: Manifest): ManifestFinding[] {
  const pod = podSpecOf(manifest);
  if (!pod) return [];
  const containers = containersOf(pod);
  return findingsOf(manifest, [
    ...twice(
      containers.map(({ fields, path }) => [[...path, "name"], asText(fields["name"])]),
      (name) => ({
        mistake: "duplicate-name",
        says: `two containers of ${manifest.name} are called ${name}`,
        next: "give each a name of its own",
      }),
    ),
    ...findBadVolumes(pod),
    ...containers.flatMap((one) => [
      ...findBadMounts(one, manifest, pod),
      ...findBadContainerPorts(one),
      ...findBadProbes(one),
      ...findBadResources(one),
    ]),
    ...findBadTolerations(pod),
    ...findBadPolicies(manifest, pod),
  ]);
}
