import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { findFreePort } from "../../src/redis/engines/free-port.js";

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

/** A real sentinel that watches one master, which it calls `name`. */
export function startSentinel(name: string, master: number): Promise<TestRedis> {
  return launch(undefined, "+monitor master", (folder) => {
    const file = join(folder, "sentinel.conf");
    writeFileSync(file, `dir ${folder}\nsentinel monitor ${name} 127.0.0.1 ${master} 1\n`);
    return [file, "--sentinel"];
  });
}

/** Resolves when the log says that it is ready; the folder goes with the server. */
async function launch(
  port: number | undefined,
  ready: string,
  args: (folder: string) => string[],
): Promise<TestRedis> {
  port ??= await findFreePort();
  const folder = await mkdtemp(join(tmpdir(), "tq-test-redis-"));
  const child = spawn("redis-server", [...args(folder), "--port", String(port)], {
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
    port,
    url: `redis://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await ended;
      await rm(folder, { recursive: true, force: true });
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
