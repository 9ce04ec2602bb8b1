import { type ChildProcessByStdio, spawn } from "node:child_process";
import { type Readable } from "node:stream";
import { TqError } from "../../errors.js";
import { signalGroup } from "../../process-group.js";
import { type Ending, type PythonProcess, type PythonStart, type StartPython } from "./python-process.js";

/** Milliseconds for what it has printed to arrive after its end. */
const LAST_WORDS = 100;

/** Starts the Python of this path as a process of this machine. */
export function startHere(path: string): StartPython {
  return (start) => spawnPython(path, start);
}

function spawnPython(path: string, { args, cwd, inherited, variables }: PythonStart): PythonProcess {
  // The types know of no fourth pipe.
  const child = spawn(path, [...args], {
    cwd,
    // A group of its own: what it starts is ended with it.
    detached: true,
    // The last one is never written to: that it closes tells the program that tq is gone.
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    env: { ...inherited, ...variables, TQ_LIFELINE: "3" },
  }) as ChildProcessByStdio<null, Readable, Readable>;
  /** Also when it has ended: what it started may live on. */
  const kill = (signal: NodeJS.Signals): void => {
    signalGroup(child.pid, signal);
  };
  const finished = new Promise<Ending>((resolve) => {
    child.once("close", (code, signal) => {
      resolve({ code, signal });
    });
    // What it has started may hold its pipes open; what it printed itself is there soon.
    child.once("exit", (code, signal) => {
      setTimeout(resolve, LAST_WORDS, { code, signal });
    });
    child.once("error", (cause) => {
      resolve({ code: null, signal: null, failure: cannotStart(path, cause) });
    });
  });
  return {
    stdout: child.stdout,
    stderr: child.stderr,
    finished,
    kill,
    [Symbol.asyncDispose]: async () => {
      kill("SIGKILL");
      await finished;
    },
  };
}

function cannotStart(path: string, cause: Error): TqError {
  return new TqError(`${path} cannot be started: ${cause.message}`, {
    code: "no-python",
    exitCode: 3,
    hint: `See:  ${path} --version`,
    cause,
  });
}
