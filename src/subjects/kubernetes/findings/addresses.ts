import { findSimilar } from "../../../text/similar.js";
import { asText, type Manifest, type ManifestFinding, type Path, valueAt } from "../manifests/manifest.js";
import { type Container, type Workload } from "../workloads.js";
import { selects } from "./selectors.js";
import { portsOf, serviceFor, spaceOf } from "./services.js";

/** Where a container looks for Redis. */
export interface RedisAddress {
  variable: string;
  /** A host's name or address; null where only the cluster knows it. */
  host: string | null;
  /** The port that stands behind it; null where none does. */
  port: number | null;
  path: Path;
}

const ABOUT_REDIS = /redis|valkey/i;
const ADDRESS = /^\d{1,3}(\.\d{1,3}){3}$/;
const URL = /\brediss?:\/\/(?:[^@/\s]*@)?([^:/?\s"']+)(?::(\d+))?/;

/** Parts of the names of variables: which say where something is, and which say something else about it. */
const WHERE = /host|(^|[_-])ip($|[_-])|url|uri|dsn|addr|server|node|endpoint|^-*redis$/i;
const NOT_WHERE = /port|pass|user|secret|timeout|ssl|tls/i;
/** REDIS_HOST_PORT is host:port, where it is not a number alone. */
const HOST_PORT = /host[_-]?port/i;
/** Those that hold a host and nothing else; REDIS_ADDR and others may have a port. */
const HOST_ONLY = /host(?![_-]?port)|(^|[_-])ip($|[_-])/i;
/** What a url in a command is called. */
const COMMAND = "the command";
/** What is written of a host in a variable of any other name. */
const HOST = /^(?:\d{1,3}(?:\.\d{1,3}){3}|localhost|[\w.-]*(?:redis|valkey)[\w.-]*)(?::\d+)?$/i;

/** What says where Redis is: REDIS_IP, or what else a student calls it, a url of Redis, an argument such as --redis-host. */
export function redisAddresses({ variables, words, runs }: Container): RedisAddress[] {
  const named = variables.flatMap(({ name, value, path }): RedisAddress[] => {
    const isUrl = value !== null && URL.test(value);
    return isUrl || saysWhere(name, value) ? [{ variable: name, ...readAddress(name, value), path }] : [];
  });
  const inWords = words.flatMap((word, n): RedisAddress[] => {
    const [, variable = "", given] =
      /^["']?([\w-]*(?:redis|valkey)[\w-]*)(?:=(?!=)["']?([^"';&]+))?["';&]*$/i.exec(word) ?? [];
    const next = words[n + 1] ?? "";
    const value = given ?? (variable.startsWith("--") && !next.startsWith("-") ? next : "");
    if (value !== "" && saysWhere(variable, value))
      return [{ variable, ...readAddress(variable, value), path: runs }];
    return URL.test(word) ? [{ variable: COMMAND, ...readAddress(COMMAND, word), path: runs }] : [];
  });
  const all = [...named, ...inWords];
  // Where a name says it, a value that looks so is something else.
  const said = all.filter(
    ({ variable, host }) => WHERE.test(variable) || host === null || variable === COMMAND,
  );
  return said.length > 0 ? said : all;
}

function saysWhere(name: string, value: string | null): boolean {
  if (!ABOUT_REDIS.test(name)) return false;
  if (HOST_PORT.test(name)) return !/^\d+$/.test(value ?? "");
  return !NOT_WHERE.test(name) && (WHERE.test(name) || HOST.test(value ?? ""));
}

/** redis-db and 6379 of redis://:secret@redis-db:6379/0; null where another variable is to be put in its place. */
function readAddress(variable: string, value: string | null): Pick<RedisAddress, "host" | "port"> {
  if (value === null || value.includes("$")) return { host: null, port: null };
  const [, host = value, port] =
    URL.exec(value) ?? (HOST_ONLY.test(variable) ? null : /^([^:/\s]+):(\d+)$/.exec(value)) ?? [];
  return { host, port: port === undefined ? null : Number(port) };
}

/** Whether API and workers find Redis by its Service's name. */
export function findAddressFaults(
  workloads: readonly Workload[],
  manifests: readonly Manifest[],
): ManifestFinding[] {
  const redis = workloads.find(({ part }) => part === "redis");
  const service = redis ? serviceFor(redis, manifests) : null;
  const tells = ({ containers }: Workload): boolean => containers.flatMap(redisAddresses).length > 0;
  return (
    workloads
      .filter(({ part }) => part === "api" || part === "worker")
      // Beside one that knows Redis, another of its kind, such as a page, may do without.
      .filter((one) => tells(one) || !workloads.some((other) => other.part === one.part && tells(other)))
      .flatMap((workload) => judgeWorkload(workload, { redis, service, manifests }))
  );
}

interface Surroundings {
  redis: Workload | undefined;
  service: Manifest | null;
  manifests: readonly Manifest[];
}

function judgeWorkload(workload: Workload, around: Surroundings): ManifestFinding[] {
  const { manifest, part, containers, podPath } = workload;
  const addresses = containers.flatMap(redisAddresses);
  const lacks = containers.flatMap(({ variables }) => variables).find((one) => one.lacks !== undefined);
  if (lacks) {
    return [
      {
        ...manifest.at(lacks.path),
        part,
        mistake: "source-missing",
        says: `${manifest.name} takes variables from the ${lacks.lacks ?? ""}, and no file describes it`,
        next: "write that object as well, or make the names the same",
      },
    ];
  }
  const name = around.service?.name ?? "redis-db";
  if (addresses.length === 0) {
    return [
      {
        ...manifest.at([...podPath, "spec", "containers", 0]),
        part,
        mistake: "redis-ip-missing",
        says: `nothing tells ${manifest.name} where Redis is: its container has no variable REDIS_IP`,
        next: `add to the container: env: with an entry   - {name: REDIS_IP, value: ${name}}`,
      },
    ];
  }
  return addresses.flatMap(({ variable, host, port, path }) => {
    const fault =
      host === null
        ? null
        : (judgeHost(host, variable, workload, around) ?? judgePort({ variable, host, port }, around));
    return fault ? [{ ...manifest.at(path), part, ...fault }] : [];
  });
}

type Words = Pick<ManifestFinding, "mistake" | "says" | "next">;

/** A port that the Service does not take. One without an address of its own leads to the pods' ports. */
function judgePort(
  { variable, host, port }: Omit<RedisAddress, "path">,
  { service }: Surroundings,
): Words | null {
  if (!service || port === null || host?.split(".")[0] !== service.name) return null;
  const ports = portsOf(service).map((one) => one.port);
  if (ports.includes(port) || valueAt(service.content, ["spec", "clusterIP"]) === "None") return null;
  return {
    mistake: "redis-ip-port",
    says: `${variable} asks ${service.name} on port ${port}, and the Service takes connections on ${ports.join(", ")}`,
    next: `write ${ports[0] ?? 6379} there`,
  };
}

function judgeHost(
  host: string,
  variable: string,
  workload: Workload,
  { redis, service, manifests }: Surroundings,
): Words | null {
  const name = service?.name ?? "redis-db";
  const next = `write: value: ${name}`;
  if (host.trim() === "") return { mistake: "redis-ip-missing", says: `${variable} is empty`, next };
  if (ADDRESS.test(host) && host !== "127.0.0.1") {
    if (service && asText(valueAt(service.content, ["spec", "clusterIP"])) === host) return null;
    return {
      mistake: "redis-ip-address",
      says: `${variable} is the address ${host}, and pods and Services have another one each time they are made; their names stay`,
      next,
    };
  }
  if (/^(localhost|127\.0\.0\.1)$/.test(host)) {
    return {
      mistake: "redis-ip-localhost",
      says: `${variable} is ${host}: in a pod that is the pod itself, and Redis runs in another`,
      next,
    };
  }
  if (/^[\w.-]+:\d+$/.test(host)) {
    return {
      mistake: "redis-ip-with-port",
      says: `${variable} is ${host}, and a host's name has no port in it; programs add the port themselves`,
      next: `write: value: ${host.replace(/:\d+$/, "")}`,
    };
  }
  // service.namespace.svc.cluster.local, and pod.service of a StatefulSet.
  const [first = "", second = ""] = host.replace(/\.svc(\.cluster\.local)?\.?$/, "").split(".");
  const own = workload.manifest.namespace;
  const services = manifests.filter(({ kind }) => kind === "Service");
  const headless = redis?.manifest.kind === "StatefulSet" && services.find((one) => one.name === second);
  if (headless && first.replace(/-\d+$/, "") === redis.manifest.name) return null;
  const found = services.find((one) => one.name === first);
  if (found && service && found !== service && !(redis && selects(found, redis))) {
    return { mistake: "redis-ip-other", says: `${variable} is ${host}, the Service of something else`, next };
  }
  if (!found) {
    const isPod =
      redis && (first === redis.manifest.name || redis.containers.some((one) => one.name === first));
    const similar = findSimilar(
      first,
      services.map((one) => one.name),
    );
    return {
      mistake: "redis-ip-other",
      says: `${variable} is ${host}, and ${isPod ? `that is the name of a ${redis.manifest.kind} or a container, which nobody can ask for` : `no Service has that name`}`,
      next: `${next}${similar === null || similar === name ? "" : `   (or ${similar})`}, the Service's name`,
    };
  }
  const space = second === "" ? own : second;
  if (found.namespace !== null && space !== found.namespace && !(own === null && second === "")) {
    return {
      mistake: "namespaces-differ",
      says: `${variable} is ${host}, which is asked for in ${spaceOf(space)}, and the Service is in ${spaceOf(found.namespace)}`,
      next: `write: value: ${found.name}.${found.namespace}   or give all the same namespace`,
    };
  }
  if (own === null && second === "" && found.namespace !== null) {
    return {
      mistake: "namespaces-differ",
      says: `${workload.manifest.name} has ${spaceOf(null)}, and the Service ${found.name} is in ${spaceOf(found.namespace)}: a short name is known in its own namespace only`,
      next: `give both the same namespace, or write: value: ${found.name}.${found.namespace}`,
    };
  }
  return null;
}
