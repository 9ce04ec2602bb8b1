import { type ContainerCreateOptions } from "dockerode";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pack } from "tar-stream";
import { TqError } from "../errors.js";
import { type Docker } from "./docker.js";
import { explainDockerError } from "./explain-error.js";
import { isOwnedBy, makeLabels, type Owner } from "./labels.js";

export interface ContainerPlan {
  /** Its name in the engine. */
  name: string;
  image: string;
  command: string[];
  /** Where a TCP port of the container appears on the host. */
  ports: { inside: number; address: string; port: number }[];
  /** Volumes by name, or absolute folders of the host, and where they appear inside. */
  mounts: { source: string; target: string }[];
  /** "uid:gid"; without it the image decides. */
  user?: string | undefined;
  /** A network other than the default one, and the names by which others find it there. */
  network?: { name: string; aliases: string[] };
  /** Files that it finds at its start, by absolute path. */
  files: Record<string, string>;
}

export interface ContainerFacts {
  id: string;
  running: boolean;
}

/** With the volumes that the engine made for it without a name; those with a name stay. */
const REMOVE = { force: true, v: true };

/**
 * Makes and starts a container; one of the same owner and name that is left over is replaced. On failure nothing
 * is left. Throws `TqError` (exit 3), also where the name belongs to a container that is not the owner's.
 */
export async function startContainer(docker: Docker, plan: ContainerPlan, owner: Owner): Promise<string> {
  await removeOwn(docker, plan.name, owner);
  return docker.ask(async (client) => {
    const container = await client.createContainer(toOptions(plan, owner));
    try {
      for (const [path, content] of Object.entries(plan.files)) {
        const slash = path.lastIndexOf("/");
        const archive = pack();
        archive.entry({ name: path.slice(slash + 1), mode: 0o644 }, content);
        archive.finalize();
        await container.putArchive(archive, { path: path.slice(0, slash) || "/" });
      }
      await container.start();
    } catch (error) {
      await container.remove(REMOVE);
      throw error;
    }
    return container.id;
  });
}

function toOptions(
  { name, image, command, ports, mounts, user, network }: ContainerPlan,
  owner: Owner,
): ContainerCreateOptions {
  const bindings: Record<string, { HostIp: string; HostPort: string }[]> = {};
  for (const { inside, address, port } of ports) {
    (bindings[`${inside}/tcp`] ??= []).push({ HostIp: address, HostPort: String(port) });
  }
  return {
    name,
    Image: image,
    Cmd: command,
    Labels: makeLabels(owner),
    ExposedPorts: Object.fromEntries(Object.keys(bindings).map((port) => [port, {}])),
    // With a terminal its log is plain text; without one each piece has a header.
    Tty: true,
    ...(user !== undefined && { User: user }),
    ...(network && {
      NetworkingConfig: { EndpointsConfig: { [network.name]: { Aliases: network.aliases } } },
    }),
    HostConfig: {
      // A first process that heeds signals and buries what others leave behind.
      Init: true,
      ...(network && { NetworkMode: network.name }),
      PortBindings: bindings,
      Mounts: mounts.map(({ source, target }) => ({
        Type: source.startsWith("/") ? "bind" : "volume",
        Source: source,
        Target: target,
      })),
    },
  };
}

/** What has this id or name now; null where nothing has, or where it is not the owner's. */
export async function inspectOwn(docker: Docker, id: string, owner: Owner): Promise<ContainerFacts | null> {
  const found = await docker.find((client) => client.getContainer(id).inspect());
  if (!found || !isOwnedBy(found.Config.Labels, owner)) return null;
  return { id: found.Id, running: found.State.Running };
}

/** Whether a container of this id runs now. */
export async function isRunning(docker: Docker, id: string): Promise<boolean> {
  const found = await docker.find((client) => client.getContainer(id).inspect());
  return found?.State.Running ?? false;
}

/** As kill -9 does; nothing where it has ended by itself. */
export async function killContainer(docker: Docker, id: string): Promise<void> {
  await docker.ask((client) =>
    client
      .getContainer(id)
      .kill({ signal: "SIGKILL" })
      .catch((error: unknown) => {
        // The engine says 409 of a container that does not run.
        if ((error as { statusCode?: number }).statusCode !== 409) throw error;
      }),
  );
}

/** Starts it again as it was made. */
export async function startAgain(docker: Docker, id: string): Promise<void> {
  await docker.ask((client) => client.getContainer(id).start());
}

/** Ends it as its service is asked to, by force after so many seconds, and starts it again. */
export async function restartContainer(docker: Docker, id: string, seconds: number): Promise<void> {
  await docker.ask((client) => client.getContainer(id).restart({ t: seconds }));
}

/** Ends what runs in it, which has ten seconds for that, and removes it; nothing where it is gone already. */
export async function stopContainer(docker: Docker, id: string, owner: Owner): Promise<void> {
  const found = await inspectOwn(docker, id, owner);
  if (!found) return;
  if (found.running) await docker.ask((client) => client.getContainer(id).stop({ t: 10 }));
  await docker.find((client) => client.getContainer(id).remove(REMOVE));
}

/** The lines of its log, oldest first; with `follow` it goes on until the signal. */
export async function* readContainerLog(
  docker: Docker,
  id: string,
  { follow, signal }: { follow: boolean; signal: AbortSignal },
): AsyncGenerator<string, void, undefined> {
  const options = { stdout: true, stderr: true, abortSignal: signal };
  const input = await docker.ask(async (client) => {
    const container = client.getContainer(id);
    if (!follow) return Readable.from([await container.logs({ ...options, follow: false })]);
    return new Readable().wrap(await container.logs({ ...options, follow: true }));
  });
  input.on("error", () => undefined); // told by the lines too
  try {
    yield* createInterface({ input, crlfDelay: Infinity });
  } catch (error) {
    if (!signal.aborted) throw explainDockerError(error, docker.endpoint);
  }
}

async function removeOwn(docker: Docker, name: string, owner: Owner): Promise<void> {
  const found = await docker.find((client) => client.getContainer(name).inspect());
  if (!found) return;
  if (!isOwnedBy(found.Config.Labels, owner)) {
    throw new TqError(`there is a container "${name}" already, which this tq did not start`, {
      code: "name-taken",
      exitCode: 3,
      hint: `Use another name: --name <name>\nSee it:           docker ps -a --filter name=${name}`,
    });
  }
  await docker.ask((client) => client.getContainer(found.Id).remove(REMOVE));
}
