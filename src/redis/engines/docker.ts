import images from "../../../compose/images.json" with { type: "json" };
import {
  type ContainerPlan,
  inspectOwn,
  isRunning,
  readContainerLog,
  startContainer,
  stopContainer,
} from "../../docker/containers.js";
import { findBridgeAddress } from "../../docker/bridge.js";
import { Docker } from "../../docker/docker.js";
import { ensureImage } from "../../docker/images.js";
import { type Owner } from "../../docker/labels.js";
import { ensureVolume, removeVolume } from "../../docker/volumes.js";
import { TqError } from "../../errors.js";
import { waitUntilReady } from "../wait-until-ready.js";
import { type Availability, type Engine, type StartedRedis, type StartRequest } from "./engine.js";
import { findFreePort } from "./free-port.js";
import { formatSettings, HISTORY_SETTINGS, quoteSetting } from "./settings-file.js";
import { type EngineSurroundings } from "./surroundings.js";

const IMAGE = images.redis;
const REDIS_PORT = 6379;
const SETTINGS = "/etc/tq-redis.conf";

/** Those of compose/redis/docker-compose.yml, by which the same Redis is started by hand. */
export const CONTAINER_SETTINGS = {
  port: String(REDIS_PORT),
  bind: "* -::*",
  // It would deny every container; what may reach Redis is decided by the addresses that are published.
  "protected-mode": "no",
  dir: "/data",
  save: "60 1",
  ...HISTORY_SETTINGS,
};

/** Milliseconds that Redis has for answering after its container has started. */
const PATIENCE = 60_000;

/** Redis in a container, which other containers reach too. */
export function createDockerEngine(surroundings: EngineSurroundings): Engine {
  const docker = new Docker(surroundings);
  const { uid, gid } = surroundings;
  return {
    name: "docker",
    limits: [],
    probe: () => probe(docker),

    async start(request) {
      const { name, dataFolder, stateFolder, report, signal } = request;
      const owner = ownerOf(name, stateFolder);
      await ensureImage(docker, IMAGE, { report, signal });
      const port = request.port || (await findFreePort());
      const volume = volumeOf(name);
      const isNew = dataFolder === undefined && (await ensureVolume(docker, volume, owner));
      const plan: ContainerPlan = {
        name: `tq-${name}`,
        image: IMAGE,
        command: ["redis-server", SETTINGS],
        ports: [],
        mounts: [{ source: dataFolder ?? volume, target: "/data" }],
        // What it writes into a folder of the user's is to be the user's.
        user: dataFolder !== undefined && uid !== undefined ? `${uid}:${gid ?? uid}` : undefined,
        files: { [SETTINGS]: makeSettings(request) },
      };
      let id: string | undefined;
      try {
        const addresses = await chooseAddresses(docker, request);
        const published = await publish(docker, plan, owner, { addresses, port, report });
        id = published.id;
        const connection = { host: "127.0.0.1", port, password: request.password };
        const info = await waitUntilReady(connection, { signal, patience: PATIENCE });
        return {
          engine: "docker",
          name,
          addresses: published.addresses,
          port,
          password: request.password ?? null,
          runId: info.get("run_id") ?? null,
          handle: id,
          data: dataFolder ?? `the Docker volume ${volume}`,
          startedAt: new Date().toISOString(),
        };
      } catch (error) {
        if (id !== undefined) await stopContainer(docker, id, owner);
        if (isNew) await removeVolume(docker, volume, owner);
        throw error;
      }
    },

    async inspect(redis) {
      // The id is never given to another container.
      return (await isRunning(docker, redis.handle)) ? { state: "running" } : { state: "gone" };
    },

    async stop(redis, { volumes, stateFolder }) {
      const owner = ownerOf(redis.name, stateFolder);
      await stopContainer(docker, redis.handle, owner);
      if (volumes) await removeVolume(docker, volumeOf(redis.name), owner);
    },

    async sweep(name, { volumes, stateFolder }) {
      const owner = ownerOf(name, stateFolder);
      const found = await inspectOwn(docker, `tq-${name}`, owner);
      if (found) await stopContainer(docker, found.id, owner);
      if (volumes) await removeVolume(docker, volumeOf(name), owner);
      return found !== null;
    },

    logs: (redis, { follow, stateFolder, signal }) => readLog(docker, redis, { follow, stateFolder, signal }),
  };
}

async function probe(docker: Docker): Promise<Availability> {
  if (!docker.isLocal) {
    const { url, why } = docker.endpoint;
    return {
      available: false,
      reason: `the Docker engine is on another machine: ${url} (${why})`,
      hint: "Its ports are not this machine's. Use one on this machine, or tq redis up --engine native",
    };
  }
  try {
    await docker.ping();
    return { available: true };
  } catch (error) {
    if (!(error instanceof TqError)) throw error;
    return { available: false, reason: error.message, hint: error.hint ?? "" };
  }
}

function ownerOf(name: string, stateFolder: string): Owner {
  return { role: "redis", name, home: stateFolder };
}

function volumeOf(name: string): string {
  return `tq-${name}-data`;
}

/** The password stands in a file, because everybody may see a container's command and environment. */
function makeSettings({ password }: StartRequest): string {
  return formatSettings({
    ...CONTAINER_SETTINGS,
    requirepass: password === undefined ? undefined : quoteSetting(password),
  });
}

async function chooseAddresses(docker: Docker, { expose }: StartRequest): Promise<string[]> {
  if (expose) return ["0.0.0.0"];
  const bridge = await findBridgeAddress(docker);
  return bridge === null ? ["127.0.0.1"] : ["127.0.0.1", bridge];
}

/** The bridge's address may be unusable, or its port taken; then there is still the loopback address. */
async function publish(
  docker: Docker,
  plan: ContainerPlan,
  owner: Owner,
  { addresses, port, report }: { addresses: string[]; port: number; report: (line: string) => void },
): Promise<{ id: string; addresses: string[] }> {
  const at = (address: string) => ({ inside: REDIS_PORT, address, port });
  try {
    const id = await startContainer(docker, { ...plan, ports: addresses.map(at) }, owner);
    return { id, addresses };
  } catch (error) {
    const [first, bridge] = addresses;
    const failed = error instanceof TqError && error.cause instanceof Error ? error.cause.message : "";
    if (first === undefined || bridge === undefined || !failed.includes(bridge)) throw error;
    report(`note: containers will not reach it at ${bridge}:${port}, which cannot be used: ${failed}`);
    const id = await startContainer(docker, { ...plan, ports: [at(first)] }, owner);
    return { id, addresses: [first] };
  }
}

async function* readLog(
  docker: Docker,
  { name, handle }: StartedRedis,
  { follow, stateFolder, signal }: { follow: boolean; stateFolder: string; signal: AbortSignal },
): AsyncGenerator<string, void, undefined> {
  // Down removes the container, and its log with it.
  if (await inspectOwn(docker, handle, ownerOf(name, stateFolder))) {
    yield* readContainerLog(docker, handle, { follow, signal });
  }
}
