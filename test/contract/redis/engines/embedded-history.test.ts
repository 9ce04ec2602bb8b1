import { Redis } from "ioredis";
import { expect, it } from "vitest";
import { HISTORY_COMMAND } from "../../../../src/redis/engines/embedded-history.js";
import { serveEmbedded } from "../../../../src/redis/engines/embedded-server.js";

it("remembers what was done, and no password", async () => {
  await using server = await serveEmbedded({ port: 0, password: "s3cret" });
  const client = new Redis(server.port, { password: "s3cret" });
  try {
    await client.call("HELLO", "2", "AUTH", "default", "s3cret");
    await client.rpush("hotqueue:queue", "AUTH", "x");
    const history = String(await client.call(HISTORY_COMMAND, "0"));
    expect(history).not.toContain("s3cret");
    expect(history.toLowerCase()).toContain('["auth","(redacted)"]');
    expect(history).toContain('"AUTH","x"]');
  } finally {
    client.disconnect();
  }
});
