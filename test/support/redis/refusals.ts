import { mkdir, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { type Redis } from "ioredis";
import { afterAll, beforeAll, expect, vi } from "vitest";
import { startRedisServer, type TestRedis } from "./redis-server.js";

/** Why a Redis refuses writes: it cannot save, is a replica, or is full. */
export const CODES = ["MISCONF", "READONLY", "OOM"] as const;

interface Refusal {
  begin: () => Promise<unknown>;
  end: () => Promise<unknown>;
}

/** Brings the suite's Redis into each of these states, and out of it again. */
export function useRefusals(client: () => Redis): (code: (typeof CODES)[number]) => Refusal {
  let master: TestRedis | undefined;
  beforeAll(async () => {
    master = await startRedisServer();
  });
  afterAll(() => master?.[Symbol.asyncDispose]());

  /** Where the snapshot would go stands a folder: it fails, and Redis takes no more writes. */
  const snapshot = async (status: "ok" | "err") => {
    const [, folder = ""] = (await client().config("GET", "dir")) as string[];
    await (status === "ok" ? rmdir : mkdir)(join(folder, "dump.rdb"));
    await client().bgsave();
    await vi.waitFor(async () => {
      expect(await client().info("persistence")).toContain(`rdb_last_bgsave_status:${status}`);
    });
  };
  const refusals: Record<(typeof CODES)[number], Refusal> = {
    MISCONF: {
      begin: async () => {
        await client().config("SET", "save", "3600 1");
        await snapshot("err");
      },
      end: () => snapshot("ok"),
    },
    READONLY: {
      begin: () => client().replicaof("127.0.0.1", master?.port ?? 0),
      end: () => client().replicaof("NO", "ONE"),
    },
    OOM: {
      begin: () => client().config("SET", "maxmemory", "1"),
      end: () => client().config("SET", "maxmemory", "0"),
    },
  };
  return (code) => refusals[code];
}
