import { Redis } from "ioredis";
import { expect, it } from "vitest";
import { HISTORY_COMMAND } from "../../../../src/redis/engines/embedded-history.js";
import { serveEmbedded } from "../../../../src/redis/engines/embedded-server.js";

it("gives a message to who has waited longest, however many are awake", async () => {
  await using server = await serveEmbedded({ port: 0 });
  const producer = new Redis(server.port);
  const clients = [1, 2, 3].map(() => new Redis(server.port));
  const waitsNoted = async (): Promise<number> =>
    String(await producer.call(HISTORY_COMMAND, "0")).split(/blpop/i).length - 1;
  try {
    const waits = clients.map(() => [] as Promise<[string, string] | null>[]);
    for (let round = 0; round < 20; round += 1) {
      for (const [n, client] of clients.entries()) {
        waits[n] = [client.blpop("q", 0)];
        // Each waits when the next one begins to.
        await expect.poll(waitsNoted).toBe(round * 3 + n + 1);
      }
      if (round % 2 === 0) await producer.rpush("q", "0", "1", "2");
      else await Promise.all(["0", "1", "2"].map((text) => producer.rpush("q", text)));
      const got = await Promise.all(waits.flat());
      expect(got.map((one) => one?.[1])).toEqual(["0", "1", "2"]);
    }
  } finally {
    for (const one of [producer, ...clients]) one.disconnect();
  }
});
