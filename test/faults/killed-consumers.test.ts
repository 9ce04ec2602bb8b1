import { setTimeout as delay } from "node:timers/promises";
import { expect, it, vi } from "vitest";
import { HotQueue } from "../../src/queue/hot-queue.js";
import { describeWith } from "../support/suite/needs.js";
import { useClient, useRedisServer } from "../support/redis/redis-server.js";
import { Consumers, type Line } from "./support/consumers.js";
import { printFigures } from "./support/figures.js";
import { randomFrom, SEED } from "./support/random.js";
import { keys, STAY } from "./support/traffic.js";

const KILLS = Number(process.env["TQ_FAULTS_KILLS"] ?? 200);
const MESSAGES_A_KILL = 100;
const CONSUMERS = 8;

/** Long enough that a loaded machine does not take a consumer for dead that was not killed. */
const LEASE = 3;

describeWith("redis", "consumers that are killed at random moments", () => {
  const redis = useRedisServer();
  const client = useClient(redis);

  it.each([
    { reliable: true, concurrency: 1, kills: KILLS },
    { reliable: true, concurrency: 4, kills: Math.ceil(KILLS / 4) },
    { reliable: false, concurrency: 1, kills: KILLS },
  ])("reliable: $reliable, $concurrency at once", { timeout: 1_200_000 }, async ({ kills, ...mode }) => {
    await using consumers = await Consumers.open({ port: redis().port, lease: LEASE, work: 2, ...mode });
    await killOften(consumers, kills);
    await drain();
    await consumers.stop();
    const dead = await client().xlen(keys.dead);
    const lines = consumers.read();
    const seen = judge(lines, kills * MESSAGES_A_KILL);
    const lost = seen.neverDone - dead;
    printFigures(`killed consumers, ${mode.reliable ? "reliable" : "default"}, ${mode.concurrency} at once`, {
      messages: kills * MESSAGES_A_KILL,
      kills,
      ...(mode.reliable ? { "messages recovered": seen.recovered } : {}),
      lost,
      "done twice": seen.doneTwice,
      ...(mode.reliable ? { "dead letters": dead } : {}),
    });
    expect(lost).toBeGreaterThanOrEqual(0);
    expect(lost).toBeLessThanOrEqual(mode.reliable ? 0 : kills);
    expect(seen.doneTwice).toBeLessThanOrEqual(mode.reliable ? kills * mode.concurrency : 0);
  });

  /** Before each kill come new messages, so that it meets consumers at work. */
  async function killOften(consumers: Consumers, kills: number): Promise<void> {
    const random = randomFrom(SEED);
    for (let n = 0; n < CONSUMERS; n += 1) consumers.start();
    for (let kill = 0, put = 0; kill < kills; kill += 1) {
      const atWork = await consumers.ready(CONSUMERS / 2);
      const messages = Array.from({ length: MESSAGES_A_KILL }, () => String(put++));
      await client().rpush(keys.queue, ...messages);
      await delay(random() * 40);
      const victim = atWork[Math.floor(random() * atWork.length)];
      if (!victim) throw new Error("nobody is at work");
      await consumers.kill(victim);
      consumers.start();
    }
  }

  /** Until all that was put is done or dead, and no consumer that died is waited for any more. */
  async function drain(): Promise<void> {
    await vi.waitFor(
      async () => {
        const left = await client().keys("*");
        expect(left.filter((key) => !STAY.includes(key))).toEqual([]);
      },
      { timeout: 120_000, interval: 100 },
    );
  }

  it("gives back what each held in its old order", { timeout: 600_000 }, async () => {
    const kills = Math.ceil(KILLS / 4);
    const random = randomFrom(SEED);
    const mode = { reliable: true, concurrency: 8, lease: 60, work: 10 };
    await using consumers = await Consumers.open({ port: redis().port, ...mode });
    await using queue = new HotQueue("queue", { port: redis().port, db: 1, reliable: true, attempts: 1e6 });
    let given = 0;
    for (let kill = 0, put = 0; kill < kills; kill += 1) {
      await client().rpush(keys.queue, ...Array.from({ length: 50 }, () => String(put++)));
      const victim = consumers.start();
      await consumers.ready(0);
      await delay(random() * 40);
      await consumers.kill(victim);
      const [name = ""] = await client().zrange(keys.consumers, 0, -1);
      const held = await client().lrange(keys.heldPrefix + name, 0, -1);
      await client().zadd(keys.consumers, 1, name);
      await queue.recover();
      const head = await client().lrange(keys.queue, 0, -1);
      expect(head.slice(0, held.length)).toEqual(held);
      expect(held.map(Number)).toEqual(held.map(Number).sort((a, b) => a - b));
      given += held.length;
    }
    printFigures("order of what the killed held", { kills, "messages given back": given, "out of order": 0 });
  });
});

/** What the record says of messages 0 to below `count`. */
function judge(
  lines: readonly Line[],
  count: number,
): { neverDone: number; doneTwice: number; recovered: number } {
  const done = new Map<string, number>();
  let recovered = 0;
  for (const { what, message, number } of lines) {
    if (what === "done") done.set(message, (done.get(message) ?? 0) + 1);
    if (what === "recovered") recovered += number;
  }
  let doneTwice = 0;
  for (const times of done.values()) doneTwice += times - 1;
  return { neverDone: count - done.size, doneTwice, recovered };
}
