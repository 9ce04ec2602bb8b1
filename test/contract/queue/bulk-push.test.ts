import { Redis } from "ioredis";
import { expect, it } from "vitest";
import { HotQueue } from "../../../src/queue/hot-queue.js";
import { describeWith } from "../../support/suite/needs.js";
import { useRedisServer } from "../../support/redis/redis-server.js";

describeWith("redis", "a put of many messages", () => {
  const redis = useRedisServer();

  it("stores messages of every length byte for byte, as a client of ioredis itself does", async () => {
    const { port } = redis();
    const messages = [0, 1, 9, 10, 47, 48, 49, 99, 100, 999, 1000, 70_000].map((length, index) =>
      Uint8Array.from({ length }, (_, at) => (at * 7 + index) % 256),
    );
    await using ours = new HotQueue("ours", { port, db: 1 });
    await using theirs = new HotQueue("wörtlich", {
      connect: () => Promise.resolve(new Redis(port, { db: 1 })),
    });
    await using named = new HotQueue("wörtlich 2", { port, db: 1 });
    for (const queue of [ours, theirs, named]) {
      expect(await queue.putEncoded(messages)).toBe(messages.length);
      const stored = await queue.peek(messages.length);
      for (const [index, { bytes }] of stored.entries())
        expect(new Uint8Array(bytes)).toEqual(messages[index]);
    }
  });
});
