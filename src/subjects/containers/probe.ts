import { realpathSync } from "node:fs";
import { lookup } from "node:dns/promises";
import { join } from "node:path";
import { runCompose } from "../../compose/compose-command.js";
import { findBridgeAddress } from "../../docker/bridge.js";
import {
  listProjectNetworks,
  listServiceContainers,
  type ServiceContainer,
} from "../../compose/service-containers.js";
import { listProcesses } from "../../docker/find-containers.js";
import { findImage } from "../../docker/images.js";
import { runInContainer } from "../../docker/exec.js";
import { type ConnectionOptions } from "../../queue/connect.js";
import { findPortHolder, type PortHolder } from "../../redis/lifecycle/port-holder.js";
import { askServerInfo } from "../../redis/wait-until-ready.js";
import { replay } from "../../lab/trace/replay.js";
import { type ComposeProject, projectName, readComposeProject } from "../../compose/project.js";
import { findComposeProject } from "../../compose/find-project.js";
import { settleProject } from "../../compose/settle.js";
import { type Lab, type Subject } from "../subject.js";
import { once } from "../../lab/once.js";
import { type Traffic } from "../../lab/trace/traffic.js";
import { type DataFolder, inspectData } from "./data-folder.js";
import { askPython, type PythonAnswer } from "./python-in-container.js";

export { type ComposeProject } from "../../compose/project.js";
export { imageName } from "../../compose/redis-image.js";
export { commandLine, type Service } from "../../compose/service.js";
export { type ServiceContainer } from "../../compose/service-containers.js";
export { type DataFolder } from "./data-folder.js";
export { type PythonAnswer } from "./python-in-container.js";

/** Whether something answered at an address, and if not, why. */
interface Reached {
  address: string;
  answers: boolean;
  reason: string;
}

export interface Reach {
  /** From inside python1, by the service's name. */
  inside: PythonAnswer;
  /** The service's name is known on the host. */
  nameOnHost: boolean;
  published: Reached | null;
  bridge: Reached | null;
  own: Reached | null;
}

/**
 * The student's Compose project, found by its folder. Nothing but `run` changes anything. All but `file` and `data` throw `TqError`
 * (exit 3) where the Docker engine does not answer.
 */
export interface ComposeProbe {
  file: ComposeProject | null;
  /** The same as Compose itself sees it, where this machine has Compose. */
  settled: () => Promise<ComposeProject | null>;
  /** The Compose project of the student's code, which may lie in a folder docker or one level above; as `settled`. */
  around: () => Promise<ComposeProject | null>;
  /** What Compose calls the project. */
  project: string;
  data: () => DataFolder;
  /** The Docker engine's version. */
  engine: () => Promise<string>;
  /** The project's containers, by service. */
  containers: () => Promise<Map<string, ServiceContainer>>;
  /** Those of the images that are not on the engine. */
  missingImages: (images: readonly string[]) => Promise<string[]>;
  /** Containers of other projects, with a service of one of these names. */
  elsewhere: (services: readonly string[]) => Promise<ServiceContainer[]>;
  /** Networks of the project that are there. */
  networks: () => Promise<string[]>;
  portHolder: (port: number) => Promise<PortHolder | null>;
  reach: () => Promise<Reach>;
  /** Whether Redis answers in python1 under this name or address. */
  tryFromPython: (host: string) => Promise<PythonAnswer>;
  /** Runs Compose in the student's folder, on their behalf; null where there is none. */
  run: (args: readonly string[]) => Promise<number | null>;
  /** Whether each of the services' Pythons has redis and hotqueue. */
  packages: (service: string) => Promise<PythonAnswer>;
  /** The command lines of what runs in a service's container. */
  processes: (service: string) => Promise<string[]>;
  /** What happened in the project's Redis; null where it is not running or cannot be reached. */
  traffic: () => Promise<Traffic | null>;
}

const REDIS = "redis-db";
const REDIS_PORT = 6379;

export const subject: Subject<ComposeProbe> = {
  open: (lab) => ({ probe: () => createComposeProbe(lab) }),
  versions: async ({ engine }, needs) => (needs.includes("docker") ? { docker: await engine() } : {}),
};

