import { asFields, asList, asText, type Fields, without } from "../manifests/manifest.js";

/** What a volume may be that lies outside of the cluster's own storage. */
const OUTSIDE = ["hostPath", "nfs", "iscsi", "cephfs", "fc", "glusterfs", "local"];

/**
 * A copy in which no pod takes the machine's network and ports, or changes what lies outside: such volumes can only be read, and
 * those of Redis, which saves in them, are empty. Each change is told as the end of a sentence.
 */
export function withinPods(object: Fields, isRedis: boolean, tell: (change: string) => void): Fields {
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== "object" || value === null) return value;
    const fields = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, visit(inner)]));
    return Array.isArray(fields["containers"]) ? withinPod(fields, isRedis, tell) : fields;
  };
  return visit(object) as Fields;
}

function withinPod(pod: Fields, isRedis: boolean, tell: (change: string) => void): Fields {
  if (pod["hostNetwork"] === true) tell("is not on the machine's network");
  const outside = new Set<string>();
  const volumes = asList(pod["volumes"])
    .map(asFields)
    .map((volume) => {
      const kind = OUTSIDE.find((one) => one in volume);
      if (kind === undefined) return volume;
      const name = asText(volume["name"]);
      tell(isRedis ? `has an empty volume ${name}, not the ${kind}` : `can only read the volume ${name}`);
      if (isRedis) return { name, emptyDir: {} };
      outside.add(name);
      return volume;
    });
  const within = (containers: unknown): Fields[] =>
    asList(containers).map((one) => withinContainer(asFields(one), outside));
  return {
    ...without(pod, "hostNetwork", "hostPID", "hostIPC"),
    ...("volumes" in pod && { volumes }),
    ...("initContainers" in pod && { initContainers: within(pod["initContainers"]) }),
    containers: within(pod["containers"]),
  };
}

function withinContainer(container: Fields, outside: ReadonlySet<string>): Fields {
  const ports = asList(container["ports"]).map((one) => without(asFields(one), "hostPort", "hostIP"));
  const mounts = asList(container["volumeMounts"])
    .map(asFields)
    .map((one) => (outside.has(asText(one["name"])) ? { ...one, readOnly: true } : one));
  return {
    ...container,
    ...("ports" in container && { ports }),
    ...("volumeMounts" in container && { volumeMounts: mounts }),
  };
}
