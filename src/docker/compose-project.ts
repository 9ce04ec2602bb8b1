import { type ContainerInspectInfo } from "dockerode";
import { type Docker } from "./docker.js";

/** A container that Docker Compose made for a service. */
export interface ServiceContainer {
  id: string;
  /** Its name in the engine, such as lesson-redis-db-1. */
  name: string;
  service: string;
  project: string;
  /** Absolute folder of the Compose file. */
  folder: string;
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

const LABELS = {
  project: "com.docker.compose.project",
  service: "com.docker.compose.service",
  folder: "com.docker.compose.project.working_dir",
};

/** Every container that Compose has made on this engine, running or not. */
export async function listServiceContainers(docker: Docker): Promise<ServiceContainer[]> {
  const found = await docker.ask((client) =>
    client.listContainers({ all: true, filters: { label: [LABELS.project] } }),
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
}: ContainerInspectInfo): ServiceContainer {
  const label = (name: keyof typeof LABELS): string => Config.Labels[LABELS[name]] ?? "";
  return {
    id: Id,
    name: Name.replace(/^\//, ""),
    service: label("service"),
    project: label("project"),
    folder: label("folder"),
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

/** Names of the networks that Compose has made for a project. */
export async function listProjectNetworks(docker: Docker, project: string): Promise<string[]> {
  const found = await docker.ask((client) =>
    client.listNetworks({ filters: { label: [`${LABELS.project}=${project}`] } }),
  );
  return found.map(({ Name }) => Name);
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
