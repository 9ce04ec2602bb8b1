import {
  asFields,
  asList,
  asText,
  type Fault,
  type Manifest,
  valueAt,
  type Words,
} from "../manifests/manifest.js";
import { type ContainerSpec, type PodSpec } from "../manifests/pod-spec.js";
import { twice } from "./twice.js";

/** Volumes of one name, and of two kinds at once. */
export function findBadVolumes({ fields, path }: PodSpec): Fault[] {
  const volumes = asList(fields["volumes"]).map(asFields);
  const named = volumes.map(({ name }, n) => [[...path, "volumes", n, "name"], asText(name)] as const);
  const mixed = volumes.flatMap((volume, n): Fault[] => {
    const kinds = Object.keys(volume).filter((key) => key !== "name" && volume[key] !== null);
    if (kinds.length < 2) return [];
    return [
      [
        [...path, "volumes", n, kinds[1] ?? "name"],
        {
          mistake: "volume-two-kinds",
          says: `the volume ${asText(volume["name"])} is ${kinds.join(" and ")} at once`,
          next: "keep one of them; another volume begins with a dash and a name",
        },
      ],
    ];
  });
  const say = (name: string): Words => ({
    mistake: "duplicate-name",
    says: `two volumes of the pod are called ${name}`,
    next: "give each a name of its own, or remove one of the two",
  });
  return [...twice(named, say), ...mixed];
}

/** A StatefulSet's own templates are volumes as well. */
function volumesOf({ content }: Manifest, pod: PodSpec): string[] {
  const templates = asList(valueAt(content, ["spec", "volumeClaimTemplates"])).map(
    (one) => asFields(one)["metadata"],
  );
  return [...asList(pod.fields["volumes"]), ...templates].map((one) => asText(asFields(one)["name"]));
}

/** Mounts of what is not there, and two in one place. */
export function findBadMounts({ fields, path }: ContainerSpec, manifest: Manifest, pod: PodSpec): Fault[] {
  const mounts = asList(fields["volumeMounts"]).map(asFields);
  const volumes = volumesOf(manifest, pod);
  const known = volumes.join(", ");
  const lost = mounts.flatMap(({ name }, n): Fault[] => {
    const volume = asText(name);
    if (volumes.includes(volume)) return [];
    const has = known === "" ? "no volumes" : `only ${known}`;
    return [
      [
        [...path, "volumeMounts", n, "name"],
        {
          mistake: "volume-missing",
          says: `the container mounts a volume ${volume}, and the pod has ${has}`,
          next: `${known === "" ? "add volumes: beside containers, with an entry" : "make the names the same:"} name: ${volume}`,
        },
      ],
    ];
  });
  const places = mounts.map(
    ({ mountPath }, n) => [[...path, "volumeMounts", n, "mountPath"], asText(mountPath)] as const,
  );
  const say = (place: string): Words => ({
    mistake: "mount-twice",
    says: `two volumes of the container are mounted at ${place}`,
    next: "give each a mountPath of its own, or remove one of the two",
  });
  return [...lost, ...twice(places, say)];
}
