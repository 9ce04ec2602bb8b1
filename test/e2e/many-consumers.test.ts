import { describe, expect, it } from "vitest";
import { HotQueue } from "../../src/queue/index.js";
import { serveEmbedded } from "../../src/redis/engines/embedded-server.js";
import { describeWith } from "../support/suite/needs.js";
import { useRedisServer } from "../support/redis/redis-server.js";
import { useTq } from "../support/command-line/tq.js";

const CONSUMERS = 20;

/** All consumers are waiting before the first message comes, so that each takes its share. */
async function consumeTogether(tq: ReturnType<typeof useTq>, port: number, messages: number): Promise<void> {
  const env = { TQ_REDIS_URL: `redis://127.0.0.1:${port}` };
  const consumers = Array.from({ length: CONSUMERS }, () => tq.start(["consume", "--timeout", "5"], { env }));
  await using queue = new HotQueue<number>("queue", { port, db: 1 });
  for (let from = 0; from < messages; from += 500) {
    await queue.put(...Array.from({ length: 500 }, (_, index) => from + index));
  }
  const ended = await Promise.all(consumers.map((consumer) => consumer.ended));
  const printed = ended.flatMap(({ stdout }) => stdout.split("\n").filter(Boolean).map(Number));
  expect(printed.sort((a, b) => a - b)).toEqual(Array.from({ length: messages }, (_, index) => index));
  expect(await queue.length()).toBe(0);
}

describeWith("redis", "twenty consumers on one queue", () => {
  const redis = useRedisServer();
  const tq = useTq();
  it("print each of 20,000 messages exactly once", { timeout: 120_000 }, () =>
    consumeTogether(tq, redis().port, 20_000),
  );
});

describe("twenty consumers on one queue of the embedded Redis", () => {
  const tq = useTq();
  it("print each of 2,000 messages exactly once", { timeout: 120_000 }, async () => {
    await using redis = await serveEmbedded({ port: 0 });
    await consumeTogether(tq, redis.port, 2_000);
  });
});
