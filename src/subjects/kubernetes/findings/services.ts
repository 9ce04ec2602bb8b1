import { findSimilar } from "../../../text/similar.js";
import {
  asFields,
  asList,
  asText,
  type Manifest,
  type ManifestFinding,
  type Part,
  type Path,
  showPlace,
  valueAt,
} from "../manifests/manifest.js";
import { type Workload } from "../workloads.js";
import { selects, showLabels } from "./selectors.js";

const REDIS_PORT = 6379;

/** An entry of a Service's ports. */
interface ServicePort {
  port: number;
  /** A number, or a name of a container's port. */
  target: string;
  path: Path;
}

export function portsOf({ content }: Manifest): ServicePort[] {
  return asList(valueAt(content, ["spec", "ports"])).map((one, n) => {
    const fields = asFields(one);
    return {
      port: Number(fields["port"]),
      target: asText(fields["targetPort"] ?? fields["port"]),
      path: ["spec", "ports", n],
    };
  });
}

/** The Service that leads, or is meant to lead, to these pods. */
export function serviceFor(workload: Workload, manifests: readonly Manifest[]): Manifest | null {
  const services = manifests.filter(({ kind }) => kind === "Service");
  const direct = services.filter((service) => selects(service, workload));
  // One without an address of its own stands beside another, for the pods of a StatefulSet.
  const [first] = direct;
  if (first) return direct.find(({ content }) => valueAt(content, ["spec", "clusterIP"]) !== "None") ?? first;
  const { name } = workload.manifest;
  const meant = (service: Manifest): boolean =>
    /redis|valkey/i.test(service.name) ||
    portsOf(service).some(({ port, target }) => port === REDIS_PORT || target === String(REDIS_PORT));
  return (
    services.find((service) => workload.part === "redis" && meant(service)) ??
    services.find((service) => service.name === name) ??
    null
  );
}

/** What keeps a Service from leading to the pods that it is for. */
export function findServiceFaults(
  workloads: readonly Workload[],
  manifests: readonly Manifest[],
): ManifestFinding[] {
  const redis = workloads.find(({ part }) => part === "redis");
  const own = redis ? serviceFor(redis, manifests) : null;
  return manifests
    .filter(
      ({ kind, content, name }) =>
        kind === "Service" &&
        valueAt(content, ["spec", "type"]) !== "ExternalName" &&
        !manifests.some((one) => one.kind === "Endpoints" && one.name === name),
    )
    .flatMap((service) => {
      if (redis && service === own) return judgeService(service, redis, "service", workloads);
      const target = workloads.find((workload) => selects(service, workload));
      const part = partOfService(service, target, workloads);
      if (target) return judgePorts(service, target, part);
      const nearest = workloads.find(({ manifest }) => manifest.name === service.name);
      return judgeService(service, nearest ?? null, part, workloads);
    });
}

/** Whose step it belongs to: a Service of the API's is a matter of the API. */
function partOfService(
  service: Manifest,
  target: Workload | undefined,
  workloads: readonly Workload[],
): Part | null {
  if (target) return target.part === "redis" ? "service" : target.part;
  if (/api|flask|web/i.test(service.name) && workloads.some(({ part }) => part === "api")) return "api";
  return null;
}

function judgeService(
  service: Manifest,
  target: Workload | null,
  part: Part | null,
  workloads: readonly Workload[],
): ManifestFinding[] {
  const { content, name, at, namespace } = service;
  const selector = asFields(valueAt(content, ["spec", "selector"]));
  if (Object.keys(selector).length === 0) {
    return [
      {
        ...at(["spec", "selector"]),
        part,
        mistake: "service-selector",
        says: `the Service ${name} has no selector: it leads to no pods`,
        next: `write below spec: selector: with the labels of the pods${target ? ` (${showLabels(target.labels)})` : ""}`,
      },
    ];
  }
  if (!target || selects(service, target))
    return target ? judgePorts(service, target, part) : [noPods(service, part, workloads)];
  if (target.manifest.namespace !== namespace) {
    return [
      {
        ...at(namespace === null ? ["metadata"] : ["metadata", "namespace"]),
        part,
        mistake: "namespaces-differ",
        says: `the Service ${name} is in ${spaceOf(namespace)}, and the pods of ${target.manifest.name} in ${spaceOf(target.manifest.namespace)}: a Service finds pods of its own namespace only`,
        next: "give both the same namespace, or leave it out of both",
      },
    ];
  }
  const wrong = Object.entries(selector).find(([key, value]) => target.labels[key] !== asText(value));
  const there = target.manifest.at([...target.podPath, "metadata", "labels"]);
  return [
    {
      ...at(["spec", "selector", wrong?.[0] ?? ""]),
      part,
      mistake: "service-selector",
      says: `the Service ${name} looks for pods with ${showLabels(selector)}, and those of ${target.manifest.name} have ${showLabels(target.labels)} (${showPlace(there)})`,
      next: "make the Service's selector the same as the labels in the pods' template",
    },
  ];
}

