import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";

/** What every message is: as Python writes "message-0123456789" in protocol 4. */
export const MESSAGE = Buffer.concat([
  Buffer.from("80049516000000000000008c12", "hex"),
  Buffer.from("message-0123456789"),
  Buffer.from("942e", "hex"),
]);

async function findFreePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** Runs `work` with a redis-server of its own: its port, a client on database 1, and `fill`. Ends it afterwards. */
export async function withRedis(work) {
  const folder = mkdtempSync(join(tmpdir(), "tq-bench-redis-"));
  const port = await findFreePort();
  const args = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder];
  const server = spawn("redis-server", args, { stdio: ["ignore", "ignore", "inherit"] });
  const end = () => {
    server.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  };
  process.once("exit", end);
  const ended = once(server, "exit");
  // Tries until the server is there.
  const client = new Redis({ port, db: 1, retryStrategy: () => 20, maxRetriesPerRequest: null });
  client.on("error", () => undefined);
  try {
    await client.ping();
    return await work({ port, client, fill: (count, queue) => fill(client, count, queue) });
  } finally {
    client.disconnect();
    end();
    await ended;
    process.removeListener("exit", end);
  }
}

const FILL = `
local some = {}
for i = 1, 1000 do some[i] = ARGV[1] end
for _ = 1, math.floor(ARGV[2] / 1000) do redis.call("RPUSH", KEYS[1], unpack(some)) end
for _ = 1, ARGV[2] % 1000 do redis.call("RPUSH", KEYS[1], ARGV[1]) end`;

/** Makes the queue hold `count` messages. */
async function fill(client, count, queue = "queue") {
  const key = `hotqueue:${queue}`;
  await client.unlink(key);
  // In parts, so that a script never keeps Redis for long.
  for (let left = count; left > 0; left -= 1_000_000) {
    await client.eval(FILL, 1, key, MESSAGE, Math.min(left, 1_000_000));
  }
}
