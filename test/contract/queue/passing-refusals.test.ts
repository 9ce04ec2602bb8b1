import { expect, it, vi } from "vitest";
import { HotQueue } from "../../../src/queue/index.js";
import { describeWith } from "../../support/suite/needs.js";
import { useClient, useRedisServer } from "../../support/redis/redis-server.js";
import { CODES, useRefusals } from "../../support/redis/refusals.js";

describeWith("redis", "a Redis that refuses for a while", () => {
  const redis = useRedisServer();
  const client = useClient(redis);
  const refusals = useRefusals(client);

  it.each(CODES)("%s is told to producers, and consumers wait until it is over", async (code) => {
    const { begin, end } = refusals(code);
    const told: string[] = [];
    const options = { port: redis().port, db: 1, serializer: "text", lease: 0.4 } as const;
    const onConnection = (state: string, reason: unknown) => told.push(`${state} ${String(reason)}`);
    await using producer = new HotQueue<string>("queue", options);
    await using plain = new HotQueue<string>("queue", { ...options, onConnection });
    await using reliable = new HotQueue<string>("reliable", { ...options, reliable: true, onConnection });
    const done: string[] = [];
    const stop = new AbortController();
    const work = (item: string) => done.push(item);
    const running = [
      plain.worker(work, { signal: stop.signal })(),
      reliable.worker(work, { signal: stop.signal })(),
      reliable.worker(work, { signal: stop.signal, concurrency: 2 })(),
    ];
    await vi.waitFor(async () => {
      expect(String(await client().client("LIST")).match(/cmd=bl(pop|move)/g)).toHaveLength(3);
    });
    await begin();
    await vi.waitFor(async () => {
      await expect(producer.put("refused")).rejects.toThrow(new RegExp(`^${code}`));
      if (code !== "OOM") expect(told.filter((one) => one.startsWith("lost"))).not.toEqual([]);
    });
    await end();
    for (const queue of [plain, reliable]) expect(await queue.put(queue.name)).toBe(1);
    await vi.waitFor(() => {
      expect(done.sort()).toEqual(["queue", "reliable"]);
    });
    const heard = (state: string) => told.filter((one) => one.startsWith(state)).length;
    await vi.waitFor(
      () => {
        expect(heard("back")).toBe(heard("lost"));
      },
      { timeout: 10_000 },
    );
    stop.abort();
    await Promise.all(running);
    expect(await client().keys("*held*")).toEqual([]);
  });

  it("is a mistake where it never was otherwise", async () => {
    await refusals("READONLY").begin();
    await using queue = new HotQueue("queue", { port: redis().port, db: 1 });
    await expect(queue.get({ block: true, timeout: 5 })).rejects.toThrow(/^READONLY/);
    await refusals("READONLY").end();
  });
});
