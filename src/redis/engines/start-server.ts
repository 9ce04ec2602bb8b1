import { TqError } from "../../errors.js";
import { isAlive } from "../../is-alive.js";
import { endProcess, startInBackground } from "../background-process.js";
import { readLastLines } from "../log-file.js";
import { waitUntilReady } from "../wait-until-ready.js";
import { type StartRequest } from "./engine.js";
import { findFreePort } from "./free-port.js";

/** Milliseconds that a server has for answering; a large file of data takes a while to load. */
const PATIENCE = 60_000;

export interface ServerProgram {
  /** What it is called in an error. */
  program: string;
  /** Its command and arguments, given the port that it is to listen on. */
  command: (port: number) => readonly [command: string, args: readonly string[]];
  env: Readonly<Record<string, string | undefined>>;
  /** Absolute path of the file for what it prints. */
  log: string;
}

export interface RunningServer {
  pid: number;
  port: number;
  /** INFO's section server. */
  info: ReadonlyMap<string, string>;
}

/** Starts a server in the background and resolves when it answers. On failure or abort it is ended again. */
export async function startServer(
  { port: wanted, stateFolder, password, signal }: StartRequest,
  { program, command, env, log }: ServerProgram,
): Promise<RunningServer> {
  const port = wanted || (await findFreePort());
  const child = await startInBackground(...command(port), { env, folder: stateFolder, log });
  const stop = new AbortController();
  void child.ended.then(() => {
    stop.abort();
  });
  try {
    const info = await waitUntilReady(
      { host: "127.0.0.1", port, password },
      { signal: AbortSignal.any([signal, stop.signal]), patience: PATIENCE },
    );
    return { pid: child.pid, port, info };
  } catch (error) {
    const ended = stop.signal.aborted;
    if (isAlive(child.pid)) await endProcess(child.pid);
    signal.throwIfAborted();
    throw await didNotStart(`${program} ${ended ? "ended at once" : "does not answer"}`, log, error);
  }
}

async function didNotStart(what: string, log: string, cause: unknown): Promise<TqError> {
  return new TqError(what, {
    code: "redis-did-not-start",
    exitCode: 3,
    hint: ["The end of its log:", ...(await readLastLines(log, 5)).map((line) => `  ${line}`), log].join(
      "\n",
    ),
    cause,
  });
}
