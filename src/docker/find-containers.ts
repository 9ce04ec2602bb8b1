import { type ContainerInspectInfo } from "dockerode";
import { type Docker } from "./docker.js";

/** A container of the engine, running or not. */
export interface FoundContainer {
  id: string;
  /** Its name in the engine, such as lesson-redis-db-1. */
  name: string;
  labels: Readonly<Record<string, string>>;
  image: string;
  running: boolean;
  /** running, created, exited … */
  status: string;
  exitCode: number;
  /** Why it could not be started; "" where it could. */
  error: string;
  /** ISO 8601. */
  startedAt: string;
  /** By network: its address there. */
  networks: Record<string, { address: string }>;
  /** Ports of the host that it is to have, also while it does not run. */
  wanted: number[];
  /** TCP ports: inside, and where they are published on the host. */
  ports: { inside: number; address: string; port: number }[];
}

/** The types do not say that an exposed port may be published nowhere. */
type Ports = Record<string, { HostIp: string; HostPort: string }[] | null>;

/** Every container that has these labels, `name` or `name=value`. */
export async function findContainers(docker: Docker, label: readonly string[]): Promise<FoundContainer[]> {
  const found = await docker.ask((client) =>
    client.listContainers({ all: true, filters: { label: [...label] } }),
  );
  const inspected = await Promise.all(
    found.map(({ Id }) => docker.find((client) => client.getContainer(Id).inspect())),
  );
  return inspected.flatMap((info) => (info ? describe(info) : []));
}

function describe({
  Id,
  Name,
  Config,
  State,
  NetworkSettings,
  HostConfig,
}: ContainerInspectInfo): FoundContainer {
  return {
    id: Id,
    name: Name.replace(/^\//, ""),
    labels: Config.Labels,
    image: Config.Image,
    running: State.Running,
    status: State.Status,
    exitCode: State.ExitCode,
    error: State.Error,
    startedAt: State.StartedAt,
    networks: Object.fromEntries(
      Object.entries(NetworkSettings.Networks).map(([network, { IPAddress }]) => [
        network,
        { address: IPAddress },
      ]),
    ),
    wanted: Object.values((HostConfig.PortBindings ?? {}) as Ports).flatMap((bindings) =>
      (bindings ?? []).map(({ HostPort }) => Number(HostPort)),
    ),
    ports: Object.entries(NetworkSettings.Ports as Ports).flatMap(([inside, bindings]) =>
      (bindings ?? []).map(({ HostIp, HostPort }) => ({
        inside: parseInt(inside, 10),
        address: HostIp,
        port: Number(HostPort),
      })),
    ),
  };
}

/** The command lines of what runs in a container. */
export async function listProcesses(docker: Docker, id: string): Promise<string[]> {
  const { Titles, Processes } = (await docker.ask((client) => client.getContainer(id).top())) as {
    Titles: string[];
    Processes: string[][];
  };
  const column = Titles.findIndex((title) => /^(CMD|COMMAND)$/.test(title));
  return Processes.map((process) => process[column] ?? "");
}
