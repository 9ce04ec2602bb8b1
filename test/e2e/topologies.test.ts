import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWith } from "../support/suite/needs.js";
import { startRedisCluster, type TestCluster } from "../support/redis/redis-cluster.js";
import { startRedisServer, startSentinel, type TestRedis } from "../support/redis/redis-server.js";
import { type Tq, useTq } from "../support/command-line/tq.js";

/** A command line, what it prints, its exit code where that is not 0, and what it says where it fails. */
interface Row {
  args: string[];
  stdout: string | RegExp;
  code?: number;
  says?: string | RegExp;
}

/** Every queue command, in an order in which each finds what the one before has left; `url` as it is shown. */
function everyCommand(url: string, database: number): Row[] {
  return [
    { args: ["push", "a", "b", "c", "d", "e"], stdout: /^5 messages pushed/ },
    { args: ["len"], stdout: "5\n" },
    { args: ["peek", "2"], stdout: "a\nb\n" },
    { args: ["get"], stdout: "a\n" },
    { args: ["get", "--block", "--timeout", "5"], stdout: "b\n" },
    { args: ["consume", "--max", "1"], stdout: "c\n" },
    { args: ["consume", "--reliable", "--max", "1"], stdout: "d\n" },
    { args: ["queues"], stdout: "1\tqueue\n" },
    { args: ["status", "--json"], stdout: /^\{"name":"queue","waiting":1,"delayed":0,"dead":0,.*"inWork":0/ },
    { args: ["consume", "--exec", "false", "--attempts", "1", "--timeout", "0.5"], stdout: "" },
    { args: ["dead", "list"], stdout: /e/ },
    { args: ["dead", "retry", "--all"], stdout: /1/ },
    { args: ["consume", "--batch", "10", "--timeout", "0.5"], stdout: "e\n" },
    { args: ["recover"], stdout: "0 messages recovered\n" },
    { args: ["push", "more"], stdout: /^1 message pushed/ },
    { args: ["clear", "--yes"], stdout: /1 message/ },
    { args: ["get"], stdout: "", code: 1, says: "is empty" },
    { args: ["redis", "url"], stdout: `${url}${database === 0 ? "" : `/${database}`}\n` },
    { args: ["redis", "cli", "LLEN", "hotqueue:queue"], stdout: "(integer) 0\n" },
    { args: ["len", "--queue", "{a}"], stdout: "0\n" },
    {
      args: ["consume", "--reliable", "--queue", "{a}"],
      stdout: "",
      code: 2,
      says: "needs a queue name without { and }",
    },
  ];
}

async function expectRow(tq: Tq, url: string, row: Row): Promise<void> {
  const { args, stdout, code = 0, says = "" } = row;
  // What follows redis cli is passed on as it is, so that tq's own options stand in front.
  const ended = await tq.run(["--redis-url", url, "--no-color", ...args]);
  const shown = `${args.join(" ")}\n${ended.stderr}`;
  if (typeof stdout === "string") expect(ended.stdout, shown).toBe(stdout);
  else expect(ended.stdout, shown).toMatch(stdout);
  expect(ended.stderr, shown).toMatch(says);
  expect(ended.code, shown).toBe(code);
}

describeWith("redis", "a cluster", () => {
  const tq = useTq();
  let cluster: TestCluster | undefined;
  beforeAll(async () => {
    cluster = await startRedisCluster(0);
  });
  afterAll(() => cluster?.[Symbol.asyncDispose]());

  it("serves every command", async () => {
    const url = cluster?.url ?? "";
    for (const row of everyCommand(url, 0)) await expectRow(tq, url, row);
  });

  it("says that it has only database 0", async () => {
    const url = cluster?.url ?? "";
    const says = "a Redis cluster has only database 0";
    await expectRow(tq, url, { args: ["len", "--db", "1"], stdout: "", code: 2, says });
    await expectRow(tq, `${url}/1`, { args: ["len"], stdout: "", code: 2, says });
    await expectRow(tq, `${url}/0`, { args: ["len", "--queue", "none"], stdout: "0\n" });
  });

  it("says that slots, a node or all nodes are missing", async () => {
    const url = cluster?.url ?? "";
    const keeper = await cluster?.keeperOf("hotqueue:queue");
    if (!cluster || !keeper) throw new Error("no cluster");
    const fails = async (says: string | RegExp) => {
      for (const args of [["push", "x"], ["len"], ["consume"], ["consume", "--reliable"]]) {
        await expectRow(tq, url, { args, stdout: "", code: 3, says });
      }
    };
    const client = new Redis(keeper.port);
    await client.cluster("DELSLOTS", await client.cluster("KEYSLOT", "hotqueue:queue"));
    client.disconnect();
    await fails("is down: it has lost the master of some of its slots");
    const [first, ...others] = cluster.nodes;
    for (const node of others) process.kill(node.pid, "SIGKILL");
    const lost = ["len", "--queue", await nameKeptBy(cluster, others[0])];
    await expectRow(tq, url, {
      args: lost,
      stdout: "",
      code: 3,
      says: "has lost the node that keeps this queue",
    });
    if (first) process.kill(first.pid, "SIGKILL");
    await expectRow(tq, url, { args: ["len"], stdout: "", code: 3, says: "none of its nodes answers" });
  });
});

/** A queue that this node keeps. */
async function nameKeptBy(cluster: TestCluster, node: TestRedis | undefined): Promise<string> {
  for (let n = 0; n < 100; n += 1) {
    const keeper = await cluster.keeperOf(`hotqueue:${n}`);
    if (keeper === node) return String(n);
  }
  throw new Error("it keeps nothing");
}

describeWith("redis", "a master found by its sentinel", () => {
  const tq = useTq();
  let master: TestRedis | undefined;
  let sentinel: TestRedis | undefined;
  beforeAll(async () => {
    master = await startRedisServer();
    sentinel = await startSentinel("the-master", master.port);
  });
  afterAll(async () => {
    await Promise.all([master?.[Symbol.asyncDispose](), sentinel?.[Symbol.asyncDispose]()]);
  });
  const url = (name: string) => `redis+sentinel://127.0.0.1:${sentinel?.port ?? 0}/${name}`;

  it("serves every command", async () => {
    for (const row of everyCommand(url("the-master"), 1)) await expectRow(tq, url("the-master"), row);
  });

  it("says what is wrong: the name, the master, the sentinels", async () => {
    const fails = (to: string, says: string) =>
      expectRow(tq, to, { args: ["len"], stdout: "", code: 3, says });
    await fails(url("another"), 'know no master "another"');
    if (master) process.kill(master.pid, "SIGKILL");
    await fails(url("the-master"), "the master that its sentinels name does not answer");
    if (sentinel) process.kill(sentinel.pid, "SIGKILL");
    await fails(url("the-master"), "none of its sentinels answers");
  });
});
