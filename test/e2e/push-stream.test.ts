import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Redis } from "ioredis";
import { expect, it } from "vitest";
import { describeWith } from "../support/suite/needs.js";
import { useRedisServer } from "../support/redis/redis-server.js";
import { cleanEnvironment, TQ, useTq } from "../support/command-line/tq.js";

describeWith("redis", "push from a stream", () => {
  const redis = useRedisServer();
  const tq = useTq();

  it.runIf(process.platform === "linux")(
    "takes a million lines in under 150 MB",
    { timeout: 120_000 },
    async () => {
      const child = spawn(process.execPath, [TQ, "push"], {
        env: cleanEnvironment(tq.home, { TQ_REDIS_URL: redis().url }),
      });
      let peak = 0;
      const watching = setInterval(() => {
        const status = readFileSync(`/proc/${child.pid}/status`, "latin1");
        peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
      }, 50);
      let printed = "";
      child.stdout.on("data", (text: Buffer) => (printed += text.toString()));
      const closed = once(child, "close");
      for (let from = 0; from < 1_000_000; from += 10_000) {
        const lines = Array.from({ length: 10_000 }, (_, index) => `message ${from + index}\n`);
        if (!child.stdin.write(lines.join(""))) await once(child.stdin, "drain");
      }
      clearInterval(watching);
      child.stdin.end();
      await closed;
      expect(printed).toBe('1,000,000 messages pushed; 1,000,000 on queue "queue"\n');
      expect(peak / 1024).toBeGreaterThan(20);
      expect(peak / 1024).toBeLessThan(150);
      const client = new Redis(redis().port, { db: 1 });
      const last = await client.lindexBuffer("hotqueue:queue", -1);
      expect(last?.toString("latin1")).toContain("message 999999");
      await client.flushall();
      client.disconnect();
    },
  );

  it("puts what has arrived without waiting for more, and says at a stop what was confirmed", async () => {
    const pushing = tq.start(["push"], { env: { TQ_REDIS_URL: redis().url } });
    const client = new Redis(redis().port, { db: 1 });
    pushing.child.stdin.write("one\ntwo\nthr");
    await expect.poll(() => client.llen("hotqueue:queue")).toBe(2);
    pushing.child.kill("SIGINT");
    const { code, stderr } = await pushing.ended;
    expect(code).toBe(130);
    expect(stderr).toContain("2 messages pushed and confirmed before it ended");
    expect(await client.llen("hotqueue:queue")).toBe(2);
    client.disconnect();
  });

  it("says what it waits for when it is stopped and Redis does not answer", async () => {
    const pushing = tq.start(["push", "--queue", "paused"], { env: { TQ_REDIS_URL: redis().url } });
    const client = new Redis(redis().port, { db: 1 });
    pushing.child.stdin.write("one\n");
    await expect.poll(() => client.llen("hotqueue:paused")).toBe(1);
    await client.call("CLIENT", "PAUSE", "60000", "WRITE");
    pushing.child.stdin.write("two\nthree\n");
    await expect.poll(() => client.client("LIST")).toMatch(/flags=b .*cmd=rpush/);
    pushing.child.kill("SIGINT");
    await pushing.until(
      "stderr",
      "1 message pushed and confirmed; Redis has not answered yet for 2 messages more",
    );
    await client.call("CLIENT", "UNPAUSE");
    const { code, stderr } = await pushing.ended;
    expect(code).toBe(130);
    expect(stderr).toContain("3 messages pushed and confirmed before it ended");
    client.disconnect();
  });

  it("does not take a folder for an empty input", async () => {
    const child = spawn("sh", ["-c", '"$0" "$1" push < .', process.execPath, TQ], {
      env: cleanEnvironment(tq.home, { TQ_REDIS_URL: redis().url }),
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    child.stderr.on("data", (text: Buffer) => (said += text.toString()));
    const [code] = (await once(child, "close")) as [number];
    expect([code, said]).toEqual([2, expect.stringContaining("standard input is a folder")]);
  });

  it("says that a put came to nothing, though the input goes on and is silent", async () => {
    const pushing = tq.start(["push", "--queue", "silent"], { env: { TQ_REDIS_URL: redis().url } });
    const client = new Redis(redis().port, { db: 1 });
    pushing.child.stdin.write("one\n");
    await expect.poll(() => client.llen("hotqueue:silent")).toBe(1);
    await client.call("CLIENT", "PAUSE", "60000", "WRITE");
    pushing.child.stdin.write("two\n");
    await expect.poll(() => client.client("LIST")).toMatch(/flags=b .*cmd=rpush/);
    await client.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
    const { code, stderr } = await pushing.ended;
    await client.call("CLIENT", "UNPAUSE");
    expect(code).toBe(3);
    expect(stderr).toContain("1 message pushed and confirmed before it ended");
    expect(stderr).toContain("Whether they are on the queue is not known");
    client.disconnect();
  });
});
