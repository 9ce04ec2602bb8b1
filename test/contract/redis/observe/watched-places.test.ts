import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { expect, it } from "vitest";
import { Observer } from "../../../../src/redis/observe/observer.js";
import { parseRedisUrl } from "../../../../src/redis/url/parse.js";
import { startRedisServer } from "../../../support/redis/redis-server.js";
import { startRedisCluster } from "../../../support/redis/redis-cluster.js";
import { startSentinels } from "../../../support/redis/sentinels.js";
import { describeWith } from "../../../support/suite/needs.js";

/** What an observer at this url sees of a message that is put. */
async function watch(
  url: string,
  put: () => Promise<unknown>,
): Promise<{ isUnwatched: boolean; names: string[] }> {
  const { connection } = parseRedisUrl(url, "--redis-url");
  using observer = await Observer.open(connection, { live: true });
  await put();
  const { events, isUnwatched } = await observer.look();
  return { isUnwatched, names: events.flatMap((event) => (event.kind === "command" ? [event.name] : [])) };
}

describeWith("redis", "a Redis that is watched", () => {
  it("is the one behind the unix socket, not one at the usual port", async () => {
    const folder = await mkdtemp(join(tmpdir(), "tq-test-socket-"));
    const socket = join(folder, "redis.sock");
    await using redis = await startRedisServer(["--unixsocket", socket]);
    const client = new Redis(redis.port, { db: 1 });
    const seen = await watch(`unix://${socket}`, () => client.rpush("hotqueue:queue", "x"));
    client.disconnect();
    await rm(folder, { recursive: true });
    expect(seen).toMatchObject({ isUnwatched: false, names: expect.arrayContaining(["RPUSH"]) as string[] });
  });

  it("is the master that sentinels name", { timeout: 60_000 }, async () => {
    await using sentinels = await startSentinels(5000);
    const { connection } = parseRedisUrl(sentinels.url, "--redis-url");
    const { addresses = [], master = "" } = connection.sentinel ?? {};
    const client = new Redis({ sentinels: addresses, name: master, db: 1 });
    const seen = await watch(sentinels.url, () => client.rpush("hotqueue:queue", "x"));
    client.disconnect();
    expect(seen).toMatchObject({ isUnwatched: false, names: expect.arrayContaining(["RPUSH"]) as string[] });
  });

  it("is said not to be watched where it is a cluster", { timeout: 60_000 }, async () => {
    await using cluster = await startRedisCluster(0);
    expect(await watch(cluster.url, () => Promise.resolve())).toMatchObject({ isUnwatched: true });
  });
});
