import { randomBytes } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { TqError } from "../../errors.js";
import { type EngineName } from "../engines/engine.js";
import { loadEngine } from "../engines/index.js";
import { type EngineSurroundings } from "../engines/surroundings.js";
import { chooseEngine } from "./choose-engine.js";
import { withLock } from "./lock.js";
import { checkPortIsFree } from "./port-taken.js";
import { type Instance, instanceFolder, listInstances, readInstance, writeInstance } from "./state.js";

export interface UpRequest {
  home: string;
  name: string;
  engine: EngineName | "auto";
  port: number;
  /** Absolute folder. */
  dataFolder: string | undefined;
  expose: boolean;
  surroundings: EngineSurroundings;
  /** Told what is going on, a line each. */
  report: (line: string) => void;
  signal: AbortSignal;
}

export interface UpResult {
  instance: Instance;
  /** It was up before. */
  already: boolean;
  /** Why this engine was taken. */
  why: string;
}

/**
 * Starts the Redis of this name, or finds that it is up. Throws `TqError`: exit 3 where the machine is in the
 * way, and then nothing is left behind.
 */
export function up(request: UpRequest): Promise<UpResult> {
  return withLock(request, async () => {
    const previous = readInstance(request.home, request.name);
    if (previous && (await isUp(previous, request))) {
      return { instance: previous, already: true, why: "it was started before" };
    }
    return start(request, previous);
  });
}

async function isUp(instance: Instance, { surroundings, report }: UpRequest): Promise<boolean> {
  if (instance.stoppedAt !== null) return false;
  const engine = await loadEngine(instance.engine, surroundings);
  const liveness = await engine.inspect(instance);
  if (liveness.state === "foreign")
    report(`the Redis that tq started as "${instance.name}" is gone: ${liveness.detail}`);
  return liveness.state === "running";
}

async function start(request: UpRequest, previous: Instance | null): Promise<UpResult> {
  const { home, name, dataFolder, expose, surroundings, report, signal } = request;
  if (request.port !== 0) {
    checkOwnPorts(request);
    await checkPortIsFree(request.port);
  }
  const keepsData = dataFolder !== undefined;
  const { engine, why } = await chooseEngine(request.engine, { keepsData, surroundings });
  if (keepsData) makeFolder(dataFolder);
  report(`starting Redis with the engine ${engine.name} (${why})`);
  if (previous?.data && previous.engine !== engine.name && !keepsData) {
    report(
      `note: the data of the last time stay with the engine ${previous.engine}: tq redis up --engine ${previous.engine}`,
    );
  }
  const started = await engine.start({
    name,
    port: request.port,
    dataFolder,
    stateFolder: instanceFolder(home, name),
    expose,
    password: expose ? randomBytes(24).toString("base64url") : undefined,
    report,
    signal,
  });
  const instance: Instance = { version: 1, ...started, dataIsTheirs: keepsData, stoppedAt: null };
  try {
    writeInstance(home, instance);
  } catch (error) {
    // Without its record nobody would ever stop it.
    await engine.stop(started, { volumes: false, stateFolder: instanceFolder(home, name) });
    rmSync(instanceFolder(home, name), { recursive: true, force: true });
    throw error;
  }
  return { instance, already: false, why };
}

/** A port that another instance of tq's has is said to be that one's. */
function checkOwnPorts({ home, name, port }: UpRequest): void {
  const other = listInstances(home).find(
    (instance) => instance.stoppedAt === null && instance.port === port && instance.name !== name,
  );
  if (!other) return;
  throw new TqError(`port ${port} belongs to the Redis that tq started as "${other.name}"`, {
    code: "port-taken",
    exitCode: 3,
    hint: `Use another port:     tq redis up --name ${name} --port 0\nStop that one:        tq redis down --name ${other.name}`,
  });
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw new TqError(`--data ${path}: the folder cannot be made: ${(error as Error).message}`, {
      code: "data-folder",
      exitCode: 2,
      hint: "Name a folder that you may write to.",
      cause: error,
    });
  }
}
