import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { TqError } from "../../errors.js";
import { isAlive } from "../../is-alive.js";
import { endProcess, readCommandLine } from "../background-process.js";
import { readLog } from "../log-file.js";
import { type Engine, type Liveness, type StartedRedis, type StartRequest } from "./engine.js";
import { type EngineSurroundings } from "./surroundings.js";
import { startServer } from "./start-server.js";

/** The environment variable that hands the password over; a process list shows arguments, and not these. */
export const PASSWORD_VARIABLE = "TQ_EMBEDDED_PASSWORD";

const LOG = "redis.log";

/** A Redis written in JavaScript, in a background process of tq's own: for machines that have no other. */
export function createEmbeddedEngine({ env, self }: EngineSurroundings): Engine {
  return {
    name: "embedded",
    limits: [
      "it keeps its data in memory only: down, or a restart of the machine, loses them",
      "it is slow on long lists: from some ten thousand messages on, use docker or native",
      "it has no CLIENT UNBLOCK: a consumer that is stopped may take a quarter of a second",
    ],

    probe: () => Promise.resolve({ available: true }),

    async start(request: StartRequest) {
      if (request.dataFolder !== undefined) throw keepsNothing();
      const [node, script] = self;
      // The handle is part of the command line, by which the process is known again.
      const token = randomUUID();
      const args = [script, "redis", "serve-embedded", "--token", token, "--port"];
      const { password } = request;
      const { pid, port } = await startServer(request, {
        program: "tq's embedded Redis",
        log: join(request.stateFolder, LOG),
        command: (freePort) => [node, [...args, String(freePort), ...(request.expose ? ["--expose"] : [])]],
        env: { ...env, ...(password !== undefined && { [PASSWORD_VARIABLE]: password }) },
      });
      return {
        engine: "embedded",
        name: request.name,
        addresses: [request.expose ? "0.0.0.0" : "127.0.0.1"],
        port,
        password: password ?? null,
        runId: null,
        handle: `${pid} ${token}`,
        data: null,
        startedAt: new Date().toISOString(),
      };
    },

    inspect,

    async stop(redis) {
      if ((await inspect(redis)).state === "running") await endProcess(processId(redis));
    },

    logs: (_redis, { follow, stateFolder, signal }) => readLog(join(stateFolder, LOG), { follow, signal }),
  };
}

async function inspect(redis: StartedRedis): Promise<Liveness> {
  const [, token = ""] = redis.handle.split(" ");
  const pid = processId(redis);
  const command = isAlive(pid) ? await readCommandLine(pid) : null;
  if (command === null) return { state: "gone" };
  if (command.includes(token)) return { state: "running" };
  return { state: "foreign", detail: `process ${pid} is now another program: ${command}` };
}

function processId({ handle }: StartedRedis): number {
  return Number(handle.split(" ")[0]);
}

function keepsNothing(): TqError {
  return new TqError("--data: the embedded Redis keeps nothing on disk", {
    code: "embedded-data",
    exitCode: 2,
    hint: "Use --engine docker or --engine native, or leave --data out.",
  });
}
