import { setTimeout as delay } from "node:timers/promises";
import { Redis } from "ioredis";
import { expect, it } from "vitest";
import { describeWith } from "../support/suite/needs.js";
import { startDurableRedis } from "../support/redis/redis-server.js";
import { printFigures } from "./support/figures.js";
import { randomFrom, SEED } from "./support/random.js";
import { Traffic } from "./support/traffic.js";

const KILLS = Number(process.env["TQ_FAULTS_REDIS_KILLS"] ?? 20);
const PAUSES = 5;

/** Seconds. */
const LEASE = 0.5;

describeWith("redis", "a Redis that is killed or stands still", () => {
  it.each(["always", "everysec"] as const)(
    "is killed and comes back, appendfsync %s",
    { timeout: 600_000 },
    async (fsync) => {
      const random = randomFrom(SEED);
      await using redis = await startDurableRedis(fsync);
      const traffic = new Traffic({ port: redis.port, producers: 3, consumers: 6, lease: LEASE });
      for (let kill = 0; kill < KILLS; kill += 1) {
        await traffic.progress(20);
        await delay(random() * 300);
        await redis.kill();
        await delay(random() * 300);
        await redis.restart();
      }
      await traffic.progress(20);
      const seen = traffic.judge(await traffic.finish());
      printFigures(`Redis killed, appendfsync ${fsync}`, { kills: KILLS, ...seen });
      expect([...traffic.ended]).toEqual([]);
      // A killed process leaves what it has written to the system; the system's own end can cost everysec a second.
      expect(seen["lost"]).toBeLessThanOrEqual(fsync === "always" ? 0 : traffic.confirmed.size / 100);
      expect(seen["of these there all the same"]).toBe(0);
    },
  );

  it.each(["CLIENT PAUSE", "SIGSTOP"])(
    "stands still for three leases by %s",
    { timeout: 300_000 },
    async (how) => {
      await using redis = await startDurableRedis("everysec");
      const client = new Redis(redis.port);
      const traffic = new Traffic({ port: redis.port, producers: 3, consumers: 6, lease: LEASE });
      for (let pause = 0; pause < PAUSES; pause += 1) {
        await traffic.progress(100);
        if (how === "SIGSTOP") process.kill(redis.pid, "SIGSTOP");
        else await client.call("CLIENT", "PAUSE", LEASE * 3000, "ALL");
        await delay(LEASE * 3000);
        if (how === "SIGSTOP") process.kill(redis.pid, "SIGCONT");
      }
      await traffic.progress(100);
      client.disconnect();
      const seen = traffic.judge(await traffic.finish());
      printFigures(`Redis paused by ${how}`, { pauses: PAUSES, "ms each": LEASE * 3000, ...seen });
      expect([...traffic.ended]).toEqual([]);
      expect(seen).toMatchObject({ lost: 0, refused: 0, unknown: 0 });
    },
  );
});
