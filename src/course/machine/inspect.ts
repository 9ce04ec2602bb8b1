import images from "../../../compose/images.json" with { type: "json" };
import { accessSync, constants, existsSync, statfsSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { findComposeCommand } from "../../compose/compose-command.js";
import { Docker } from "../../docker/docker.js";
import { findImage } from "../../docker/images.js";
import { TqError } from "../../errors.js";
import { findPortHolder } from "../../redis/lifecycle/port-holder.js";
import { listInstances } from "../../redis/lifecycle/state.js";
import { findPython } from "../../lab/python/find-python.js";
import { PythonContainer } from "../../lab/python/python-container.js";
import { type Finding } from "./finding.js";
import { CLUSTER_PROGRAMS } from "./cluster-programs.js";
import { type Need } from "./need.js";
import { installedPrograms, waysToGet } from "./own-cluster.js";
import { describePort } from "./port.js";

export interface MachineOptions {
  env: Readonly<Record<string, string | undefined>>;
  platform: NodeJS.Platform;
  home: string;
  folder: string;
  python: string | undefined;
  /** Absolute folder of tq's own files. */
  assets: string;
}

/** The images that exercises use. */
export const IMAGES = Object.values(images);

/** The Python packages that exercises use, as pip knows them. */
const PACKAGES = ["hotqueue", "redis"];

/** Milliseconds that a program has for saying its version. */
const PATIENCE = 5000;

/** Bytes: less than this is not enough for the images. */
const LITTLE_DISK = 2e9;

/** Looks at everything at the same time; changes nothing, and starts nothing that it does not end. */
export async function inspectMachine(options: MachineOptions): Promise<Finding[]> {
  const docker = new Docker({ env: options.env, platform: options.platform, homeFolder: homedir() });
  const engine = await findEngine(docker);
  const container = new PythonContainer(docker, options.home, join(options.assets, "python"));
  const [redisServer, client, compose, images, interpreter, framework, celery, ports, kubectl] =
    await Promise.all([
      findRedisServer(options),
      findClient(options),
      findCompose(options),
      Promise.all(engine.state === "ok" ? IMAGES.map((image) => describeImage(docker, image)) : []),
      findInterpreter({ ...options, container }),
      findFramework({ ...options, container }),
      findCelery({ ...options, container }),
      Promise.all(
        [6379, 5000].map(async (port) =>
          describePort(port, await findPortHolder(port), listInstances(options.home)),
        ),
      ),
      findKubectl(options),
    ]);
  const node: Finding = { name: "Node", state: "ok", detail: process.versions.node, serves: [] };
  const python = [interpreter, framework, celery];
  return [
    node,
    redisServer,
    client,
    engine,
    compose,
    ...images,
    ...python,
    kubectl,
    findClusterProgram(options),
    ...ports,
    findDisk(options),
  ];
}

async function version(
  program: string,
  args: readonly string[],
  env: MachineOptions["env"],
): Promise<string | null> {
  const result = await execa(program, args, { env, extendEnv: false, reject: false, timeout: PATIENCE });
  return result.failed ? null : (result.stdout.split("\n")[0] ?? "");
}

async function findRedisServer({ env }: MachineOptions): Promise<Finding> {
  const found = await version("redis-server", ["--version"], env);
  const detail =
    found === null ? "none; tq has a small one built in" : (/v=\S+/.exec(found)?.[0].slice(2) ?? found);
  return { name: "redis-server", state: found === null ? "note" : "ok", detail, serves: ["redis"] };
}

async function findClient({ env }: MachineOptions): Promise<Finding> {
  const found = await version("docker", ["--version"], env);
  return found === null
    ? {
        name: "docker command",
        state: "note",
        detail: "not on the PATH",
        remedy: "https://docs.docker.com/get-started/get-docker/",
        serves: [],
      }
    : { name: "docker command", state: "ok", detail: found.replace(/^Docker version /, ""), serves: [] };
}

async function findEngine(docker: Docker): Promise<Finding> {
  try {
    await docker.ping();
    const version = await docker.version();
    return {
      name: "Docker engine",
      state: "ok",
      detail: `${version} at ${docker.endpoint.url}`,
      serves: ["docker"],
    };
  } catch (error) {
    if (!(error instanceof TqError)) throw error;
    return {
      name: "Docker engine",
      state: "lacks",
      detail: error.message,
      remedy: error.hint,
      serves: ["docker"],
    };
  }
}

async function findCompose({ env }: MachineOptions): Promise<Finding> {
  const command = await findComposeCommand(env);
  const [program = "", ...words] = command ?? [];
  const found = command && (await version(program, [...words, "version", "--short"], env));
  return found === null
    ? {
        name: "Compose",
        state: "lacks",
        detail: "neither docker compose nor docker-compose answers",
        remedy: "https://docs.docker.com/compose/install/",
        serves: ["compose"],
      }
    : { name: "Compose", state: "ok", detail: `${found} (${command?.join(" ") ?? ""})`, serves: ["compose"] };
}

async function describeImage(docker: Docker, image: string): Promise<Finding> {
  const found = await findImage(docker, image);
  return {
    name: `image ${image}`,
    state: found ? "ok" : "note",
    detail: found ? `${(found.size / 1e6).toFixed(0)} MB` : "not fetched yet",
    ...(!found && { remedy: "tq setup   fetches it ahead" }),
    serves: [],
  };
}

type PythonOptions = MachineOptions & { container: PythonContainer };

async function findInterpreter({ env, folder, home, python, container }: PythonOptions): Promise<Finding> {
  try {
    const found = await findPython({ wanted: python, env, folder, home, container, packages: PACKAGES });
    return {
      name: "Python",
      state: "ok",
      detail: `${found.version}, ${found.name} (${found.why}), with ${PACKAGES.join(" and ")}`,
      serves: ["python"],
    };
  } catch (error) {
    if (!(error instanceof TqError)) throw error;
    return { name: "Python", state: "lacks", detail: error.message, remedy: error.hint, serves: ["python"] };
  }
}

/** Either is enough: a student has the one that their files import. */
async function findFramework({ env, folder, home, python, container }: PythonOptions): Promise<Finding> {
  const finding = { name: "web framework", serves: ["web"] as Need[] };
  for (const packages of [["flask"], ["fastapi", "uvicorn"]]) {
    try {
      const { name } = await findPython({
        wanted: python,
        env,
        folder,
        home,
        container,
        packages: [...PACKAGES, ...packages],
      });
      return { ...finding, state: "ok", detail: `${packages.join(" and ")} in ${name}` };
    } catch (error) {
      if (!(error instanceof TqError)) throw error;
    }
  }
  return {
    ...finding,
    state: "lacks",
    detail: "no Python has flask, or fastapi and uvicorn, beside hotqueue",
    remedy: "tq setup   makes one that has them all",
  };
}

/** Exercise 8 can be done up to the steps on a cluster without it. */
async function findKubectl({ env }: MachineOptions): Promise<Finding> {
  const finding = { name: "kubectl", serves: ["kubectl"] as Need[] };
  const found = await version("kubectl", ["version", "--client"], env);
  if (found === null) {
    return {
      ...finding,
      state: "note",
      detail: "not on the PATH: exercise 8 without its steps on a cluster",
      remedy: "https://kubernetes.io/docs/tasks/tools/",
    };
  }
  const context = await version("kubectl", ["config", "current-context"], env);
  const detail = `${found.replace(/^Client Version: /, "")}, ${context === null ? "without a context" : `context ${context}`}`;
  return context === null
    ? { ...finding, state: "note", detail, remedy: "A cluster of your own: tq cluster up" }
    : { ...finding, state: "ok", detail };
}

/** Whoever has a cluster elsewhere does without. */
function findClusterProgram(options: MachineOptions): Finding {
  const names = CLUSTER_PROGRAMS.map(({ name }) => name).join(", ");
  const installed = installedPrograms(options).map(({ name }) => name);
  return installed.length > 0
    ? {
        name: "own cluster",
        state: "ok",
        detail: `tq cluster up makes one, with ${installed.join(", or ")}`,
        serves: [],
      }
    : {
        name: "own cluster",
        state: "note",
        detail: `none of ${names} is installed`,
        remedy: waysToGet(),
        serves: [],
      };
}

async function findCelery({ env, folder, home, python, container }: PythonOptions): Promise<Finding> {
  const finding = { name: "Celery", serves: ["celery"] as Need[] };
  try {
    const packages = ["celery", "falcon"];
    const { name: path } = await findPython({ wanted: python, env, folder, home, container, packages });
    return { ...finding, state: "ok", detail: `celery and falcon in ${path}` };
  } catch (error) {
    if (!(error instanceof TqError)) throw error;
    return { ...finding, state: "lacks", detail: error.message, remedy: error.hint };
  }
}

function findDisk({ home }: MachineOptions): Finding {
  // It is made when first needed; until then its place among the folders that are there decides.
  let place = home;
  while (!existsSync(place) && dirname(place) !== place) place = dirname(place);
  try {
    accessSync(place, constants.W_OK);
  } catch (error) {
    return {
      name: "tq's folder",
      state: "lacks",
      detail: `${home}: ${(error as Error).message}`,
      remedy: "Make it writable, or name another: TQ_HOME=/some/folder tq …",
      serves: ["redis", "docker", "compose", "python", "web", "celery"],
    };
  }
  const { bavail, bsize } = statfsSync(place);
  const free = bavail * bsize;
  return {
    name: "disk",
    state: free < LITTLE_DISK ? "note" : "ok",
    detail: `${(free / 1e9).toFixed(1)} GB free at ${home}`,
    ...(free < LITTLE_DISK && { remedy: "Images and packages need about 2 GB: free some space" }),
    serves: [],
  };
}
