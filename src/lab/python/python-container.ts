import { createHash, randomBytes } from "node:crypto";
import images from "../../../compose/images.json" with { type: "json" };
import dockerfile from "../../../compose/python/Dockerfile";
import requirements from "../../../compose/requirements.txt";
import { once } from "node:events";
import { createServer } from "node:net";
import { constants } from "node:os";
import { join } from "node:path";
import { type AttachedContainer, startAttached, sweepAttached } from "../../docker/attached-container.js";
import { type Docker } from "../../docker/docker.js";
import { buildImage, ensureImage, findImage, type PullOptions } from "../../docker/images.js";
import { isOwnedBy, makeLabels } from "../../docker/labels.js";
import { TqError } from "../../errors.js";
import { type Ending, type PythonProcess, type PythonStart } from "./python-process.js";
import { REQUIRED } from "./requirements.js";
import { isAlive } from "../../is-alive.js";
import QUESTION from "./programs/what_it_is.py";

/** What the Python in the image is. */
export interface ContainerFacts {
  version: string;
  /** The modules that it can import. */
  modules: ReadonlySet<string>;
}

const BASE = images.python;

/** Another content has another name: an image that is there is whole. */
export const PYTHON_IMAGE = `tq-python:${createHash("sha256").update(dockerfile).update(requirements).digest("hex").slice(0, 8)}`;

/** It is the same for all who use the engine. */
const IMAGE_OWNER = { role: "python", name: "image", home: "" };

/** Bytes, processes and threads, processors. */
const LIMITS = { memory: 2 * 1024 ** 3, processes: 256, cpus: 1 };

/** Milliseconds for the container that is asked. */
const PATIENCE = 20_000;

/** A Python with the packages of the exercises, in containers of the image that `tq setup` makes. */
export class PythonContainer {
  private looked: Promise<ContainerFacts> | undefined;

  constructor(
    private readonly docker: Docker,
    /** tq's folder of state. */
    private readonly home: string,
    /** Absolute folder of tq's own Python code. */
    private readonly runtime: string,
  ) {}

  /** Makes the image unless it is there; false if it is. Throws `TqError` (exit 3). */
  async make({ report, signal }: PullOptions): Promise<boolean> {
    if (await this.hasImage()) return false;
    await ensureImage(this.docker, BASE, { report, signal });
    report(`making the image ${PYTHON_IMAGE} from ${BASE}: installing ${REQUIRED.join(", ")}`);
    const image = {
      name: PYTHON_IMAGE,
      files: { Dockerfile: dockerfile, "requirements.txt": requirements },
      labels: makeLabels(IMAGE_OWNER),
    };
    await buildImage(this.docker, image, signal);
    return true;
  }

  /** Runs one and asks it; what it answers holds. Throws `TqError` (exit 3) where there is no image, or where it would not do. */
  look(): Promise<ContainerFacts> {
    this.looked ??= this.ask().catch((error: unknown) => {
      this.looked = undefined; // what was in the way may be mended meanwhile
      throw error;
    });
    return this.looked;
  }

  start = ({ args, cwd, inherited, variables, writable, readable }: PythonStart): PythonProcess => {
    const { uid, gid } = { uid: process.getuid?.(), gid: process.getgid?.() };
    const container = startAttached(
      this.docker,
      {
        image: PYTHON_IMAGE,
        // Isolated: what changes the student's program does not change this one.
        command: ["python", "-I", "-S", join(this.runtime, "first_process.py"), ...args],
        workingFolder: cwd,
        folders: [
          ...writable.map((path) => ({ path, readOnly: false })),
          ...[...new Set([this.runtime, ...readable])].map((path) => ({ path, readOnly: true })),
        ],
        env: { HOME: "/tmp", ...courseVariables(inherited), ...variables },
        user: uid === undefined ? undefined : `${uid}:${gid ?? 0}`,
        limits: LIMITS,
      },
      { role: "program", name: `${process.pid}-${randomBytes(4).toString("hex")}`, home: this.home },
    );
    return toProcess(container);
  };

  private async hasImage(): Promise<boolean> {
    await this.docker.ping();
    const found = await findImage(this.docker, PYTHON_IMAGE);
    return found !== null && isOwnedBy(found.labels, IMAGE_OWNER);
  }

