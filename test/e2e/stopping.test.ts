import { spawn } from "node:child_process";
import { Redis } from "ioredis";
import { describe, expect, it } from "vitest";
import { serveEmbedded } from "../../src/redis/engines/embedded-server.js";
import { describeWith } from "../support/suite/needs.js";
import { startRedisServer, useClient, useRedisServer } from "../support/redis/redis-server.js";
import { cleanEnvironment, TQ, useTq } from "../support/command-line/tq.js";

/** Messages `from`, `from + 1`, … as tq writes numbers: what a Python program would put. */
function pickled(from: number, count: number): Buffer[] {
  return Array.from({ length: count }, (_, index) => {
    const bytes = Buffer.from("\x80\x04\x95\x06\0\0\0\0\0\0\0J\0\0\0\0.", "latin1");
    bytes.writeInt32LE(from + index, bytes.length - 5);
    return bytes;
  });
}

const numbers = (text: string) => text.split("\n").filter(Boolean).map(Number);

/**
 * Stops a consumer at a random moment while messages stream in, again and again, and counts: each message is
 * either printed or still in the queue, once, and in order.
 */
async function stopOften(tq: ReturnType<typeof useTq>, port: number, stops: number): Promise<void> {
  const client = new Redis(port, { db: 1 });
  let put = 0;
  let streaming = true;
  const producer = (async () => {
    while (streaming) {
      const count = 1 + Math.floor(Math.random() * 3);
      await client.rpush("hotqueue:queue", ...pickled(put, count));
      put += count;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 4));
    }
  })();
  const printed: number[] = [];
  for (let stop = 0; stop < stops; stop += 1) {
    const consumer = tq.start(["consume"], { env: { TQ_REDIS_URL: `redis://127.0.0.1:${port}` } });
    await consumer.until("stdout", "\n");
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
    consumer.child.kill(stop % 2 === 0 ? "SIGINT" : "SIGTERM");
    const { code, stdout, stderr } = await consumer.ended;
    expect({ code, stderr }).toEqual({ code: stop % 2 === 0 ? 130 : 143, stderr: "" });
    printed.push(...numbers(stdout));
  }
  streaming = false;
  await producer;
  const left = (await client.lrangeBuffer("hotqueue:queue", 0, -1)).map((bytes) => bytes.readInt32LE(12));
  client.disconnect();
  expect([...printed, ...left]).toEqual(Array.from({ length: put }, (_, index) => index));
}

describeWith("redis", "a consumer that is stopped", () => {
  const redis = useRedisServer();
  const tq = useTq();
  const client = useClient(redis);

  it("loses nothing in 300 stops at random moments", { timeout: 300_000 }, async () => {
    await stopOften(tq, redis().port, 300);
  });

  it("ends with 0 when its pipe is closed, and what was not handed over is in the queue", async () => {
    await client().rpush("hotqueue:queue", ...pickled(0, 100_000));
    const head = spawn(
      "sh",
      ["-c", `"${process.execPath}" "${TQ}" consume | head -3; echo "code \${PIPESTATUS:-}"`],
      { env: cleanEnvironment(tq.home, { TQ_REDIS_URL: redis().url }), stdio: ["ignore", "pipe", "inherit"] },
    );
    let printed = "";
    for await (const text of head.stdout.setEncoding("utf8")) printed += String(text);
    expect(numbers(printed.replace(/code.*/, ""))).toEqual([0, 1, 2]);
    const left = (await client().lrangeBuffer("hotqueue:queue", 0, -1)).map((bytes) => bytes.readInt32LE(12));
    // What the pipe had accepted counts as delivered: the rest is there without a gap.
    const first = left[0] ?? 0;
    expect(first).toBeGreaterThanOrEqual(3);
    expect(left).toEqual(Array.from({ length: 100_000 - first }, (_, index) => first + index));
  });

  it("puts back the one message that a reader gone away did not take", async () => {
    const consumer = tq.start(["consume"], { env: { TQ_REDIS_URL: redis().url } });
    await client().rpush("hotqueue:queue", ...pickled(0, 1));
    await consumer.until("stdout", "0\n");
    consumer.child.stdout.destroy();
    await client().rpush("hotqueue:queue", ...pickled(1, 2));
    expect((await consumer.ended).code).toBe(0);
    const left = (await client().lrangeBuffer("hotqueue:queue", 0, -1)).map((bytes) => bytes.readInt32LE(12));
    expect(left).toEqual([1, 2]);
  });

  it("ends at a stop although nobody reads its full pipe", async () => {
    await client().rpush("hotqueue:queue", ...pickled(0, 50_000));
    const consumer = spawn(process.execPath, [TQ, "consume"], {
      env: cleanEnvironment(tq.home, { TQ_REDIS_URL: redis().url }),
      stdio: ["ignore", "pipe", "inherit"],
    });
    consumer.stdout.on("readable", () => undefined); // fills its buffer and reads no further
    let before = -1;
    await expect
      .poll(async () => {
        const length = await client().llen("hotqueue:queue");
        const still = length === before && length < 50_000;
        before = length;
        return still;
      })
      .toBe(true);
    consumer.kill("SIGINT");
    const ended = new Promise((resolve) => consumer.once("exit", resolve));
    expect(await ended).toBe(130);
    let printed = "";
    for await (const text of consumer.stdout.setEncoding("utf8")) printed += String(text);
    const left = (await client().lrangeBuffer("hotqueue:queue", 0, -1)).map((bytes) => bytes.readInt32LE(12));
    expect([...numbers(printed), ...left]).toEqual(Array.from({ length: 50_000 }, (_, index) => index));
  });

  it("says once that Redis went away, and once that it is back, and goes on", async () => {
    const first = await startRedisServer();
    const consumer = tq.start(["consume"], { env: { TQ_REDIS_URL: first.url } });
    const producer = new Redis(first.port, { db: 1 });
    producer.on("error", () => undefined);
    await producer.rpush("hotqueue:queue", ...pickled(1, 1));
    await consumer.until("stdout", "1\n");
    await first[Symbol.asyncDispose]();
    await consumer.until("stderr", "Trying again");
    await using second = await startRedisServer([], first.port);
    await consumer.until("stderr", "Redis is back");
    await producer.rpush("hotqueue:queue", ...pickled(2, 1));
    await consumer.until("stdout", "2\n");
    consumer.child.kill("SIGINT");
    const { stderr, stdout } = await consumer.ended;
    expect(stdout).toBe("1\n2\n");
    expect(stderr.match(/Trying again/g)).toHaveLength(1);
    expect(stderr.match(/Redis is back/g)).toHaveLength(1);
    producer.disconnect();
    expect(second.port).toBe(first.port);
  });
});

describe("a consumer that is stopped, on the embedded Redis", () => {
  const tq = useTq();
  it("loses nothing in 5 stops at random moments", { timeout: 60_000 }, async () => {
    await using redis = await serveEmbedded({ port: 0 });
    await stopOften(tq, redis.port, 5);
  });
});