function noPods(
  { name, content, at }: Manifest,
  part: Part | null,
  workloads: readonly Workload[],
): ManifestFinding {
  const selector = asFields(valueAt(content, ["spec", "selector"]));
  const [key = ""] = Object.keys(selector);
  const there = workloads.flatMap(({ labels }) => Object.values(labels));
  const similar = findSimilar(asText(selector[key]), there);
  return {
    ...at(["spec", "selector", key]),
    part,
    mistake: "service-selector",
    says: `the Service ${name} looks for pods with ${showLabels(selector)}, and no pods have these labels`,
    next:
      similar === null
        ? "take the labels of the pods that it is for"
        : `the pods have ${similar}: make the two the same`,
  };
}

export function spaceOf(namespace: string | null): string {
  return namespace === null ? "no namespace of its own" : `the namespace ${namespace}`;
}

function judgePorts(service: Manifest, target: Workload, part: Part | null): ManifestFinding[] {
  const { name, at } = service;
  const ports = portsOf(service);
  if (ports.length === 0) {
    return [
      {
        ...at(["spec"]),
        part,
        mistake: "service-port",
        says: `the Service ${name} has no ports`,
        next: "write below spec: ports: with an entry   - port: 6379",
      },
    ];
  }
  const faults = ports.flatMap((one) => judgeTarget(one, service, target, part));
  if (faults.length > 0 || target.part !== "redis" || ports.some(({ port }) => port === REDIS_PORT))
    return faults;
  const [first] = ports;
  return [
    {
      ...at([...(first?.path ?? []), "port"]),
      part,
      mistake: "service-port",
      says: `the Service ${name} takes connections on port ${first?.port ?? ""}, and programs ask for Redis on ${REDIS_PORT}`,
      next: `write: port: ${REDIS_PORT}   (targetPort may then be left out)`,
    },
  ];
}

function judgeTarget(
  { target, port, path }: ServicePort,
  service: Manifest,
  workload: Workload,
  part: Part | null,
): ManifestFinding[] {
  const { name, at } = service;
  const ports = workload.containers.flatMap((one) => one.ports);
  const isName = !/^\d+$/.test(target);
  const known = ports
    .map((one) => (one.name === "" ? String(one.port) : `${one.port} (${one.name})`))
    .join(", ");
  // A container may listen on ports that it does not list; Redis' is known.
  const listens = isName
    ? ports.some((one) => one.name === target)
    : ports.some((one) => one.port === Number(target)) ||
      (workload.part === "redis" ? Number(target) === redisPort(workload) : ports.length === 0);
  if (listens) return [];
  const given = valueAt(service.content, [...path, "targetPort"]) !== undefined;
  return [
    {
      ...at([...path, given ? "targetPort" : "port"]),
      part,
      mistake: "target-port",
      says: isName
        ? `the Service ${name} sends to the pods' port called ${target}, and the container has ${known === "" ? "no ports" : known}`
        : `the Service ${name} sends to port ${target} of the pods, and the container listens on ${known === "" ? String(redisPort(workload)) : known}`,
      next: isName
        ? `name the container's port ${target}, or write its number`
        : `write: targetPort: ${ports[0]?.port ?? redisPort(workload)}${given ? "" : `   below port: ${port}`}`,
    },
  ];
}

/** 6379, unless the command says another. */
function redisPort({ containers }: Workload): number {
  const words = containers.flatMap((one) => one.words);
  const at = words.indexOf("--port");
  return at === -1 ? REDIS_PORT : Number(words[at + 1]);
}

/** Where Redis' own Service leads, from inside: the port that it takes connections on. */
export function servicePort(service: Manifest): number {
  const ports = portsOf(service).map(({ port }) => port);
  return ports.find((port) => port === REDIS_PORT) ?? ports[0] ?? REDIS_PORT;
}
