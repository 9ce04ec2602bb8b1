import { createHash } from "node:crypto";
import { TqError } from "../errors.js";
import { inspectOwn, startContainer, stopContainer } from "./containers.js";
import { type Docker } from "./docker.js";
import { runInContainer } from "./exec.js";
import { ensureImage } from "./images.js";
import { isOwnedBy, type Owner } from "./labels.js";
import { connectContainer, ensureNetwork, removeNetwork } from "./networks.js";

export interface SidecarsUp {
  names: readonly string[];
  image: string;
  /** Without hotqueue and redis. */
  bare: boolean;
  /** Those two, as pip reads them. */
  packages: readonly string[];
  /** tq's folder of state. */
  home: string;
  /** The id of tq's own Redis in a container, which the sidecars find as redis-db; null where there is none. */
  redis: string | null;
  report: (line: string) => void;
  signal: AbortSignal;
}

export interface Sidecar {
  /** As its user calls it, and as other containers find it. */
  name: string;
  /** Its name in the engine. */
  container: string;
  id: string;
  image: string;
  running: boolean;
  /** Its address on tq's network; "" where it has none. */
  address: string;
}

/** The name by which sidecars find Redis. */
export const REDIS_NAME = "redis-db";

/** The network of a home's sidecars: two users of one engine have two. */
function networkOf(home: string): string {
  return `tq-${createHash("sha256").update(home).digest("hex").slice(0, 8)}`;
}

function ownerOf(name: string, home: string): Owner {
  return { role: "sidecar", name, home };
}

function networkOwner(home: string): Owner {
  return { role: "network", name: "sidecars", home };
}

/**
 * Starts Python containers beside tq's Redis on a network of their own; those that are up are left as they are.
 * Throws `TqError` (exit 3); a container that could not be made ready is removed again.
 */
export async function startSidecars(
  docker: Docker,
  options: SidecarsUp,
): Promise<{ started: string[]; already: string[] }> {
  const { names, image, home, redis, report, signal } = options;
  await ensureImage(docker, image, { report, signal });
  const network = networkOf(home);
  await ensureNetwork(docker, network, networkOwner(home));
  if (redis !== null) await connectContainer(docker, network, redis, [REDIS_NAME]);
  const outcome = { started: [] as string[], already: [] as string[] };
  await settleAll(
    names.map(async (name) => {
      const isNew = await startOne(docker, name, network, options);
      outcome[isNew ? "started" : "already"].push(name);
    }),
  );
  return { started: outcome.started.sort(), already: outcome.already.sort() };
}

/** True if it was not there, or not ready. */
async function startOne(
  docker: Docker,
  name: string,
  network: string,
  options: SidecarsUp,
): Promise<boolean> {
  const { image, bare, packages, home, report, signal } = options;
  const owner = ownerOf(name, home);
  const found = await inspectOwn(docker, containerOf(name), owner);
  if (found?.running) {
    if (bare || (await hasPackages(docker, found.id, signal))) return false;
    await install(docker, found.id, name, { packages, report, signal });
    return true;
  }
  const id = await startContainer(
    docker,
    {
      name: containerOf(name),
      image,
      command: ["sleep", "infinity"],
      ports: [],
      mounts: [],
      files: {},
      network: { name: network, aliases: [name] },
    },
    owner,
  );
  try {
    if (!bare) await install(docker, id, name, { packages, report, signal });
  } catch (error) {
    await stopContainer(docker, id, owner);
    throw error;
  }
  return true;
}

function containerOf(name: string): string {
  return `tq-${name}`;
}

async function hasPackages(docker: Docker, id: string, signal: AbortSignal): Promise<boolean> {
  const { exitCode } = await runInContainer(docker, id, ["python", "-c", "import hotqueue, redis"], {
    signal,
  });
  return exitCode === 0;
}

async function install(
  docker: Docker,
  id: string,
  name: string,
  { packages, report, signal }: Pick<SidecarsUp, "packages" | "report" | "signal">,
): Promise<void> {
  if (await hasPackages(docker, id, signal)) return;
  report(`${name}: installing hotqueue and redis`);
  const command = ["python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...packages];
  const { exitCode, stderr } = await runInContainer(docker, id, command, { signal });
  signal.throwIfAborted();
  if (exitCode === 0) return;
  throw new TqError(
    `${name}: pip could not install hotqueue and redis: ${stderr.trim().split("\n").at(-1) ?? ""}`,
    {
      code: "pip-failed",
      exitCode: 3,
      hint: "Is PyPI reached from containers (network, proxy, VPN)? Without packages:  tq sidecar up --bare",
    },
  );
}

/** The sidecars of this home, running or not, by name. */
export async function listSidecars(docker: Docker, home: string): Promise<Sidecar[]> {
  const found = await docker.ask((client) =>
    client.listContainers({ all: true, filters: { label: ["tq.role=sidecar"] } }),
  );
  return found
    .filter(({ Labels }) => isOwnedBy(Labels, ownerOf(Labels["tq.name"] ?? "", home)))
    .map(({ Id, Names, Image, State, Labels, NetworkSettings }) => ({
      name: Labels["tq.name"] ?? "",
      container: Names[0]?.replace(/^\//, "") ?? "",
      id: Id,
      image: Image,
      running: State === "running",
      address: NetworkSettings.Networks[networkOf(home)]?.IPAddress ?? "",
    }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** Removes the sidecars of this home and their network, and returns the sidecars' names. */
export async function stopSidecars(docker: Docker, home: string): Promise<string[]> {
  const found = await listSidecars(docker, home);
  await settleAll(found.map(({ name, id }) => stopContainer(docker, id, ownerOf(name, home))));
  await removeNetwork(docker, networkOf(home), networkOwner(home));
  return found.map(({ name }) => name);
}

/** Waits for all, also where one fails: nothing goes on behind the back of whoever is told of the failure. */
async function settleAll(work: readonly Promise<unknown>[]): Promise<void> {
  const failed = (await Promise.allSettled(work)).find((one) => one.status === "rejected");
  if (failed) throw failed.reason;
}
