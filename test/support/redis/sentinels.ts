import { Redis } from "ioredis";
import { vi } from "vitest";
import { startRedisServer, startSentinel, type TestRedis } from "./redis-server.js";

const MASTER = "the-master";

export interface TestSentinels extends AsyncDisposable {
  master: TestRedis;
  replicas: readonly TestRedis[];
  sentinels: readonly TestRedis[];
  /** Names all three; without a database. */
  url: string;
}

/** A real master with two replicas, and three sentinels of which two must agree; resolves when all know each other. */
export async function startSentinels(downAfter: number): Promise<TestSentinels> {
  const running: TestRedis[] = [];
  const end = async () => {
    await Promise.all(running.map((server) => server[Symbol.asyncDispose]()));
  };
  const start = async (starting: Promise<TestRedis>) => {
    const server = await starting;
    running.push(server);
    return server;
  };
  try {
    const master = await start(startRedisServer(["--repl-diskless-sync-delay", "0"]));
    const follow = ["--replicaof", "127.0.0.1", String(master.port)];
    const replicas = [await start(startRedisServer(follow)), await start(startRedisServer(follow))];
    const settings = [`down-after-milliseconds ${downAfter}`, "failover-timeout 5000"];
    const sentinels: TestRedis[] = [];
    for (let n = 0; n < 3; n += 1) {
      sentinels.push(await start(startSentinel(MASTER, master.port, 2, settings)));
    }
    for (const { port } of sentinels) await untilComplete(port);
    const addresses = sentinels.map(({ port }) => `127.0.0.1:${port}`);
    const url = `redis+sentinel://${addresses.join(",")}/${MASTER}`;
    return { master, replicas, sentinels, url, [Symbol.asyncDispose]: end };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Until this sentinel knows both others, and the replicas as in step. */
async function untilComplete(port: number): Promise<void> {
  const client = new Redis(port);
  try {
    await vi.waitFor(
      async () => {
        const [master] = (await client.call("SENTINEL", "MASTERS")) as string[][];
        const replicas = (await client.call("SENTINEL", "REPLICAS", MASTER)) as string[][];
        const links = replicas.map((replica) => readField(replica, "master-link-status"));
        const seen = `${readField(master, "num-other-sentinels")} ${links.join(" ")}`;
        if (seen !== "2 ok ok") throw new Error(`a sentinel sees: ${seen}`);
      },
      { timeout: 40_000 },
    );
  } finally {
    client.disconnect();
  }
}

function readField(pairs: readonly string[] = [], name: string): string {
  return pairs[pairs.indexOf(name) + 1] ?? "";
}
