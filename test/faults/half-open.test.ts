import { setTimeout as delay } from "node:timers/promises";
import { Redis } from "ioredis";
import { afterAll, expect, it, vi } from "vitest";
import { UnconfirmedPutError } from "../../src/queue/errors.js";
import { HotQueue } from "../../src/queue/hot-queue.js";
import { type HotQueueOptions } from "../../src/queue/options.js";
import { useTq } from "../support/command-line/tq.js";
import { useClient, useRedisServer } from "../support/redis/redis-server.js";
import { describeWith } from "../support/suite/needs.js";
import { type SilentProxy, startSilentProxy } from "./support/silent-proxy.js";

/** Seconds within which a consumer that waits must have found out, and taken what waits. */
const BOUND = 30;

/** Seconds of one BLPOP: for so long Redis may give a message to a connection that is half open. */
const SLICE = 5;

const texts = (count: number) => Array.from({ length: count }, (_, n) => `message ${n}`);

// Each is mostly a wait, and has a queue of its own.
describeWith("redis", "a connection that is half open", () => {
  const redis = useRedisServer();
  const tq = useTq();
  let control: Redis | undefined;
  const client = () => (control ??= new Redis(redis().port, { db: 1 }));
  afterAll(() => control?.disconnect());
  let queues = 0;
  const nextQueue = () => `half-open-${(queues += 1)}`;

  const put = (queue: string, messages: readonly string[]) =>
    client().rpush(`hotqueue:${queue}`, ...messages);

  /** Consumers come through the proxy: as many connections wait there. */
  const untilWaiting = (proxy: SilentProxy, count = 1) =>
    vi.waitFor(
      async () => {
        const list = String(await client().client("LIST"));
        const waiting = [...list.matchAll(/ addr=127\.0\.0\.1:(\d+) .*cmd=bl/g)].map(([, port]) =>
          Number(port),
        );
        expect(waiting.filter((port) => proxy.ports().includes(port)).length).toBeGreaterThanOrEqual(count);
      },
      { timeout: 20_000 },
    );

  const until = (check: () => void) => vi.waitFor(check, { timeout: BOUND * 1000, interval: 50 });

  it.concurrent.each([
    ["consume"],
    ["consume", "--reliable", "--lease", "2"],
    ["consume", "--batch", "10"],
    ["consume", "--exec", "cat", "--concurrency", "3"],
    ["echo-worker"],
    ["get", "--block"],
  ])("is found out by tq %s %s %s, which takes what waits", { timeout: 120_000 }, async (...args) => {
    await using proxy = await startSilentProxy(redis().port);
    const queue = nextQueue();
    const url = `redis://127.0.0.1:${proxy.port}`;
    const given = [...args.filter(Boolean), "--queue", queue, "--serializer", "text"];
    const consumer = tq.start([...given, "--redis-url", url]);
    await untilWaiting(proxy);
    proxy.fallSilent();
    const since = performance.now();
    await delay((SLICE + 1) * 1000);
    const messages = texts(args[0] === "get" ? 1 : 20);
    await put(queue, messages);
    await until(() => {
      expect(consumer.stdout.match(/message \d+/g)?.sort()).toEqual([...messages].sort());
    });
    console.log(`${args.join(" ")}: ${((performance.now() - since) / 1000).toFixed(1)} s after it began`);
    expect(performance.now() - since).toBeLessThan(BOUND * 1000);
    expect(consumer.stderr).toContain("has not answered for 10 s");
    expect(consumer.stderr).toContain("Redis is back");
    consumer.child.kill("SIGTERM");
    await consumer.ended;
  });

  const open = (proxy: SilentProxy, options: HotQueueOptions = {}) => {
    const told: string[] = [];
    const queue = new HotQueue<string>(nextQueue(), {
      ...{ port: proxy.port, db: 1, serializer: "text" },
      onConnection: (state) => told.push(state),
      ...options,
    });
    return { queue, told };
  };

  it.concurrent.each([{}, { reliable: true, lease: 2 }])(
    "is found out by get, consume and worker of the library: %o",
    { timeout: 120_000 },
    async (options) => {
      await using proxy = await startSilentProxy(redis().port);
      const ways = [open(proxy, options), open(proxy, options), open(proxy, options)] as const;
      const seen: string[] = [];
      const stop = new AbortController();
      const { signal } = stop;
      const [{ queue: getting }, { queue: consuming }, { queue: working }] = ways;
      const running: Promise<unknown>[] = [
        getting.get({ block: true, signal }).then((item) => seen.push(String(item))),
        (async () => {
          for await (const item of consuming.consume({ signal })) seen.push(item);
        })(),
        working.worker((item) => seen.push(item), { signal, concurrency: "reliable" in options ? 4 : 1 })(),
      ];
      await untilWaiting(proxy, 3);
      proxy.fallSilent();
      await delay((SLICE + 1) * 1000);
      for (const { queue } of ways) await put(queue.name, [queue.name]);
      await until(() => {
        expect(seen.sort()).toEqual(ways.map(({ queue }) => queue.name).sort());
      });
      for (const { told } of ways) expect(told).toEqual(["lost", "back"]);
      stop.abort();
      await Promise.all(running);
      for (const { queue } of ways) await queue.close();
    },
  );

  it.concurrent(
    "loses at most one message in default mode, and it comes when the connection is whole again",
    { timeout: 120_000 },
    async () => {
      await using proxy = await startSilentProxy(redis().port);
      const { queue } = open(proxy);
      const seen: string[] = [];
      const stop = new AbortController();
      const run = queue.worker((item) => seen.push(item), { signal: stop.signal })();
      await untilWaiting(proxy);
      proxy.fallSilent();
      const messages = texts(10);
      await put(queue.name, messages);
      await until(() => {
        expect(seen).toEqual(messages.slice(1));
      });
      proxy.speak();
      await until(() => {
        expect(seen).toEqual([...messages.slice(1), "message 0"]);
      });
      stop.abort();
      await run;
      await queue.close();
    },
  );

  it.concurrent.each([1, 4])(
    "loses nothing in reliable mode, neither what was held nor what came: concurrency %i",
    { timeout: 120_000 },
    async (concurrency) => {
      await using proxy = await startSilentProxy(redis().port);
      const { queue } = open(proxy, { reliable: true, lease: 2 });
      const done = new Set<string>();
      const begun: string[] = [];
      let hold = true;
      const stop = new AbortController();
      const work = async (item: string) => {
        begun.push(item);
        while (hold) await delay(20);
        done.add(item);
      };
      const run = queue.worker(work, { signal: stop.signal, concurrency })();
      await put(queue.name, ["held"]);
      await until(() => {
        expect(begun).toEqual(["held"]);
      });
      if (concurrency > 1) await untilWaiting(proxy);
      proxy.fallSilent();
      const messages = texts(10);
      await put(queue.name, messages);
      await delay(1000);
      hold = false;
      await until(() => {
        expect([...done].sort()).toEqual(["held", ...messages].sort());
      });
      await vi.waitFor(async () => {
        expect(await client().llen(queue.key)).toBe(0);
      });
      stop.abort();
      await run;
      await queue.close();
      expect(await client().keys(`{hotqueue:${queue.name}}:held*`)).toEqual([]);
    },
  );

  it.concurrent(
    "is said where nothing passes at all, and is over when all does",
    { timeout: 120_000 },
    async () => {
      await using proxy = await startSilentProxy(redis().port);
      const { queue, told } = open(proxy);
      const seen: string[] = [];
      const stop = new AbortController();
      const run = queue.worker((item) => seen.push(item), { signal: stop.signal })();
      await untilWaiting(proxy);
      proxy.fallSilent("all");
      await put(queue.name, texts(3));
      await until(() => {
        expect(told).toEqual(["lost"]);
      });
      await delay(10_000);
      expect(told).toEqual(["lost"]);
      proxy.speak();
      await until(() => {
        expect(told).toEqual(["lost", "back"]);
        expect(seen.sort()).toEqual(texts(3));
      });
      stop.abort();
      await run;
      await queue.close();
    },
  );

  it.concurrent("leaves a put unknown, and the next one is told apart", { timeout: 120_000 }, async () => {
    await using proxy = await startSilentProxy(redis().port);
    const { queue } = open(proxy);
    await queue.put("before");
    proxy.fallSilent();
    await expect(queue.put("meanwhile")).rejects.toThrow(UnconfirmedPutError);
    expect(await queue.put("after")).toBe(2);
    expect(await client().lrange(queue.key, 0, -1)).toEqual(["before", "after"]);
    await queue.close();
  });
});

