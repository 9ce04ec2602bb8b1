import {
  asFields,
  asList,
  asText,
  type Fault,
  type Fields,
  type Path,
  type Words,
} from "../manifests/manifest.js";
import { type ContainerSpec } from "../manifests/pod-spec.js";
import { isPortName } from "./names.js";

const PROBES = ["startupProbe", "livenessProbe", "readinessProbe"];
const ACTIONS = {
  probe: ["exec", "httpGet", "tcpSocket", "grpc"],
  hook: ["exec", "httpGet", "tcpSocket", "sleep"],
};

/** A probe does one thing, and so does what runs when a container starts or stops. */
export function findBadProbes({ fields, path }: ContainerSpec): Fault[] {
  const lifecycle = asFields(fields["lifecycle"]);
  const hooks = ["postStart", "preStop"].filter((name) => name in lifecycle);
  return [
    ...PROBES.filter((name) => name in fields).flatMap((name) =>
      judgeAction(asFields(fields[name]), [...path, name], ACTIONS.probe),
    ),
    ...hooks.flatMap((name) =>
      judgeAction(asFields(lifecycle[name]), [...path, "lifecycle", name], ACTIONS.hook),
    ),
  ];
}

function judgeAction(fields: Fields, path: Path, actions: readonly string[]): Fault[] {
  const name = String(path.at(-1));
  const [first, second] = Object.keys(fields).filter((key) => actions.includes(key) && fields[key] !== null);
  if (first === undefined) {
    const says = `${name} does not say what is to be done`;
    const next =
      "add below it one of: tcpSocket: {port: 6379}, httpGet: {path: /, port: 5000}, exec: {command: [redis-cli, ping]}";
    return [[path, { mistake: "probe-action", says, next }]];
  }
  if (second !== undefined) {
    const says = `${name} does two things, ${first} and ${second}, and may do one`;
    return [[[...path, second], { mistake: "probe-action", says, next: `remove ${first} or ${second}` }]];
  }
  const action = asFields(fields[first]);
  const faults: Fault[] = [];
  if (first === "exec" && asList(action["command"]).length === 0) {
    const says = `exec of ${name} has no command`;
    faults.push([
      [...path, first],
      { mistake: "probe-action", says, next: "write: exec: {command: [redis-cli, ping]}" },
    ]);
  }
  const port = first === "exec" || first === "sleep" ? null : judgePort(action["port"]);
  if (port) faults.push([[...path, first, "port"], port]);
  const { successThreshold } = fields;
  if (name !== "readinessProbe" && typeof successThreshold === "number" && successThreshold > 1) {
    const says = `successThreshold of a ${name} can only be 1`;
    faults.push([[...path, "successThreshold"], { mistake: "bad-value", says, next: "remove the line" }]);
  }
  return faults;
}

function judgePort(port: unknown): Words | null {
  if (typeof port === "string" && /^\d+$/.test(port)) {
    const says = `"${port}" in quotes is a name, and a port's name has a letter in it`;
    return { mistake: "bad-value", says, next: `write it without quotes: port: ${port}` };
  }
  if (typeof port === "string" && !isPortName(port)) {
    const says = `${port} cannot be a port's name: small letters, digits and hyphens only, 15 at most`;
    return { mistake: "bad-name", says, next: "write the port's number, or its name in the list ports" };
  }
  return typeof port === "number" && (port < 1 || port > 65535)
    ? {
        mistake: "bad-value",
        says: `there is no port ${asText(port)}`,
        next: "a port is between 1 and 65535",
      }
    : null;
}
