import { type Docker } from "./docker.js";
import { runInContainer } from "./exec.js";
import { gatewayOf } from "./gateway.js";
import PING from "./programs/ping_redis.py";

/** A running container, with the networks that it is on. */
export interface MappedContainer {
  id: string;
  name: string;
  image: string;
  /** By network: its address there, and the names by which others on it find it. */
  networks: Record<string, { address: string; names: string[] }>;
  /** TCP ports that are published on the host. */
  ports: { inside: number; address: string; port: number }[];
  /** Ports that its image says it listens on. */
  exposed: number[];
  /** tq started it. */
  ours: boolean;
}

export interface DockerMap {
  /** Networks that have containers, and the default bridge: name, the host's own address there ("" where it has none), its kind. */
  networks: { name: string; gateway: string; driver: string }[];
  containers: MappedContainer[];
}

/** Every running container and the networks between them. Changes nothing. Throws `TqError` (exit 3). */
export async function drawDockerMap(docker: Docker): Promise<DockerMap> {
  const listed = await docker.ask((client) => client.listContainers());
  const inspected = await Promise.all(
    listed.map(({ Id }) => docker.find((client) => client.getContainer(Id).inspect())),
  );
  const containers = inspected.flatMap((info): MappedContainer | [] => {
    if (!info) return [];
    const { Id, Name, Config, NetworkSettings } = info;
    const name = Name.replace(/^\//, "");
    return {
      id: Id,
      name,
      image: Config.Image,
      networks: Object.fromEntries(
        Object.entries(NetworkSettings.Networks).map(([network, { IPAddress, Aliases }]) => [
          network,
          {
            address: IPAddress,
            // The engine adds the short id. On the default bridge no name resolves.
            names: network === "bridge" ? [] : namesOf(name, (Aliases ?? []) as string[], Id),
          },
        ]),
      ),
      ports: Object.entries(NetworkSettings.Ports as Published).flatMap(([inside, bindings]) =>
        (bindings ?? []).map(({ HostIp, HostPort }) => ({
          inside: parseInt(inside, 10),
          address: HostIp,
          port: Number(HostPort),
        })),
      ),
      exposed: Object.keys((Config.ExposedPorts as Record<string, unknown> | null) ?? {}).map((port) =>
        parseInt(port, 10),
      ),
      ours: Config.Labels["tq.owner"] === "tq",
    };
  });
  const used = new Set(["bridge", ...containers.flatMap((one) => Object.keys(one.networks))]);
  const networks = await docker.ask((client) => client.listNetworks());
  return {
    containers: containers.sort((a, b) => a.name.localeCompare(b.name)),
    networks: networks
      .filter(({ Name }) => used.has(Name))
      .map(({ Name, Driver, IPAM }) => ({
        name: Name,
        driver: Driver,
        gateway: (Driver === "bridge" ? gatewayOf(IPAM?.Config) : null) ?? "",
      })),
  };
}

/** The types do not say that an exposed port may be published nowhere. */
type Published = Record<string, { HostIp: string; HostPort: string }[] | null>;

function namesOf(name: string, aliases: readonly string[], id: string): string[] {
  return [...new Set([...aliases.filter((alias) => !id.startsWith(alias)), name])];
}

export interface Attempt {
  answers: boolean;
  /** Why not. */
  reason: string;
}

/** Tries addresses from inside a container; null where it has no Python to try with. */
export async function tryFromContainer(
  docker: Docker,
  id: string,
  targets: readonly string[],
  signal: AbortSignal,
): Promise<Attempt[] | null> {
  for (const python of ["python", "python3"]) {
    const result = await runInContainer(docker, id, [python, "-c", PING, ...targets], { signal });
    if (result.exitCode !== 0) continue;
    const lines = result.stdout.trim().split("\n");
    return targets.map((_, n) => ({
      answers: lines[n] === "yes",
      reason: (lines[n] ?? "").replace(/^no /, ""),
    }));
  }
  return null;
}
