import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";

/** The built command, as a user's shell runs it. */
export const TQ = new URL("../../../bin/tq.js", import.meta.url).pathname;

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  /** Added to the environment; undefined removes. */
  env?: Record<string, string | undefined>;
  input?: string | Buffer;
  cwd?: string;
}

/** A tq that runs, for tests that do something meanwhile. */
export interface RunningTq {
  child: ChildProcessWithoutNullStreams;
  /** What it has printed so far. */
  readonly stdout: string;
  readonly stderr: string;
  /** Resolves when the text stands in what it has printed; rejects when it ends without. */
  until: (stream: "stdout" | "stderr", text: string) => Promise<void>;
  ended: Promise<Ended>;
}

/** The environment without anything of the person who runs the tests that tq reads. */
export function cleanEnvironment(home: string, added: RunOptions["env"] = {}): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, TQ_HOME: home, ...added };
  for (const name of ["TQ_REDIS_URL", "REDIS_IP", "NO_COLOR", "FORCE_COLOR"]) {
    if (!(name in added)) env[name] = undefined;
  }
  return env;
}

/** tq for the tests of one file, with a home of its own. */
export interface Tq {
  readonly home: string;
  start: (args: string[], options?: RunOptions) => RunningTq;
  run: (args: string[], options?: RunOptions) => Promise<Ended>;
}

export function useTq(): Tq {
  let home = "";
  const running = new Set<RunningTq>();
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), "tq-test-home-"));
  });
  afterAll(async () => {
    for (const { child } of running) child.kill("SIGKILL");
    await Promise.all([...running].map(({ ended }) => ended));
    await rm(home, { recursive: true, force: true });
  });
  const start = (args: string[], { env, input, cwd }: RunOptions = {}): RunningTq => {
    const child = spawn(process.execPath, [TQ, ...args], { env: cleanEnvironment(home, env), cwd });
    const tq = watch(child);
    running.add(tq);
    void tq.ended.finally(() => running.delete(tq));
    child.stdin.on("error", () => undefined); // it may end before it has read all
    if (input !== undefined) child.stdin.end(input);
    return tq;
  };
  return {
    get home() {
      return home;
    },
    start,
    run: (args, options = {}) => start(args, { input: "", ...options }).ended,
  };
}

/** Collects what a child process prints. */
export function watch(child: ChildProcessWithoutNullStreams): RunningTq {
  const printed = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => (printed[name] += text));
  }
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null, ...printed }));
  return {
    child,
    get stdout() {
      return printed.stdout;
    },
    get stderr() {
      return printed.stderr;
    },
    ended,
    async until(name, text) {
      while (!printed[name].includes(text)) {
        const more = once(child[name], "data").then(() => true);
        if (!(await Promise.race([more, ended.then(() => false)])) && !printed[name].includes(text)) {
          throw new Error(`tq ended without "${text}":\n${printed.stdout}\n${printed.stderr}`);
        }
      }
    },
  };
}
