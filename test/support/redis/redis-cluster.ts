import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { Redis } from "ioredis";
import { vi } from "vitest";
import { startRedisServer, type TestRedis } from "./redis-server.js";

const run = promisify(execFile);

export interface TestCluster extends AsyncDisposable {
  nodes: readonly TestRedis[];
  /** Names the first node only. */
  url: string;
  /** The master that keeps this key, as the first node that answers knows it. */
  keeperOf: (key: string) => Promise<TestRedis>;
}

/** A real cluster of three masters, each with so many replicas; resolves when all its nodes find it well. */
export async function startRedisCluster(replicas: 0 | 1, args: string[] = []): Promise<TestCluster> {
  const nodes = await Promise.all(
    Array.from({ length: 3 * (replicas + 1) }, () => startRedisServer(["--cluster-enabled", "yes", ...args])),
  );
  const end = async () => {
    await Promise.all(nodes.map((node) => node[Symbol.asyncDispose]()));
  };
  try {
    const addresses = nodes.map(({ port }) => `127.0.0.1:${port}`);
    const how = ["--cluster-replicas", String(replicas), "--cluster-yes"];
    await run("redis-cli", ["--cluster", "create", ...addresses, ...how]);
    // Each node learns of the others' slots and replicas a moment later.
    for (const { port } of nodes) await untilWell(port, replicas);
  } catch (error) {
    await end();
    throw error;
  }
  return {
    nodes,
    url: `redis+cluster://127.0.0.1:${nodes[0]?.port ?? 0}`,
    keeperOf: (key) => findKeeper(nodes, key),
    [Symbol.asyncDispose]: end,
  };
}

async function untilWell(port: number, replicas: number): Promise<void> {
  const client = new Redis(port);
  try {
    await vi.waitFor(
      async () => {
        const info = await client.cluster("INFO");
        const slots = await client.cluster("SLOTS");
        if (!info.includes("cluster_state:ok") || slots.some((slot) => slot.length < 3 + replicas)) {
          throw new Error(`the cluster is not complete:\n${info}\n${JSON.stringify(slots)}`);
        }
      },
      { timeout: 30_000 },
    );
  } finally {
    client.disconnect();
  }
}

async function findKeeper(nodes: readonly TestRedis[], key: string): Promise<TestRedis> {
  for (const { port } of nodes) {
    const client = new Redis(port, { retryStrategy: null });
    client.on("error", () => undefined);
    try {
      const slot = await client.cluster("KEYSLOT", key);
      const slots = await client.cluster("SLOTS");
      const keeper = slots.find(([from, to]) => from <= slot && slot <= to)?.[2]?.[1];
      const node = nodes.find((one) => one.port === keeper);
      if (node) return node;
    } catch {
      continue;
    } finally {
      client.disconnect();
    }
  }
  throw new Error(`no node knows who keeps ${key}`);
}
