import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { HotQueue } from "../../src/queue/hot-queue.js";
import { listQueues } from "../../src/queue/list-queues.js";
import { connectTo } from "../../src/queue/connect.js";
import { describeWith } from "../support/needs.js";
import { goEveryWay } from "../support/reliable-ways.js";
import { startRedisServer, startSentinel, type TestRedis, useRedisServer } from "../support/redis-server.js";

const run = promisify(execFile);

describeWith("redis", "a cluster of three masters", () => {
  const servers: TestRedis[] = [];
  beforeAll(async () => {
    for (let n = 0; n < 3; n += 1) servers.push(await startRedisServer(["--cluster-enabled", "yes"]));
    const nodes = servers.map(({ port }) => `127.0.0.1:${port}`);
    await run("redis-cli", ["--cluster", "create", ...nodes, "--cluster-yes"]);
    // Each node learns of the others' slots a moment later.
    for (const { port } of servers) {
      const client = new Redis(port);
      await vi.waitFor(
        async () => {
          expect(await client.cluster("INFO")).toContain("cluster_state:ok");
        },
        { timeout: 30_000 },
      );
      client.disconnect();
    }
  }, 60_000);
  afterAll(async () => {
    await Promise.all(servers.map((server) => server[Symbol.asyncDispose]()));
  });
  const cluster = () => [{ host: "127.0.0.1", port: servers[0]?.port ?? 0 }];

  it("holds queues on whichever node, consumes them, and lists them all", async () => {
    const names = Array.from({ length: 12 }, (_, index) => `queue ${index}`);
    for (const name of names) {
      await using queue = new HotQueue<string>(name, { cluster: cluster() });
      expect(await queue.put("a", "b")).toBe(2);
      expect(await queue.get({ block: true, timeout: 5 })).toBe("a");
      expect(await queue.length()).toBe(1);
    }
    const holding = await Promise.all(
      servers.map(async ({ port }) => {
        const client = new Redis(port);
        const count = await client.dbsize();
        client.disconnect();
        return count;
      }),
    );
    expect(Math.min(...holding)).toBeGreaterThan(0);
    const listed: string[] = [];
    for await (const { name } of listQueues(connectTo({ cluster: cluster() }))) listed.push(name);
    expect(listed.sort()).toEqual(names.sort());
  });

  it("delivers reliably, all keys of a queue in one slot", async () => {
    await goEveryWay({ cluster: cluster() });
  });

  it("stops a consumer that waits", async () => {
    await using queue = new HotQueue("idle", { cluster: cluster() });
    expect(await queue.get({ block: true, signal: AbortSignal.timeout(100) })).toBeNull();
  });
});

describeWith("redis", "a master found by its sentinel", () => {
  const master = useRedisServer();
  let sentinel: TestRedis | undefined;
  beforeAll(async () => {
    sentinel = await startSentinel("the-master", master().port);
  });
  afterAll(() => sentinel?.[Symbol.asyncDispose]());
  const connection = (name: string) => ({
    sentinel: { addresses: [{ host: "127.0.0.1", port: sentinel?.port ?? 0 }], master: name },
    db: 1,
  });

  it("carries a queue", async () => {
    await using queue = new HotQueue<string>("queue", connection("the-master"));
    await queue.put("hello");
    expect(await queue.get({ block: true, timeout: 5 })).toBe("hello");
  });

  it("is an error where the sentinel knows no master of that name", async () => {
    await using queue = new HotQueue<string>("queue", connection("another"));
    await expect(queue.put("hello")).rejects.toThrow(/sentinel/i);
  });
});
