import { setTimeout as delay } from "node:timers/promises";
import { expect, it } from "vitest";
import { HotQueue } from "../../src/queue/hot-queue.js";
import { type QueueStatus } from "../../src/queue/queue-status.js";
import { reliableKeys } from "../../src/queue/reliable/keys.js";
import { describeWith } from "../support/suite/needs.js";
import { useClient, useRedisServer } from "../support/redis/redis-server.js";
import { Terminal } from "../support/command-line/terminal.js";
import { cleanEnvironment, useTq } from "../support/command-line/tq.js";

describeWith("redis", "tq status", () => {
  const redis = useRedisServer();
  const client = useClient(redis);
  const tq = useTq();
  const run = (...args: string[]) => tq.run(["status", ...args], { env: { TQ_REDIS_URL: redis().url } });
  const open = (name: string, lease = 30) =>
    new HotQueue<string>(name, { port: redis().port, db: 1, serializer: "text", reliable: true, lease });

  /** A consumer that died a while ago with these in work. */
  const bury = async (queue: string, name: string, ...messages: string[]) => {
    const keys = reliableKeys(queue);
    await client().rpush(keys.heldPrefix + name, ...messages);
    await client().zadd(keys.consumers, 1, name);
    const since = Date.now() - 60_000;
    await client().hset(keys.reports, name, `${since} ${since} 7 1.5`);
  };

  it("says that there is nothing", async () => {
    expect(await run()).toEqual({
      code: 0,
      stdout: "",
      stderr: `no queues in database 1 of ${redis().url}\n`,
    });
  });

  it("shows what waits, is in work and by whom, is delayed and is dead", async () => {
    await using queue = open("work");
    await queue.put("a", "b", "c");
    const messages = queue.messages();
    await messages.next();
    await bury("empty", "away.1.x", "lost", "too");
    await client().zadd(reliableKeys("work").delayed, Date.now() + 60_000, "1:later");
    await client().xadd(reliableKeys("work").dead, "*", "message", "bad");
    await client().rpush("hotqueue:plain {x}", "m");

    const { stdout, code } = await run();
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split("\n");
    expect(lines).toHaveLength(6);
    expect(lines[0]).toBe("waiting  in work  delayed  dead  done/s  queue");
    expect(lines[1]).toBe("      0        2        0     0       -  empty");
    expect(lines[2]).toMatch(/^ {4}away\.1\.x {2}is dead and held 2 messages for 6\d s: back in the queue/);
    expect(lines[3]).toBe("      1        0        0     0       -  plain {x}");
    expect(lines[4]).toMatch(/^ {6}2 {8}1 {8}1 {5}1 {5}0\.0 {2}work$/);
    expect(lines[5]).toMatch(/^ {4}\S+ {2}has 1 message in work for \d+ s; 0\.0 done\/s$/);

    const [only] = (await run("work", "--json")).stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as QueueStatus);
    expect(only).toMatchObject({ name: "work", waiting: 2, inWork: 1, delayed: 1, dead: 1, rate: 0 });
    expect(only?.consumers).toMatchObject([{ alive: true, holds: 1 }]);
    await messages.return();
    await client().flushdb();
  });

  it("tells since when the oldest has been in work, and what is done a second", async () => {
    await using queue = open("steady", 1);
    await queue.put("first");
    const messages = queue.messages();
    await messages.next();
    const started = Date.now();
    const seen = async () => JSON.parse((await run("steady", "--json")).stdout) as QueueStatus;
    // From the next heartbeat on it is the consumer's own word.
    await expect
      .poll(async () => (await client().hvals(reliableKeys("steady").reports))[0])
      .toMatch(/^\d+ [1-9]/);
    const [consumer] = (await seen()).consumers;
    expect(Math.abs(new Date(consumer?.since ?? 0).getTime() - started)).toBeLessThan(500);
    await messages.return();

    const stop = new AbortController();
    await queue.put(...Array.from({ length: 10_000 }, (_, n) => `${n}`));
    const working = queue.worker(() => delay(1), { signal: stop.signal })();
    await expect.poll(async () => (await seen()).rate, { timeout: 10_000 }).toBeGreaterThan(0);
    stop.abort();
    await working;
    await client().flushdb();
  });

  it("names a key that is no queue", async () => {
    await client().set("hotqueue:other", "text");
    const { code, stderr } = await run("other");
    expect(code).toBe(1);
    expect(stderr).toContain("hotqueue:other in database 1 holds a string");
    await client().rpush("hotqueue:queue", "a");
    const all = await run();
    expect(all.code).toBe(0);
    expect(all.stdout).not.toContain("other");
    expect(all.stdout).toContain("queue\n");
    await client().flushdb();
  });

  it("draws one picture again and again on a terminal, until Ctrl-C", async () => {
    await client().rpush("hotqueue:queue\u001b[2J", "a");
    const env = cleanEnvironment(tq.home, { TQ_REDIS_URL: redis().url });
    const terminal = new Terminal(["status", "--watch", "--interval", "0.1"], env);
    await terminal.until("      1        0        0     0       -  █             queue\\x1b[2J");
    await client().rpush("hotqueue:queue\u001b[2J", "b", "c");
    await terminal.until("      3        0        0     0       -");
    terminal.type("\u0003");
    expect(await terminal.ended).toBe(130);
    await client().flushdb();
  });

  it("names the workers as they were named", async () => {
    const env = { TQ_REDIS_URL: redis().url };
    const worker = tq.start(
      ["echo-worker", "--reliable", "--delay", "60", "--name", "first {x}", "--serializer", "text"],
      { env },
    );
    await client().rpush("hotqueue:queue", "a");
    await worker.until("stdout", "first {x}: ");
    expect((await run()).stdout).toMatch(/^ {4}first \{x\}\.\S+ {2}has 1 message in work/m);
    worker.child.kill("SIGINT");
    await worker.ended;
    expect(await client().llen("hotqueue:queue")).toBe(1);
    await client().flushdb();
  });

  it("adds a line for each change where nobody looks", async () => {
    await client().rpush("hotqueue:queue", "a");
    const watching = tq.start(["status", "--watch", "--interval", "0.1"], {
      env: { TQ_REDIS_URL: redis().url },
    });
    await watching.until("stdout", "queue: 1 waiting, 0 in work, 0 delayed, 0 dead\n");
    await client().rpush("hotqueue:queue", "b");
    await watching.until("stdout", "queue: 2 waiting, 0 in work, 0 delayed, 0 dead\n");
    watching.child.kill("SIGINT");
    const { code, stdout } = await watching.ended;
    expect(code).toBe(130);
    expect(stdout.trim().split("\n")).toHaveLength(2);
  });
});
