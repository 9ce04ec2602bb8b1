import {
  asFields,
  asList,
  asText,
  type Fault,
  type Fields,
  findingsOf,
  type Manifest,
  type ManifestFinding,
  valueAt,
  type Words,
} from "../manifests/manifest.js";
import { showPlace } from "../manifests/manifest.js";
import { isLabel, isPortName } from "./names.js";

const NODE_PORTS = [30000, 32767] as const;

function portsOf({ content }: Manifest): Fields[] {
  return asList(valueAt(content, ["spec", "ports"])).map(asFields);
}

/** What a cluster refuses of a Service's ports. */
export function findBadPorts(service: Manifest): ManifestFinding[] {
  if (service.kind !== "Service") return [];
  const type = asText(valueAt(service.content, ["spec", "type"]));
  const ports = portsOf(service);
  const faults = ports.flatMap((port, n) =>
    Object.entries(judgePort(port, n, ports, type)).map(([field, words]): Fault => [
      ["spec", "ports", n, field],
      words,
    ]),
  );
  return findingsOf(service, faults);
}

/** By the field that is wrong. */
function judgePort(fields: Fields, n: number, all: readonly Fields[], type: string): Record<string, Words> {
  const { port, targetPort } = fields;
  const found: Record<string, Words> = {};
  const name = asText(fields["name"]);
  const before = all.slice(0, n);
  if (typeof port === "number" && (port < 1 || port > 65535))
    found["port"] = {
      mistake: "bad-value",
      says: `there is no port ${port}`,
      next: "a port is between 1 and 65535",
    };
  if (before.some((one) => one["port"] === port && protocolOf(one) === protocolOf(fields)))
    found["port"] ??= {
      mistake: "port-twice",
      says: `the Service has port ${asText(port)} twice`,
      next: "remove one of the two entries, or give it another port",
    };
  if (typeof targetPort === "string" && targetPort !== "") {
    const words = judgeTarget(targetPort);
    if (words) found["targetPort"] = words;
  }
  if (typeof targetPort === "number" && (targetPort < 0 || targetPort > 65535))
    found["targetPort"] = {
      mistake: "bad-value",
      says: `there is no port ${targetPort}`,
      next: "write the port on which the container listens",
    };
  if (all.length > 1 && name === "") {
    found["port"] ??= {
      mistake: "name-missing",
      says: "a Service with more than one port has a name for each of them",
      next: "add to this entry: name: redis",
    };
  } else if (name !== "" && !isLabel(name)) {
    found["name"] = {
      mistake: "bad-name",
      says: `${name} cannot be a port's name: small letters, digits and hyphens only`,
      next: "write it in small letters, or leave it out where there is only one port",
    };
  } else if (before.some((one) => name !== "" && one["name"] === name)) {
    found["name"] = {
      mistake: "port-twice",
      says: `two ports of this Service are called ${name}`,
      next: "give each a name of its own",
    };
  }
  const node = judgeNodePort(fields, before, type);
  return node ? { ...found, nodePort: node } : found;
}

function judgeTarget(target: string): Words | null {
  if (isPortName(target)) return null;
  return /^\d+$/.test(target)
    ? {
        mistake: "bad-value",
        says: `"${target}" in quotes is a name, and a port's name has a letter in it`,
        next: `write it without quotes: targetPort: ${target}`,
      }
    : {
        mistake: "bad-name",
        says: `${target} cannot be a port's name: small letters, digits and hyphens only, 15 at most`,
        next: "write it so, here and in the container",
      };
}

function judgeNodePort(fields: Fields, before: readonly Fields[], type: string): Words | null {
  const { nodePort } = fields;
  if (nodePort === undefined || nodePort === null || nodePort === 0) return null;
  const [least, most] = NODE_PORTS;
  if (type !== "NodePort" && type !== "LoadBalancer") {
    return {
      mistake: "bad-value",
      says: "only a Service of type NodePort or LoadBalancer has a nodePort",
      next: "remove the line, or write below spec: type: NodePort",
    };
  }
  if (Number(nodePort) < least || Number(nodePort) > most) {
    return {
      mistake: "bad-value",
      says: `nodePort ${asText(nodePort)} is not one of ${least} to ${most}`,
      next: "leave nodePort out: the cluster chooses one",
    };
  }
  return before.some((one) => one["nodePort"] === nodePort && protocolOf(one) === protocolOf(fields))
    ? takenTwice(asText(nodePort), "the entry above has it already")
    : null;
}

/** Of two Services with the same port of the cluster's machines, the second is refused. */
export function findSharedNodePorts(manifests: readonly Manifest[]): ManifestFinding[] {
  const taken = new Map<string, Manifest>();
  return manifests
    .filter(({ kind }) => kind === "Service")
    .flatMap((service) => {
      const faults = portsOf(service).flatMap((port, n): Fault[] => {
        const number = asText(port["nodePort"]);
        if (number === "" || number === "0") return [];
        const key = `${number} ${protocolOf(port)}`;
        const other = taken.get(key);
        taken.set(key, other ?? service);
        if (!other || other === service) return [];
        const place = showPlace(other.at(["metadata", "name"]));
        return [
          [
            ["spec", "ports", n, "nodePort"],
            takenTwice(number, `the Service ${other.name} has it (${place})`),
          ],
        ];
      });
      return findingsOf(service, faults);
    });
}

function takenTwice(number: string, who: string): Words {
  return {
    mistake: "port-twice",
    says: `nodePort ${number} is taken: ${who}`,
    next: "leave nodePort out: the cluster chooses one that is free",
  };
}

function protocolOf(port: Fields): string {
  return asText(port["protocol"]) || "TCP";
}