  private async ask(): Promise<ContainerFacts> {
    if (!(await this.hasImage())) {
      throw new TqError(`the image ${PYTHON_IMAGE} is not there`, {
        code: "no-python-image",
        exitCode: 3,
        hint: "tq setup --python container",
      });
    }
    if (process.platform === "win32" || !this.docker.isLocal) throw this.elsewhere();
    const isOver = (name: string): boolean => !isAlive(Number.parseInt(name, 10));
    await sweepAttached(this.docker, { role: "program", home: this.home }, isOver);
    const word = randomBytes(8).toString("hex");
    const server = createServer((socket) => socket.on("error", () => undefined).end(word));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    try {
      const { port } = server.address() as { port: number };
      const answer = await this.answerOf(["-c", QUESTION, String(port)]);
      if (answer.heard !== word) throw this.elsewhere();
      return { version: answer.version, modules: new Set(answer.modules) };
    } finally {
      server.close();
    }
  }

  private async answerOf(
    args: readonly string[],
  ): Promise<{ version: string; modules: string[]; heard: string }> {
    await using asked = this.start({
      args,
      cwd: "/",
      inherited: {},
      variables: {},
      writable: [],
      readable: [],
    });
    let [said, complained] = ["", ""];
    asked.stdout.setEncoding("utf8").on("data", (text: string) => (said += text));
    asked.stderr.setEncoding("utf8").on("data", (text: string) => (complained += text));
    const timer = setTimeout(() => {
      asked.kill("SIGKILL");
    }, PATIENCE);
    const { failure } = await asked.finished;
    clearTimeout(timer);
    // A folder of this machine that the engine does not know of.
    if (failure) throw /bind source path|mounts denied/i.test(failure.message) ? this.elsewhere() : failure;
    try {
      return JSON.parse(said) as { version: string; modules: string[]; heard: string };
    } catch (cause) {
      if (complained.includes("first_process.py")) throw this.elsewhere();
      throw new TqError(`the Python in ${PYTHON_IMAGE} does not answer: ${complained.trim()}`, {
        code: "python-image",
        exitCode: 3,
        cause,
        hint: `Make it anew:  docker image rm ${PYTHON_IMAGE}   then  tq setup`,
      });
    }
  }

  private elsewhere(): TqError {
    const { url } = this.docker.endpoint;
    return new TqError(
      `containers of the Docker engine at ${url} do not share this machine's files and 127.0.0.1`,
      {
        code: "engine-elsewhere",
        exitCode: 3,
        hint: "Docker Desktop: Settings, Resources, Network: Enable host networking",
      },
    );
  }
}

/** The course's own, such as REDIS_IP. Paths, secrets and settings of a shell have no place in a container. */
function courseVariables(env: PythonStart["inherited"]): Record<string, string> {
  const own = Object.entries(env).filter(([name]) => name.startsWith("REDIS_"));
  return Object.fromEntries(own.map(([name, value]) => [name, value ?? ""]));
}

const LETTERS = { SIGINT: "I", SIGKILL: "K" } as const;

function toProcess({ stdout, stderr, exited, write, end }: AttachedContainer): PythonProcess {
  const closed = Promise.all([stdout, stderr].map((stream) => once(stream, "end")));
  const finished = exited.then(
    async (code) => {
      await closed;
      return describeEnding(code);
    },
    (failure: unknown): Ending => {
      if (failure instanceof TqError) return { code: null, signal: null, failure };
      throw failure;
    },
  );
  return {
    stdout,
    stderr,
    finished,
    kill: (signal) => {
      write(LETTERS[signal]);
    },
    [Symbol.asyncDispose]: async () => {
      write(LETTERS.SIGKILL);
      await end();
      await finished;
    },
  };
}

/** A program that a signal has ended has 128 and its number for an exit code, as in a shell. */
function describeEnding(code: number): Ending {
  const signals = Object.entries(constants.signals) as [NodeJS.Signals, number][];
  const signal = signals.find(([, number]) => number === code - 128)?.[0] ?? null;
  return { code: signal ? null : code, signal };
}
