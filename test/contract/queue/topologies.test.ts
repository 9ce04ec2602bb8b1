import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { HotQueue } from "../../../src/queue/hot-queue.js";
import { listQueues } from "../../../src/queue/list-queues.js";
import { UnconfirmedPutError } from "../../../src/queue/errors.js";
import { connectTo } from "../../../src/queue/connect.js";
import { describeWith } from "../../support/suite/needs.js";
import { goEveryWay } from "../../support/queue/reliable-ways.js";
import { startRedisCluster, type TestCluster } from "../../support/redis/redis-cluster.js";
import { startSentinel, type TestRedis, useRedisServer } from "../../support/redis/redis-server.js";

describeWith("redis", "a cluster of three masters", () => {
  let started: TestCluster | undefined;
  beforeAll(async () => {
    started = await startRedisCluster(0);
  }, 60_000);
  afterAll(() => started?.[Symbol.asyncDispose]());
  const nodes = () => started?.nodes ?? [];
  const cluster = () => [{ host: "127.0.0.1", port: nodes()[0]?.port ?? 0 }];

  it("holds queues on whichever node, consumes them, and lists them all", async () => {
    const names = Array.from({ length: 12 }, (_, index) => `queue ${index}`);
    for (const name of names) {
      await using queue = new HotQueue<string>(name, { cluster: cluster() });
      expect(await queue.put("a", "b")).toBe(2);
      expect(await queue.get({ block: true, timeout: 5 })).toBe("a");
      expect(await queue.length()).toBe(1);
    }
    const holding = await Promise.all(
      nodes().map(async ({ port }) => {
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

  it("never puts again unseen what it was not told of", async () => {
    await using queue = new HotQueue<string>("cut", { cluster: cluster() });
    expect(await queue.put("first")).toBe(1);
    const node = new Redis((await started?.keeperOf(queue.key))?.port ?? 0);
    await node.call("CLIENT", "PAUSE", "10000", "WRITE");
    const refused = expect(queue.put("unknown")).rejects.toBeInstanceOf(UnconfirmedPutError);
    await vi.waitFor(async () => {
      expect(String(await node.client("LIST"))).toContain("cmd=rpush");
    });
    await node.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
    await node.call("CLIENT", "UNPAUSE");
    node.disconnect();
    await refused;
    expect(await queue.put("next")).toBe(2);
  });

  it("has only database 0", () => {
    expect(() => new HotQueue("queue", { cluster: cluster(), db: 1 })).toThrow("only database 0");
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
