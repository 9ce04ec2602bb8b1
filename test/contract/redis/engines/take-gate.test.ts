import { once } from "node:events";
import { Redis } from "ioredis";
import { expect, it } from "vitest";
import { HISTORY_COMMAND } from "../../../../src/redis/engines/embedded-history.js";
import { serveEmbedded } from "../../../../src/redis/engines/embedded-server.js";

it("keeps messages on their lists while it is closed, and serves who asked when it is open", async () => {
  await using server = await serveEmbedded({ port: 0 });
  const [waiting, asking, gone, putting] = [1, 2, 3, 4].map(() => new Redis(server.port));
  if (!waiting || !asking || !gone || !putting) throw new Error("four clients");
  const history = async (): Promise<string> => String(await putting.call(HISTORY_COMMAND, "0"));
  try {
    const first = waiting.brpop("q", 0);
    await expect.poll(history).toContain("brpop");
    server.takes.close();
    await putting.rpush("q", "a");
    expect(await first).toEqual(["q", "a"]); // it waited already
    const asked = asking.rpop("q");
    const never = gone.lpop("q").catch(() => "gone");
    await putting.rpush("q", "b", "c");
    gone.disconnect();
    await once(gone, "end");
    expect(await putting.lrange("q", 0, -1)).toEqual(["b", "c"]);
    expect(await putting.eval("return redis.call('LPOP', 'other')", 0)).toBeNull();
    server.takes.open();
    expect(await asked).toBe("c");
    expect(await never).toBe("gone");
    expect(await putting.lrange("q", 0, -1)).toEqual(["b"]);
    // It counts from when it was done.
    const seen = await history();
    expect(seen.indexOf('"rpop"')).toBeGreaterThan(seen.indexOf('"b","c"'));
  } finally {
    for (const one of [waiting, asking, gone, putting]) one.disconnect();
  }
});
