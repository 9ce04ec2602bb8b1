import { expect, it, vi } from "vitest";
import {
  HotQueue,
  type HotQueueOptions,
  type ReliableEvent,
  RefusedError,
} from "../../../../src/queue/index.js";
import { reliableKeys } from "../../../../src/queue/reliable/keys.js";
import { describeWith } from "../../../support/suite/needs.js";
import { useClient, useRedisServer } from "../../../support/redis/redis-server.js";

const keys = reliableKeys("queue");
const soon = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 20_000 });

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describeWith("redis", "reliable delivery", () => {
  const redis = useRedisServer();
  const client = useClient(redis);
  const open = (options: HotQueueOptions = {}) =>
    new HotQueue<string>("queue", {
      port: redis().port,
      db: 1,
      serializer: "text",
      reliable: true,
      ...options,
    });
  const waiting = () => client().lrange(keys.queue, 0, -1);
  /** All lists of what consumers hold, joined. */
  const held = async () => {
    const lists = await client().keys(`${keys.heldPrefix}*`);
    return (await Promise.all(lists.map((list) => client().lrange(list, 0, -1)))).flat();
  };
  /** A consumer that has died with these messages in work. */
  const bury = async (name: string, ...messages: string[]) => {
    await client().rpush(keys.heldPrefix + name, ...messages);
    await client().zadd(keys.consumers, 1, name);
  };

  it("holds a message while the loop's body runs, and acknowledges it with the next take", async () => {
    await using queue = open();
    await queue.put("a", "b", "c");
    const seen: string[] = [];
    for await (const item of queue.consume({ timeout: 0.1 })) {
      expect(await held()).toEqual([item]);
      seen.push(item);
    }
    expect(seen).toEqual(["a", "b", "c"]);
    expect(await client().keys("*")).toEqual([]);
  });

  it("gives the message back to the head when a loop is left by break or an error", async () => {
    await using queue = open();
    await queue.put("a", "b", "c");
    for await (const item of queue.consume()) if (item === "b") break;
    expect(await waiting()).toEqual(["b", "c"]);
    const loop = async () => {
      for await (const item of queue.consume()) throw new Error(item);
    };
    await expect(loop()).rejects.toThrow("b");
    expect(await waiting()).toEqual(["b", "c"]);
    expect(await client().keys("*")).toEqual([keys.queue]);
  });

  it("gives back what a loop holds when the queue is closed inside it", async () => {
    const queue = open();
    await queue.put("a", "b");
    for await (const item of queue.consume()) {
      expect(item).toBe("a");
      await queue.close();
    }
    expect(await waiting()).toEqual(["a", "b"]);
  });

  it("returns what the dead held in its old order, and counts a failure for each", async () => {
    await bury("gone", "1", "2", "3");
    await client().rpush(keys.queue, "4");
    await using queue = open();
    expect(await queue.recover()).toEqual({ recovered: 3, dead: 0 });
    expect(await waiting()).toEqual(["1", "2", "3", "4"]);
    const attempts: number[] = [];
    for await (const message of queue.messages({ timeout: 0.1 })) attempts.push(message.attempt);
    expect(attempts).toEqual([2, 2, 2, 1]);
    expect(await client().exists(keys.attempts)).toBe(0);
  });

  it("recovers each message once, however many do it at once", async () => {
    const messages = Array.from({ length: 2500 }, (_, index) => String(index));
    await bury("gone", ...messages);
    const queues = Array.from({ length: 4 }, () => open());
    const found = await Promise.all(queues.map((queue) => queue.recover()));
    expect(found.reduce((sum, { recovered }) => sum + recovered, 0)).toBe(2500);
    expect(await waiting()).toEqual(messages);
    await Promise.all(queues.map((queue) => queue.close()));
  });

  it("makes what has killed its consumers too often a dead letter, though others of the same die with it", async () => {
    const events: ReliableEvent[] = [];
    await using queue = open({ onEvent: (event) => events.push(event) });
    for (const [death, count] of [2, 2, 0].entries()) {
      await client().del(keys.queue);
      await bury(`gone-${death}`, "same", "same");
      expect(await queue.recover()).toEqual({ recovered: count, dead: 2 - count });
    }
    const letters = await all(queue.deadLetters().list());
    expect(letters).toMatchObject([
      { value: "same", reason: "its consumer died", attempts: 3, consumer: "gone-2" },
      { value: "same", reason: "its consumer died" },
    ]);
    expect(events.map(({ type }) => type)).toEqual(["recovered", "recovered", "dead", "dead"]);
  });

  it("refuses the late acknowledgement of a consumer that was only slow, and tells it", async () => {
    const events: ReliableEvent[] = [];
    await using slow = open({ onEvent: (event) => events.push(event) });
    await using other = open();
    await slow.put("a");
    for await (const message of slow.messages({ timeout: 0.1 })) {
      if (message.attempt > 1) break; // it got it once more
      await client().zadd(keys.consumers, 1, String((await client().zrange(keys.consumers, 0, 0))[0]));
      expect(await other.recover()).toEqual({ recovered: 1, dead: 0 });
    }
    expect(events).toEqual([{ type: "refused", bytes: Buffer.from("a") }]);
    expect(await waiting()).toEqual(["a"]);
    for await (const message of slow.messages()) {
      await client().del(await client().keys(`${keys.heldPrefix}*`));
      await expect(message.acknowledge()).rejects.toBeInstanceOf(RefusedError);
      break;
    }
  });

  it("tries what failed again, later each time, and then lets it rest", async () => {
    const events: ReliableEvent[] = [];
    await using queue = open({ retryDelay: { first: 0.05 }, onEvent: (event) => events.push(event) });
    await queue.put("bad", "good");
    const order: string[] = [];
    const times: number[] = [];
    const ended = new AbortController();
    await queue.worker(
      (item) => {
        order.push(item);
        if (item === "good") return;
        times.push(performance.now());
        if (times.length === 3) ended.abort();
        throw new TypeError("it is bad\nvery");
      },
      { signal: ended.signal },
    )();
    expect(order).toEqual(["bad", "good", "bad", "bad"]);
    const [first = 0, second = 0, third = 0] = times;
    expect(second - first).toBeGreaterThan(49);
    expect(third - second).toBeGreaterThan(99);
    expect(third - first).toBeLessThan(3000);
    expect(events).toMatchObject([
      { type: "retried", reason: "TypeError: it is bad", failures: 1, delay: 0.05 },
      { type: "retried", failures: 2, delay: 0.1 },
      { type: "dead", failures: 3, reason: "TypeError: it is bad" },
    ]);
    expect(await client().keys("*")).toEqual(expect.arrayContaining([keys.dead, keys.seq]));
    expect(await client().dbsize()).toBe(2);
  });

  it("keeps dead letters until they are retried or dropped", async () => {
    await using queue = open({ attempts: 1 });
    await queue.put("a", "b", "c");
    const fail = () => Promise.reject(new Error("no"));
    await queue.worker(fail, { timeout: 0.1 })();
    const dead = queue.deadLetters();
    expect(await dead.count()).toBe(3);
    const [a, b] = await all(dead.list());
    if (!a || !b) throw new Error("there are none");
    expect(Date.now() - a.time.getTime()).toBeLessThan(10_000);
    expect(await dead.get(b.id)).toMatchObject({ value: "b", reason: "Error: no" });
    expect(await dead.retry(b.id, "1-1")).toBe(1);
    expect(await waiting()).toEqual(["b"]);
    expect(await dead.drop(a.id, b.id)).toBe(1);
    expect(await dead.retryAll()).toBe(1);
    expect(await waiting()).toEqual(["b", "c"]);
    expect(await dead.dropAll()).toBe(0);
  });

  it("makes what cannot be read a dead letter at once, and goes on", async () => {
    await client().rpush(keys.queue, "not json", '"json"');
    await using queue = open({ serializer: "json" });
    for await (const item of queue.consume()) {
      expect(item).toBe("json");
      break;
    }
    const [letter] = await all(queue.deadLetters().list());
    expect(letter?.reason).toMatch(/is not json/);
    expect(String(letter?.bytes)).toBe("not json");
  });

  it("works on several at once, takes more while some are slow, and finishes what it has when stopped", async () => {
    await using queue = open();
    const stop = new AbortController();
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const done: string[] = [];
    const running = queue.worker(
      async (item) => {
        if (item.startsWith("slow")) await gate;
        done.push(item);
      },
      { concurrency: 4, signal: stop.signal },
    )();
    await queue.put("slow 1", "slow 2", "slow 3");
    await soon(async () => {
      expect(await held()).toHaveLength(3);
    });
    for (const item of ["quick 1", "quick 2", "quick 3"]) {
      await queue.put(item);
      await soon(() => {
        expect(done).toContain(item);
      });
    }
    stop.abort();
    await queue.put("too late");
    release();
    await running;
    expect(done.slice(3).sort()).toEqual(["slow 1", "slow 2", "slow 3"]);
    expect(await waiting()).toEqual(["too late"]);
    expect(await client().dbsize()).toBe(1);
  });

  it.each([1, 4])(
    "gives back in order what is not done within the grace time, %i at once",
    async (concurrency) => {
      await using queue = open();
      const stop = new AbortController();
      const started: string[] = [];
      await queue.put("a", "b", "c", "d", "e");
      await queue.worker(
        async (item, { signal }) => {
          started.push(item);
          if (started.length === concurrency) stop.abort();
          await new Promise((resolve) => {
            signal.addEventListener("abort", resolve);
          });
          throw new Error("this failure does not count");
        },
        { concurrency, signal: stop.signal, grace: 0.05 },
      )();
      expect(started).toHaveLength(concurrency);
      expect(await waiting()).toEqual(["a", "b", "c", "d", "e"]);
      expect(await client().dbsize()).toBe(1);
    },
  );

  it("keeps its lease while it waits and works, and looks after the dead meanwhile", async () => {
    await using queue = open({ lease: 0.3 });
    const stop = new AbortController();
    const done: string[] = [];
    const running = queue.worker((item) => done.push(item), { signal: stop.signal })();
    await bury("gone", "left behind");
    await soon(() => {
      expect(done).toEqual(["left behind"]);
    });
    const since = performance.now();
    while (performance.now() - since < 600) {
      const [now] = await client().time();
      const [, until] = await client().zrange(keys.consumers, -1, -1, "WITHSCORES");
      expect(Number(until) / 1000).toBeGreaterThan(Number(now));
    }
    stop.abort();
    await running;
  });

  it("stays known when it leaves just after its connection was lost: a take may still arrive", async () => {
    await using queue = open();
    const waiter = queue.messages({ timeout: 0.5 }).next();
    await vi.waitFor(async () => {
      expect(String(await client().client("LIST"))).toContain("cmd=blmove");
    });
    await client().call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
    await waiter;
    const [name = ""] = await client().zrange(keys.consumers, 0, -1);
    await bury(name, "late");
    expect(await queue.recover()).toEqual({ recovered: 1, dead: 0 });
  });
});