function createComposeProbe({ folder, env, signal, docker, observers }: Lab): ComposeProbe {
  const file = readComposeProject(folder, env);
  const project = projectName(folder, file, env);
  const all = once(() => listServiceContainers(docker));
  const here = realpath(folder);
  const containers = once(
    async () =>
      new Map((await all()).filter((one) => realpath(one.folder) === here).map((one) => [one.service, one])),
  );
  const redisAt = async (): Promise<ConnectionOptions | null> => {
    const redis = (await containers()).get(REDIS);
    if (!redis?.running) return null;
    const port = redis.ports.find(({ inside }) => inside === REDIS_PORT)?.port;
    if (port !== undefined) return { host: "127.0.0.1", port };
    const [network] = Object.values(redis.networks);
    return network ? { host: network.address, port: REDIS_PORT } : null;
  };
  const askIn = async (service: string, question: "packages" | "reach"): Promise<PythonAnswer> => {
    const container = (await containers()).get(service);
    if (!container?.running) return { ok: false, reason: `the container of ${service} does not run` };
    return askPython((command) => runInContainer(docker, container.id, command, { signal }), question);
  };
  const askPackages = new Map<string, Promise<PythonAnswer>>();
  return {
    file,
    project,
    settled: once(async () => file && (await settleProject(file, env, signal))),
    around: once(async () => {
      const found = findComposeProject(folder, env);
      return found && (await settleProject(found, env, signal));
    }),
    data: () => inspectData(join(folder, "data")),
    engine: once(() => docker.version()),
    containers,
    elsewhere: async (services) =>
      (await all()).filter((one) => realpath(one.folder) !== here && services.includes(one.service)),
    missingImages: async (images) => {
      const found = await Promise.all(images.map((image) => findImage(docker, image)));
      return images.filter((_, n) => found[n] === null);
    },
    networks: async () => {
      const found = [...(await containers()).values()][0]?.project ?? project;
      return listProjectNetworks(docker, found);
    },
    portHolder: findPortHolder,
    reach: once(async () => {
      const redis = (await containers()).get(REDIS);
      const port = redis?.ports.find(({ inside }) => inside === REDIS_PORT)?.port;
      const bridge = await findBridgeAddress(docker);
      const [network] = Object.values(redis?.networks ?? {});
      const [inside, nameOnHost, published, atBridge, own] = await Promise.all([
        askIn("python1", "reach"),
        isKnown(REDIS),
        port === undefined ? null : reach("127.0.0.1", port),
        port === undefined || bridge === null ? null : reach(bridge, port),
        network ? reach(network.address, REDIS_PORT) : null,
      ]);
      return { inside, nameOnHost, published, bridge: atBridge, own };
    }),
    tryFromPython: async (host) => {
      const container = (await containers()).get("python1");
      if (!container?.running) return { ok: false, reason: "the container of python1 does not run" };
      return askPython((command) => runInContainer(docker, container.id, command, { signal }), "reach", host);
    },
    run: (args) => runCompose(args, { folder, env, signal }),
    packages: (service) => {
      const asked = askPackages.get(service) ?? askIn(service, "packages");
      askPackages.set(service, asked);
      return asked;
    },
    processes: async (service) => {
      const container = (await containers()).get(service);
      return container?.running ? listProcesses(docker, container.id) : [];
    },
    traffic: once(async () => {
      const connection = await redisAt();
      if (!connection) return null;
      const seen = await observers.look(connection).catch(() => null);
      return seen && { ...seen, traces: replay(seen.events, seen) };
    }),
  };
}

function realpath(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder; // on another machine, or gone
  }
}

async function isKnown(name: string): Promise<boolean> {
  return lookup(name).then(
    () => true,
    () => false,
  );
}

async function reach(host: string, port: number): Promise<Reached> {
  const address = `${host}:${port}`;
  try {
    await askServerInfo({ host, port, connectTimeout: 1000 });
    return { address, answers: true, reason: "" };
  } catch (error) {
    return { address, answers: false, reason: error instanceof Error ? error.message : String(error) };
  }
}
