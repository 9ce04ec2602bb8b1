import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it, vi } from "vitest";
import { HotQueue } from "../../../../src/queue/index.js";
import { reliableKeys } from "../../../../src/queue/reliable/keys.js";
import { serveEmbedded } from "../../../../src/redis/engines/embedded-server.js";
import { goEveryWay } from "../../../support/queue/reliable-ways.js";
import { describeWith, python } from "../../../support/suite/needs.js";
import { useClient, useRedisServer } from "../../../support/redis/redis-server.js";

const keys = reliableKeys("queue");
const soon = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 20_000 });

describe("reliable delivery on the embedded Redis", () => {
  it("goes every way", async () => {
    await using redis = await serveEmbedded({ port: 0 });
    await goEveryWay({ port: redis.port });
  });
});

describeWith("redis", "reliable delivery in bad times", () => {
  const redis = useRedisServer();
  const client = useClient(redis);

  it.each([1, 20])(
    "loses and keeps nothing when connections are cut again and again, %i at once",
    async (concurrency) => {
      await using queue = new HotQueue<number>("queue", {
        port: redis().port,
        db: 1,
        serializer: "json",
        reliable: true,
        lease: 1,
      });
      const count = concurrency === 1 ? 800 : 20_000;
      const numbers = Array.from({ length: count }, (_, index) => index);
      await client().rpush(keys.queue, ...numbers);
      const seen = new Map<number, number>();
      const stop = new AbortController();
      const running = queue.worker(
        async (item) => {
          if (item % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
          seen.set(item, (seen.get(item) ?? 0) + 1);
        },
        { concurrency, signal: stop.signal },
      )();
      await soon(() => {
        expect(seen.size).toBeGreaterThan(0); // what is cut before that is no consumer yet, and rejects
      });
      let cuts = 0;
      // Not for ever: on a busy machine no connection may live long enough to be of use.
      while (cuts < 60 && (await client().llen(keys.queue)) > 0) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        cuts += Number(await client().client("KILL", "TYPE", "normal", "SKIPME", "yes"));
      }
      await soon(async () => {
        expect(await client().keys(`${keys.heldPrefix}*`)).toEqual([]);
        expect(await client().exists(keys.delayed, keys.queue)).toBe(0);
      });
      stop.abort();
      await running;
      expect(cuts).toBeGreaterThan(0);
      expect([...seen.keys()].sort((a, b) => a - b)).toEqual(numbers);
      const twice = [...seen.values()].filter((times) => times > 1).length;
      expect(twice).toBeLessThanOrEqual(cuts * concurrency);
      // One that left just after a cut stays known for a while: a take of it could still arrive.
      const left = await client().keys("*");
      expect(left.filter((key) => key !== keys.consumers && key !== keys.reports)).toEqual([]);
    },
  );

  it("goes on when Redis is full", async () => {
    const timeout = 0.5;
    await using queue = new HotQueue<string>("queue", {
      port: redis().port,
      db: 1,
      serializer: "text",
      reliable: true,
      lease: 0.3,
    });
    await queue.put("a", "b", "c");
    await client().config("SET", "maxmemory", "1");
    try {
      const done: string[] = [];
      for await (const item of queue.consume({ timeout })) done.push(item);
      expect(done).toEqual(["a", "b", "c"]);
    } finally {
      await client().config("SET", "maxmemory", "0");
    }
    expect(await client().dbsize()).toBe(0);
  });
});

describeWith(["redis", "python"], "reliable delivery of what Python's HotQueue puts", () => {
  const redis = useRedisServer();
  const client = useClient(redis);

  it("takes it, while the program knows nothing of it", async () => {
    const program = `
import sys
from hotqueue import HotQueue
q = HotQueue("queue", host="127.0.0.1", port=int(sys.argv[1]), db=1)
for n in range(100): q.put({"n": n})
for n in range(100): q.put(n)`;
    await promisify(execFile)(python(), ["-c", program, String(redis().port)]);
    await using queue = new HotQueue("queue", { port: redis().port, db: 1, reliable: true });
    const taken: unknown[] = [];
    for await (const item of queue.consume({ timeout: 0.1 })) taken.push(item);
    expect(taken).toHaveLength(200);
    expect(taken[1]).toEqual({ n: 1 });
    expect(await client().dbsize()).toBe(0);
  });
});
