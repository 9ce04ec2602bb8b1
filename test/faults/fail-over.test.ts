import { setTimeout as delay } from "node:timers/promises";
import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, it } from "vitest";
import { keyForName } from "../../src/queue/hot-queue.js";
import { parseRedisUrl } from "../../src/redis/url/parse.js";
import { describeWith } from "../support/suite/needs.js";
import { startRedisCluster, type TestCluster } from "../support/redis/redis-cluster.js";
import { type TestRedis } from "../support/redis/redis-server.js";
import { startSentinels } from "../support/redis/sentinels.js";
import { MESSAGES, type Seen, streamThrough } from "./support/fail-over.js";
import { printFigures } from "./support/figures.js";

/** Milliseconds of silence after which a node counts as down. */
const DOWN_AFTER = 1000;

/** Milliseconds by which the replicas are behind in the runs that want it so. */
const BEHIND = 300;

function report(what: string, seen: Seen): void {
  printFigures(`fail-over, ${what}`, {
    "messages confirmed": seen.confirmed,
    lost: seen.lost,
    "come twice": seen.doubled,
    "put with unknown outcome": seen.unknown,
    "of these there": seen.unknownButThere,
    "until puts succeed again": `${(seen.outageMs / 1000).toFixed(1)} s`,
  });
  expect(seen.confirmed + seen.unknown).toBe(MESSAGES);
  expect(seen.unknown).toBeGreaterThan(0);
  expect(seen.losses).toBeGreaterThan(0);
  // What is put once the new master is there is neither lost nor waits for anybody.
  expect(seen.lostLater).toBe(0);
}

function kill({ pid }: TestRedis): void {
  process.kill(pid, "SIGKILL");
}

/** For a while what is written is the master's alone. */
async function cutOff(master: TestRedis, replicas: readonly TestRedis[]): Promise<void> {
  for (const { pid } of replicas) process.kill(pid, "SIGSTOP");
  const client = new Redis(master.port);
  // Else it would be in the replicas' sockets, to be read later.
  await client.client("KILL", "TYPE", "replica");
  client.disconnect();
  await delay(BEHIND);
}

describeWith("redis", "a master of a cluster that dies", () => {
  let cluster: TestCluster | undefined;
  beforeAll(async () => {
    cluster = await startRedisCluster(1, ["--cluster-node-timeout", String(DOWN_AFTER)]);
  });
  afterAll(() => cluster?.[Symbol.asyncDispose]());

  /** A name whose queue is kept by a node that is still there: each run kills another. */
  const names = { false: "first", true: "third" };

  it.each([{ reliable: false }, { reliable: true }])("reliable: $reliable", async ({ reliable }) => {
    if (!cluster) throw new Error("no cluster");
    const name = names[`${reliable}`];
    const keeper = await cluster.keeperOf(keyForName(name));
    // The url names the node that dies: its consumer must have learned of the others.
    const { connection } = parseRedisUrl(`redis+cluster://127.0.0.1:${keeper.port}`, "the test");
    const seen = await streamThrough({
      connection,
      name,
      reliable,
      look: { cluster: cluster.nodes.map(({ port }) => ({ host: "127.0.0.1", port })) },
      kill: () => {
        kill(keeper);
        return Promise.resolve();
      },
    });
    report(`cluster, ${reliable ? "reliable" : "default"}`, seen);
  });
});

describeWith("redis", "a master watched by sentinels that dies", () => {
  it.each([
    { reliable: false, behind: false, wait: false },
    { reliable: true, behind: false, wait: false },
    { reliable: true, behind: true, wait: false },
    { reliable: true, behind: true, wait: true },
  ])("reliable: $reliable, its replicas behind: $behind, puts that WAIT: $wait", async (run) => {
    await using sentinels = await startSentinels(DOWN_AFTER);
    const { master, replicas, url } = sentinels;
    const { connection } = parseRedisUrl(url, "the test");
    const seen = await streamThrough({
      connection,
      name: "queue",
      ...run,
      kill: async () => {
        if (run.behind) await cutOff(master, replicas);
        kill(master);
        if (run.behind) for (const { pid } of replicas) process.kill(pid, "SIGCONT");
      },
    });
    const how = `${run.behind ? `, replicas ${BEHIND} ms behind` : ""}${run.wait ? ", puts that WAIT" : ""}`;
    report(`sentinel, ${run.reliable ? "reliable" : "default"}${how}`, seen);
    if (run.wait) expect(seen.lost).toBe(0);
    else if (run.behind) expect(seen.lost).toBeGreaterThan(0);
  });
});
