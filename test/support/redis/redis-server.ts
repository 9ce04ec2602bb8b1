import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { findFreePort } from "../../../src/redis/engines/free-port.js";

export interface TestRedis extends AsyncDisposable {
  port: number;
  url: string;
  pid: number;
}

/** A real redis-server of the test's own; `args` are added to its command line. */
export function startRedisServer(args: string[] = [], port?: number): Promise<TestRedis> {
  const settings = ["--bind", "127.0.0.1", "--save", "", ...args];
  return launch(port, "Ready to accept connections", (folder) => ["--dir", folder, ...settings]);
}

/** A redis-server that is killed and comes back on the same port with the same data. */
export interface DurableRedis extends TestRedis {
  /** `kill -9`; resolves when it is gone. */
  kill: () => Promise<void>;
  /** Resolves when it is ready for commands again. */
  restart: () => Promise<void>;
}

/** One with an append-only file, which is written to the disk as `fsync` says. */
export async function startDurableRedis(fsync: "always" | "everysec"): Promise<DurableRedis> {
  const folder = await mkdtemp(join(tmpdir(), "tq-test-redis-"));
  const port = await findFreePort();
  const start = () => {
    const settings = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "yes", "--appendfsync", fsync];
    return launchIn(folder, port, "Ready to accept connections", ["--dir", folder, ...settings]);
  };
  let running = await start();
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    get pid() {
      return running.pid;
    },
    kill: () => running.kill(),
    restart: async () => {
      running = await start();
    },
    async [Symbol.asyncDispose]() {
      await running.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A real sentinel that watches one master, which it calls `name`; a setting is as `down-after-milliseconds 500`. */
export function startSentinel(
  name: string,
  master: number,
  quorum = 1,
  settings: string[] = [],
): Promise<TestRedis> {
  return launch(undefined, "+monitor master", (folder) => {
    const file = join(folder, "sentinel.conf");
    const lines = [
      `dir ${folder}`,
      "bind 127.0.0.1",
      `sentinel monitor ${name} 127.0.0.1 ${master} ${quorum}`,
    ];
    for (const setting of settings) lines.push(`sentinel ${setting.replace(" ", ` ${name} `)}`);
    writeFileSync(file, `${lines.join("\n")}\n`);
    return [file, "--sentinel"];
  });
}

/** The folder goes with the server. */
async function launch(
  port: number | undefined,
  ready: string,
  args: (folder: string) => string[],
): Promise<TestRedis> {
  port ??= await findFreePort();
  const folder = await mkdtemp(join(tmpdir(), "tq-test-redis-"));
  const { pid, kill } = await launchIn(folder, port, ready, args(folder));
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    pid,
    async [Symbol.asyncDispose]() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Resolves when the log says that it is ready. */
async function launchIn(
  cwd: string,
  port: number,
  ready: string,
  args: string[],
): Promise<{ pid: number; kill: () => Promise<void> }> {
  const child = spawn("redis-server", [...args, "--port", String(port)], {
    cwd,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  let log = "";
  await new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", () => {
      reject(new Error(`redis-server ended:\n${log}`));
    });
    child.stdout.on("data", (chunk: Buffer) => {
      log += chunk.toString();
      if (log.includes(ready)) resolve();
    });
  });
  return {
    pid: child.pid ?? 0,
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** A redis-server for all the tests of a suite, started before the first and ended after the last. */
export function useRedisServer(args: string[] = []): () => TestRedis {
  let redis: TestRedis | undefined;
  beforeAll(async () => {
    redis = await startRedisServer(args);
  });
  afterAll(async () => {
    await redis?.[Symbol.asyncDispose]();
  });
  return () => {
    if (!redis) throw new Error("the redis-server of this suite has not started");
    return redis;
  };
}

/** A connection to database 1 of it for each test, which begins with no data. */
export function useClient(redis: () => TestRedis): () => Redis {
  let client: Redis | undefined;
  beforeEach(async () => {
    client = new Redis(redis().port, { db: 1 });
    await client.flushall();
  });
  afterEach(() => {
    client?.disconnect();
  });
  return () => {
    if (!client) throw new Error("no test is running");
    return client;
  };
}
