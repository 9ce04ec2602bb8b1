import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { TqError } from "../../errors.js";
import { disconnect } from "../../queue/client.js";
import { connectTo, type ConnectionOptions } from "../../queue/connect.js";
import { isAlive } from "../../is-alive.js";
import { waitUntilGone } from "../background-process.js";
import { readLog } from "../log-file.js";
import { askServerInfo } from "../wait-until-ready.js";
import {
  type Availability,
  type Engine,
  type Liveness,
  type StartedRedis,
  type StartRequest,
} from "./engine.js";
import { startServer } from "./start-server.js";
import { formatSettings, HISTORY_SETTINGS, quoteSetting } from "./settings-file.js";
import { type EngineSurroundings } from "./surroundings.js";

/** In this order; both speak the same protocol and read the same settings. */
const PROGRAMS = ["redis-server", "valkey-server"];

const LOG = "redis.log";

/** Milliseconds that a server has for saving its data and ending. */
const PATIENCE = 30_000;

/** A redis-server or valkey-server of this machine, in the background. */
export function createNativeEngine({ env }: EngineSurroundings): Engine {
  const find = () => findProgram(env);
  return {
    name: "native",
    limits: [],

    async probe(): Promise<Availability> {
      if (await find()) return { available: true };
      return {
        available: false,
        reason: "neither redis-server nor valkey-server is on the PATH",
        hint: "Debian, Ubuntu: sudo apt install redis-server    macOS: brew install redis",
      };
    },

    async start(request) {
      const program = (await find()) ?? "redis-server";
      const data = request.dataFolder ?? join(request.stateFolder, "data");
      mkdirSync(data, { recursive: true });
      const { pid, port, info } = await startServer(request, {
        program,
        log: join(request.stateFolder, LOG),
        command: (freePort) => [program, [writeSettings(request, { port: freePort, data })]],
        env,
      });
      return {
        engine: "native",
        name: request.name,
        addresses: [request.expose ? "0.0.0.0" : "127.0.0.1"],
        port,
        password: request.password ?? null,
        runId: info.get("run_id") ?? null,
        handle: String(pid),
        data,
        startedAt: new Date().toISOString(),
      };
    },

    inspect,

    async stop(redis, { volumes, stateFolder }) {
      if ((await inspect(redis)).state === "running") await shutDown(redis);
      if (volumes) rmSync(join(stateFolder, "data"), { recursive: true, force: true });
    },

    logs: (_redis, { follow, stateFolder, signal }) => readLog(join(stateFolder, LOG), { follow, signal }),
  };
}

async function findProgram(env: EngineSurroundings["env"]): Promise<string | null> {
  for (const program of PROGRAMS) {
    const { failed } = await execa(program, ["--version"], { env, extendEnv: false, reject: false });
    if (!failed) return program;
  }
  return null;
}

/** Settings go into a file that only this user can read, because a process list shows arguments. */
function writeSettings(
  { stateFolder, expose, password }: StartRequest,
  at: { port: number; data: string },
): string {
  const path = join(stateFolder, "redis.conf");
  const settings = formatSettings({
    port: String(at.port),
    bind: expose ? "* -::*" : "127.0.0.1",
    dir: quoteSetting(at.data),
    save: "60 1",
    daemonize: "no",
    ...HISTORY_SETTINGS,
    requirepass: password === undefined ? undefined : quoteSetting(password),
  });
  writeFileSync(path, settings, { mode: 0o600 });
  chmodSync(path, 0o600); // the mode above is for a new file only
  return path;
}

/** Known again by its run id, which no other server has. */
async function inspect(redis: StartedRedis): Promise<Liveness> {
  const pid = Number(redis.handle);
  if (!isAlive(pid)) return { state: "gone" };
  const info = await askServerInfo(address(redis)).catch(() => null);
  if (info?.get("run_id") === redis.runId) return { state: "running" };
  return {
    state: "foreign",
    detail: info
      ? `another Redis answers on port ${redis.port}`
      : `process ${pid} does not answer as a Redis on port ${redis.port}`,
  };
}

/** Told over the connection that has just shown whom it leads to; a process id might be another's by now. */
async function shutDown(redis: StartedRedis): Promise<void> {
  const client = await connectTo(address(redis))();
  let refusal: unknown;
  try {
    await client.callBuffer("SHUTDOWN");
  } catch (error) {
    refusal = error; // also when it succeeds: the connection ends without an answer
  } finally {
    disconnect(client);
  }
  if (await waitUntilGone(Number(redis.handle), PATIENCE)) return;
  throw new TqError(`redis-server (process ${redis.handle}) did not stop`, {
    code: "redis-not-stopped",
    exitCode: 3,
    hint: `It probably cannot save its data to ${redis.data ?? "its folder"}. See why:  tq redis logs --name ${redis.name}`,
    cause: refusal,
  });
}

function address({ port, password }: StartedRedis): ConnectionOptions {
  return { host: "127.0.0.1", port, password: password ?? undefined };
}
