import { type ContainerCreateOptions } from "dockerode";
import { once } from "node:events";
import { PassThrough, type Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { type Docker } from "./docker.js";
import { isOwnedBy, makeLabels, type Owner } from "./labels.js";

export interface AttachedPlan {
  image: string;
  /** The program and its arguments. */
  command: readonly string[];
  /** Absolute folder inside. */
  workingFolder: string;
  /** Absolute folders of the host that appear under the same path inside. */
  folders: readonly { path: string; readOnly: boolean }[];
  env: Readonly<Record<string, string>>;
  /** "uid:gid"; without it the image decides. */
  user?: string | undefined;
  limits: { memory: number; processes: number; cpus: number };
}

/** A container that is removed when its program ends. */
export interface AttachedContainer {
  stdout: Readable;
  stderr: Readable;
  /** Writes to its standard input, as soon as it is up. */
  write: (text: string) => void;
  /** Its exit code. Rejects with `TqError` (exit 3) where it could not be started or waited for. */
  exited: Promise<number>;
  /** Closes its standard input, at which its program is to end, and resolves when the engine has removed it. */
  end: () => Promise<void>;
}

const REMOVE = { force: true, v: true };

/** Milliseconds that a program has for ending by itself when its standard input is closed. */
const PATIENCE = 3000;

/**
 * Starts a program in a container of its own, in the host's network, without rights and with nothing of the host's
 * but the folders. Its standard input is held by this process: it closes with it, however this process ends.
 */
export function startAttached(docker: Docker, plan: AttachedPlan, owner: Owner): AttachedContainer {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const started = docker.ask(async (client) => {
    const container = await client.createContainer(toOptions(plan, owner));
    try {
      // Before it starts: it may be gone soon afterwards.
      const exit = container.wait({ condition: "next-exit" }) as Promise<{ StatusCode: number }>;
      exit.catch(() => undefined); // told to whoever waits for it
      const removed = container.wait({ condition: "removed" }).catch(() => undefined);
      const stream = (await container.attach({
        stream: true,
        stdin: true,
        stdout: true,
        stderr: true,
        hijack: true,
      })) as NodeJS.ReadWriteStream & { destroy: () => void };
      client.modem.demuxStream(stream, stdout, stderr);
      stream.on("error", () => {
        stream.destroy();
      });
      stream.once("close", () => {
        stdout.end();
        stderr.end();
      });
      await container.start();
      return { container, stream, removed, exit: orLost(exit, stream) };
    } catch (error) {
      await container.remove(REMOVE).catch(() => undefined);
      throw error;
    }
  });
  const exited = docker.ask(async () => (await started).exit);
  exited.catch(() => {
    stdout.end();
    stderr.end();
  });
  return {
    stdout,
    stderr,
    exited,
    write: (text) => {
      started.then(({ stream }) => stream.writable && stream.write(text)).catch(() => undefined);
    },
    end: async () => {
      const up = await started.catch(() => null);
      if (!up) return;
      up.stream.end();
      if (!(await isSettled(up.removed))) {
        await up.container.remove(REMOVE).catch(() => undefined); // the engine does already, or is gone
        await isSettled(up.removed);
      }
      up.stream.destroy();
    },
  };
}

/** The exit code; rejects where the engine is gone: an answer that it had begun would be waited for in vain. */
async function orLost(exit: Promise<{ StatusCode: number }>, stream: NodeJS.ReadableStream): Promise<number> {
  const settled = new AbortController();
  const { signal } = settled;
  const lost = once(stream, "close", { signal }).then(async () => {
    await delay(PATIENCE, undefined, { signal });
    throw new Error("socket hang up");
  });
  lost.catch(() => undefined); // when it is settled
  try {
    return (await Promise.race([exit, lost])).StatusCode;
  } finally {
    settled.abort();
  }
}

/** Within the time for it. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  const settled = new AbortController();
  const tooLong = delay(PATIENCE, false, { signal: settled.signal }).catch(() => false);
  const outcome = await Promise.race([promise.then(() => true), tooLong]);
  settled.abort();
  return outcome;
}

function toOptions(
  { image, command, workingFolder, folders, env, user, limits }: AttachedPlan,
  owner: Owner,
): ContainerCreateOptions {
  const [program = "", ...args] = command;
  return {
    name: `tq-${owner.role}-${owner.name}`,
    Image: image,
    Entrypoint: [program],
    Cmd: args,
    WorkingDir: workingFolder,
    Env: Object.entries(env).map(([name, value]) => `${name}=${value}`),
    Labels: makeLabels(owner),
    OpenStdin: true,
    StdinOnce: true,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    ...(user !== undefined && { User: user }),
    HostConfig: {
      AutoRemove: true,
      NetworkMode: "host",
      Mounts: folders.map(({ path, readOnly }) => ({
        Type: "bind",
        Source: path,
        Target: path,
        ReadOnly: readOnly,
      })),
      ReadonlyRootfs: true,
      Tmpfs: { "/tmp": "rw,mode=1777,size=64m" },
      CapDrop: ["ALL"],
      SecurityOpt: ["no-new-privileges"],
      Memory: limits.memory,
      PidsLimit: limits.processes,
      NanoCpus: limits.cpus * 1e9,
      LogConfig: { Type: "none", Config: {} },
    },
  };
}

/**
 * Removes the containers of this role and home that their makers could not: those that were made and never started
 * when their maker was killed. `isOver` judges by the owner's name.
 */
export async function sweepAttached(
  docker: Docker,
  { role, home }: Pick<Owner, "role" | "home">,
  isOver: (name: string) => boolean,
): Promise<void> {
  const found = await docker.ask((client) =>
    client.listContainers({ all: true, filters: { label: [`tq.role=${role}`] } }),
  );
  for (const { Id, Labels } of found) {
    const name = Labels["tq.name"] ?? "";
    if (!isOwnedBy(Labels, { role, name, home }) || !isOver(name)) continue;
    await docker.find((client) => client.getContainer(Id).remove(REMOVE)).catch(() => undefined); // it goes by itself
  }
}
