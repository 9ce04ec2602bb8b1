import { Redis } from "ioredis";
import { expect, it } from "vitest";
import { findReturns } from "../../../../src/lab/trace/hold.js";
import { replayHolds } from "../../../../src/lab/trace/replay-holds.js";
import { HotQueue } from "../../../../src/queue/index.js";
import { reliableKeys } from "../../../../src/queue/reliable/keys.js";
import { serveEmbedded } from "../../../../src/redis/engines/embedded-server.js";
import { Observer } from "../../../../src/redis/observe/observer.js";
import { describeWith } from "../../../support/suite/needs.js";
import { startRedisServer } from "../../../support/redis/redis-server.js";

const keys = reliableKeys("queue");

const sources = {
  MONITOR: { live: true, tellsRetries: true, start: () => startRedisServer() },
  "the slow log": {
    live: false,
    tellsRetries: true,
    start: () => startRedisServer(["--slowlog-log-slower-than", "0"]),
  },
  "the embedded engine": { live: false, tellsRetries: false, start: () => serveEmbedded({ port: 0 }) },
};

describeWith("redis", "who had which message in hand", () => {
  it.each(Object.entries(sources))("is seen by %s", async (_, { live, tellsRetries, start }) => {
    await using server = await start();
    const { port } = server;
    using observer = await Observer.open({ host: "127.0.0.1", port }, { live });
    await using queue = new HotQueue<string>("queue", {
      port,
      db: 1,
      serializer: "text",
      reliable: true,
      retryDelay: { first: 0.05, most: 0.05 },
    });
    const slow = new Redis({ port, db: 1 });
    try {
      await queue.put("a");
      await slow.call("BLMOVE", keys.queue, `${keys.heldPrefix}slow`, "LEFT", "RIGHT", 1);
      await slow.zadd(keys.consumers, 1, "slow");
      let failed = false;
      for await (const message of queue.messages({ timeout: 0.5 })) {
        if (message.value === "a") {
          await slow.lrem(`${keys.heldPrefix}slow`, 1, "a");
          await queue.put("b", "c");
        } else if (message.value === "b" && !failed) {
          failed = true;
          await message.fail("not yet");
        }
      }
    } finally {
      slow.disconnect();
    }
    const holds = replayHolds((await observer.look()).events);
    const seen = holds.map(({ consumer, message, outcome, late }) =>
      [consumer === "slow" ? "slow" : "queue", String(message), outcome, late ? "late" : ""].join(" ").trim(),
    );
    const retried = ["queue b failed", "queue c done", "queue b done"];
    expect(seen.filter((one) => one.includes(" a "))).toEqual(["slow a back late", "queue a done"]);
    if (tellsRetries) expect(seen.filter((one) => !one.includes(" a "))).toEqual(retried);
    const returns = findReturns(holds).map(({ from, to }) => `${from.consumer} ${String(to.message)}`);
    expect(returns).toEqual(["slow a"]);
  });
});
