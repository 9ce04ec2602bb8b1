import { once } from "node:events";
import { connect } from "node:net";
import { Redis } from "ioredis";
import { expect, it } from "vitest";
import { HISTORY_COMMAND } from "../../../../src/redis/engines/embedded-history.js";
import { serveEmbedded } from "../../../../src/redis/engines/embedded-server.js";

it.each(["ended", "reset"])(
  "keeps a message for the next one where who waited for it has %s",
  async (how) => {
    await using server = await serveEmbedded({ port: 0 });
    const client = new Redis(server.port);
    const history = async (): Promise<string> => String(await client.call(HISTORY_COMMAND, "0"));
    try {
      const gone = connect(server.port, "127.0.0.1");
      await once(gone, "connect");
      gone.write("BLPOP q 0\r\n");
      await expect.poll(history).toContain("BLPOP");
      if (how === "ended") gone.end();
      else gone.resetAndDestroy();
      await expect.poll(history).toContain('"words":[]');
      await client.rpush("q", "a");
      expect(await client.lpop("q")).toBe("a");
    } finally {
      client.disconnect();
    }
  },
);
