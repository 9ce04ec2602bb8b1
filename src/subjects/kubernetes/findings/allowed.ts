import {
  asFields,
  asList,
  asText,
  type Manifest,
  type ManifestFinding,
  type Path,
  valueAt,
  visitValues,
} from "../manifests/manifest.js";

type Words = Pick<ManifestFinding, "mistake" | "says" | "next">;

/** By where they stand, as the last keys of a path: the only words that Kubernetes takes there. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  imagePullPolicy: ["Always", "IfNotPresent", "Never"],
  protocol: ["TCP", "UDP", "SCTP"],
  "strategy.type": ["RollingUpdate", "Recreate"],
  "updateStrategy.type": ["RollingUpdate", "OnDelete"],
};
const SERVICES = ["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"];

/** RFC 1123: names of containers and volumes. */
const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
/** The value of a label. https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/ */
const VALUE = /^([A-Za-z0-9]([-\w.]*[A-Za-z0-9])?)?$/;
const NODE_PORTS = [30000, 32767] as const;

/** What the schema allows and the cluster refuses: words and numbers that it does not take in their place. */
export function findNotAllowed(manifest: Manifest): ManifestFinding[] {
  const findings: ManifestFinding[] = [];
  const see = (value: unknown, path: Path): void => {
    const words = judgeValue(value, path, manifest.kind);
    if (words) findings.push({ ...manifest.at(path), part: null, ...words });
  };
  // What annotations and data hold is nobody's business.
  for (const path of [["spec"], ["metadata", "labels"]])
    visitValues(valueAt(manifest.content, path), path, see);
  return manifest.kind === "Service" ? [...findings, ...findBadPorts(manifest)] : findings;
}

function judgeValue(value: unknown, path: Path, kind: string): Words | null {
  const [list, above, key] = [path.at(-3), path.at(-2), path.at(-1)].map(String);
  if (typeof value === "number") {
    return key === "replicas" && value < 0
      ? { mistake: "bad-value", says: `there cannot be ${value} pods`, next: "write: replicas: 1" }
      : null;
  }
  if (typeof value !== "string" || value === "") return null; // nothing means what is usual
  const words =
    kind === "Service" && path.join(".") === "spec.type"
      ? SERVICES
      : (WORDS[`${above}.${key}`] ?? WORDS[key ?? ""]);
  if (words && !words.includes(value)) {
    const meant = words.find((one) => one.toLowerCase() === value.toLowerCase());
    return {
      mistake: "bad-value",
      says: `${key} cannot be ${value}: it is one of ${words.join(", ")}`,
      next: meant === undefined ? "take one of these, or remove the line" : `write: ${key}: ${meant}`,
    };
  }
  if (key === "name" && /^(?:initContainers|containers|volumes)$/.test(list ?? "") && !LABEL.test(value)) {
    return {
      mistake: "bad-name",
      says: `${value} cannot be a name here: small letters, digits and hyphens only`,
      next: `write: ${value.toLowerCase().replace(/[^a-z0-9-]+/g, "-")}   and use it wherever the old one stands`,
    };
  }
  const isLabel =
    above === "labels" || above === "matchLabels" || (kind === "Service" && above === "selector");
  return isLabel && (!VALUE.test(value) || value.length > 63)
    ? {
        mistake: "bad-value",
        says: `a label cannot be ${value}: letters, digits, hyphens, dots and underscores only, 63 at most`,
        next: `write: ${key}: ${value
          .trim()
          .replace(/[^\w.-]+/g, "-")
          .slice(0, 63)}   wherever it stands`,
      }
    : null;
}

function findBadPorts({ content, at }: Manifest): ManifestFinding[] {
  const type = asText(valueAt(content, ["spec", "type"]));
  const ports = asList(valueAt(content, ["spec", "ports"])).map(asFields);
  return ports.flatMap((port, n) =>
    Object.entries(judgePort(port, ports.length, type)).map(([field, words]) => ({
      ...at(["spec", "ports", n, field]),
      part: null,
      ...words,
    })),
  );
}

/** By the field that is wrong. */
function judgePort(
  fields: Readonly<Record<string, unknown>>,
  count: number,
  type: string,
): Record<string, Words> {
  const { port, targetPort, nodePort, name } = fields;
  const found: Record<string, Words> = {};
  if (typeof port === "number" && (port < 1 || port > 65535))
    found["port"] = {
      mistake: "bad-value",
      says: `there is no port ${port}`,
      next: "a port is between 1 and 65535",
    };
  if (typeof targetPort === "string" && /^\d+$/.test(targetPort)) {
    found["targetPort"] = {
      mistake: "bad-value",
      says: `"${targetPort}" in quotes is a name, and a port's name has a letter in it`,
      next: `write it without quotes: targetPort: ${targetPort}`,
    };
  } else if (typeof targetPort === "string" && !LABEL.test(targetPort)) {
    found["targetPort"] = {
      mistake: "bad-name",
      says: `${targetPort} cannot be a port's name: small letters, digits and hyphens only`,
      next: "write it in small letters, here and in the container",
    };
  }
  if (count > 1 && asText(name) === "") {
    found["port"] ??= {
      mistake: "name-missing",
      says: "a Service with more than one port has a name for each of them",
      next: "add to this entry: name: redis",
    };
  }
  if (nodePort === undefined || nodePort === 0) return found;
  const [least, most] = NODE_PORTS;
  if (type !== "NodePort" && type !== "LoadBalancer") {
    found["nodePort"] = {
      mistake: "bad-value",
      says: "only a Service of type NodePort or LoadBalancer has a nodePort",
      next: "remove the line, or write below spec: type: NodePort",
    };
  } else if (Number(nodePort) < least || Number(nodePort) > most) {
    found["nodePort"] = {
      mistake: "bad-value",
      says: `nodePort ${asText(nodePort)} is not one of ${least} to ${most}`,
      next: "leave nodePort out: the cluster chooses one",
    };
  }
  return found;
}