describeWith("redis", "a Redis that stands still for longer than a silence", () => {
  const redis = useRedisServer();
  const client = useClient(redis);

  it("gives its messages to the connection that waits, and none is lost", { timeout: 120_000 }, async () => {
    const told: string[] = [];
    const options = { port: redis().port, db: 1, serializer: "text" } as const;
    await using queue = new HotQueue<string>("queue", {
      ...options,
      onConnection: (state) => told.push(state),
    });
    const seen: string[] = [];
    const stop = new AbortController();
    const run = queue.worker((item) => seen.push(item), { signal: stop.signal })();
    await vi.waitFor(async () => {
      expect(String(await client().client("LIST"))).toContain("cmd=blpop");
    });
    process.kill(redis().pid, "SIGSTOP");
    const putting = client().rpush("hotqueue:queue", ...texts(5));
    await vi.waitFor(
      () => {
        expect(told).toEqual(["lost"]);
      },
      { timeout: BOUND * 1000 },
    );
    await delay(5000);
    process.kill(redis().pid, "SIGCONT");
    await putting;
    await vi.waitFor(
      () => {
        expect(seen).toEqual(texts(5));
        expect(told).toEqual(["lost", "back"]);
      },
      { timeout: 10_000 },
    );
    stop.abort();
    await run;
  });
});
