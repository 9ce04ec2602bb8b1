import { spawn } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv } from "ajv";
import { Redis } from "ioredis";
import { beforeEach, describe, expect, it } from "vitest";
import { findFreePort } from "../../src/redis/engines/free-port.js";
import { describeWith } from "../support/suite/needs.js";
import { useClient, useRedisServer } from "../support/redis/redis-server.js";
import { type Result } from "../support/command-line/check-result.js";
import { useTq } from "../support/command-line/tq.js";

/** Plays tq's own push and consume as a student's two terminals would. */
async function playQueue(tq: ReturnType<typeof useTq>, env: Record<string, string>): Promise<void> {
  await tq.run(["push", "one", "two", "three"], { env });
  await tq.run(["len"], { env });
  const consumer = tq.start(["consume"], { env });
  await consumer.until("stdout", "three");
  await tq.run(["len"], { env });
  await tq.run(["push", "more"], { env });
  await consumer.until("stdout", "more");
  await tq.run(["push", "now"], { env });
  await consumer.until("stdout", "now");
  consumer.child.kill("SIGINT");
  await consumer.ended;
}

function verdicts(result: Result): string {
  return result.checks.map(({ id, verdict }) => `${id} ${verdict}`).join(", ");
}

describe("tq exercise", () => {
  const tq = useTq();

  it("lists all, with state, what is next, and why one cannot run here", async () => {
    const { code, stdout, stderr } = await tq.run(["exercise"], { env: { DOCKER_HOST: "unix:///nowhere" } });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ 1 {2}Producer and consumer +not begun$/m);
    expect(stdout).toContain("cannot run here: no Docker engine answers");
    expect(stderr).toContain("next: tq exercise 1");
  });

  it.each([
    [["exercise", "99"], 2, "there is no exercise 99"],
    [["exercise", "1", "--check", "--step", "1.9"], 2, "has no step 1.9"],
    [["exercise", "1", "--step", "1.1"], 2, "--step goes with --check"],
    [["exercise", "1", "--check", "--hint"], 2, "do not go together"],
    [["exercise", "x"], 2, "there is no exercise x"],
    [["exercise", "1"], 2, "needs a terminal"],
    [["exercise", "1", "--start"], 2, "has no files"],
    [["exercise", "3", "--undo"], 2, "nothing to undo"],
  ])("%j ends with %i", async (args, code, says) => {
    const ended = await tq.run(args);
    expect(ended.stderr).toContain(says);
    expect(ended.code).toBe(code);
  });

  it("shows lesson, hints and solution, and remembers that the solution was viewed", async () => {
    const env = { TQ_REDIS_URL: `redis://127.0.0.1:${await findFreePort()}` };
    expect((await tq.run(["exercise", "3", "--lesson"])).stdout).toContain("@q.worker");
    const hints = [];
    for (let n = 0; n < 5; n += 1) hints.push((await tq.run(["exercise", "1", "--hint"], { env })).stdout);
    expect(hints.map((text) => /Hint (\d) of 4/.exec(text)?.[1])).toEqual(["1", "2", "3", "4", "4"]);
    expect(hints[0]).toContain("1.1  Redis answers");
    expect((await tq.run(["exercise", "3", "--solution"])).stdout).toContain("# --- worker.py");
    expect((await tq.run(["exercise"])).stdout).toMatch(/The echo worker .*solution viewed/);
  });

  it("lays out a starter, keeps what is there, resets and undoes", async () => {
    const folder = join(tq.home, "work");
    const file = join(folder, "worker.py");
    expect((await tq.run(["exercise", "3", "--start", folder])).stdout).toContain("written");
    await writeFile(file, "mine");
    expect((await tq.run(["exercise", "3", "--start", folder])).stdout).toContain("kept");
    expect(await readFile(file, "utf8")).toBe("mine");
    await tq.run(["exercise", "3", folder, "--reset"]);
    expect(await readFile(file, "utf8")).toContain("HotQueue");
    await tq.run(["exercise", "3", folder, "--undo"]);
    expect(await readFile(file, "utf8")).toBe("mine");
  });
});

describeWith("redis", "exercise 1 on a Redis that tq started", () => {
  const tq = useTq();
  const engines = ["native", "embedded"];
  const check = async (...args: string[]) => {
    const ended = await tq.run(["exercise", "1", "--check", "--format", "json", ...args]);
    return { ...ended, result: JSON.parse(ended.stdout) as Result };
  };

  it.each(engines)("sees with %s what tq's own push and consume did before it was asked", async (engine) => {
    await rm(join(tq.home, "progress.json"), { force: true });
    await tq.run(["redis", "up", "--engine", engine, "--port", "0"]);
    try {
      const before = await check();
      expect(verdicts(before.result)).toContain("1.1 passed, 1.2 not-yet, 1.3 not-yet, 1.4 blocked");
      expect(before.code).toBe(1);
      await playQueue(tq, {});
      const after = await check();
      expect(after.result.verdict, verdicts(after.result)).toBe("passed");
      expect(after.code).toBe(0);
      expect(after.result.environment.redis).toMatch(/^7\./);
    } finally {
      await tq.run(["redis", "down", "--volumes"]);
    }
    const gone = await check();
    expect(gone.result.verdict, "what was seen stays passed").toBe("passed");
  });

  it("is blocked, and leaves progress alone, where Redis has gone in the middle", async () => {
    await rm(join(tq.home, "progress.json"), { force: true });
    await tq.run(["redis", "up", "--engine", "native", "--port", "0"]);
    await check();
    await tq.run(["redis", "down", "--volumes"]);
    const env = { TQ_REDIS_URL: `redis://127.0.0.1:${await findFreePort()}` };
    const progress = await readFile(join(tq.home, "progress.json"), "utf8");
    const { code, stdout } = await tq.run(["exercise", "1", "--check", "--format", "json"], { env });
    const result = JSON.parse(stdout) as Result;
    expect(code).toBe(3);
    expect(verdicts(result)).toContain("1.1 passed, 1.2 blocked, 1.3 blocked");
    expect(result.checks[1]).toMatchObject({ blockedBy: "environment" });
    expect(await readFile(join(tq.home, "progress.json"), "utf8")).toBe(progress);
  });
});

describeWith("redis", "a Redis that is not tq's", () => {
  const redis = useRedisServer();
  const client = useClient(redis);
  const tq = useTq();
  const env = () => ({ TQ_REDIS_URL: redis().url });
  beforeEach(() => rm(join(tq.home, "progress.json"), { force: true }));

  it("is not changed by a check: no data, no setting, no connection left", async () => {
    await playQueue(tq, env());
    await tq.run(["push", "left", "over"], { env: env() });
    const look = async () => ({
      settings: await client().config("GET", "*"),
      data: await client().dumpBuffer("hotqueue:queue"),
      keys: await client().keys("*"),
      clients: String(await client().client("LIST")).split("\n").length,
    });
    const before = await look();
    for (const args of [[], ["--step", "1.4"], ["--format", "json"]]) {
      await tq.run(["exercise", "1", "--check", ...args], { env: env() });
    }
    await tq.run(["exercise", "3", tq.home, "--check"], { env: env() });
    expect(await look()).toEqual(before);
  });

  it("shows only the present: what was not observed is said so", async () => {
    await playQueue(tq, env());
    const { stdout, code } = await tq.run(["exercise", "1", "--check", "--format", "json"], { env: env() });
    const result = JSON.parse(stdout) as Result;
    expect(code).toBe(1);
    expect(verdicts(result)).toContain("1.1 passed, 1.2 not-yet, 1.3 not-yet");
    expect(result.checks[1]?.observed).toContain("not observed");
    expect(result.checks[1]?.next).toContain("--watch");
    expect(result.checks[1]?.mistake).toBeUndefined();
  });

  it("is watched with --watch, which ends when all has passed", async () => {
    const watch = tq.start(["exercise", "1", "--watch"], { env: env() });
    await watch.until("stdout", "PASSED   1.1");
    await playQueue(tq, env());
    const { code, stdout } = await watch.ended;
    expect(code).toBe(0);
    expect(stdout).toMatch(/put to taken and done with: \d+\.\d ms/);
  });

  it("is not busy with its own doing, nor takes it for the student's", async () => {
    await client().config("RESETSTAT");
    const watches = [1, 2].map(() => tq.start(["exercise", "1", "--watch"], { env: env() }));
    for (const watch of watches) await watch.until("stdout", "NOT YET  1.3");
    await tq.run(["push", "one", "two", "three"], { env: env() });
    for (const watch of watches) await watch.until("stdout", "3 messages put");
    const looks = async () =>
      Number(/cmdstat_ping:calls=(\d+)/.exec(await client().info("commandstats"))?.[1] ?? 0);
    const inASecond = async () => {
      const before = await looks();
      await new Promise((resolve) => setTimeout(resolve, 1000));
      return (await looks()) - before;
    };
    // Each of the two looks once a second where nothing happens, and asks four times who is there.
    await expect.poll(inASecond).toBeLessThanOrEqual(12);
    for (const { child, ended, stdout } of watches) {
      expect(stdout).toContain("nobody has read the length");
      child.kill("SIGTERM");
      await ended;
    }
  });

  it("sees a consumer that waited before the watch began", async () => {
    const consumer = tq.start(["consume"], { env: env() });
    await expect.poll(() => client().client("LIST")).toContain("cmd=blpop");
    const watch = tq.start(["exercise", "1", "--watch"], { env: env() });
    await watch.until("stdout", "PASSED   1.1");
    await tq.run(["push", "one"], { env: env() });
    await watch.until("stdout", "PASSED   1.2");
    for (const process of [watch, consumer]) {
      process.child.kill("SIGINT");
      expect((await process.ended).code).toBe(130);
    }
  });

  it("may go away and come back while it is watched", async () => {
    const watch = tq.start(["exercise", "1", "--watch"], { env: env() });
    await watch.until("stdout", "NOT YET  1.2");
    await client().client("KILL", "TYPE", "normal", "SKIPME", "yes");
    await tq.run(["push", "one", "two", "three"], { env: env() });
    await expect
      .poll(async () => {
        await tq.run(["push", "x"], { env: env() });
        await tq.run(["len"], { env: env() });
        return watch.stdout;
      })
      .toContain("PASSED   1.3");
    watch.child.kill("SIGTERM");
    expect((await watch.ended).code).toBe(143);
  });
});

describeWith("redis", "the JSON of a check", () => {
  const tq = useTq();

  it("is what the schema that is shipped says", async () => {
    const schema = JSON.parse(
      await readFile(new URL("../../dist/result.schema.json", import.meta.url), "utf8"),
    ) as object;
    const isValid = new Ajv({ allowUnionTypes: true }).compile(schema);
    const env = { TQ_REDIS_URL: `redis://127.0.0.1:${await findFreePort()}` };
    for (const number of ["1", "2", "3"]) {
      const { stdout } = await tq.run(["exercise", number, tq.home, "--check", "--format", "json"], { env });
      expect(isValid(JSON.parse(stdout)), JSON.stringify(isValid.errors)).toBe(true);
    }
  });

  it("survives a reader that goes away", async () => {
    const shell = spawn("sh", ["-c", `"${process.execPath}" bin/tq.js exercise 1 --check | head -1`], {
      env: { ...process.env, TQ_HOME: tq.home, TQ_REDIS_URL: "redis://127.0.0.1:1" },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let errors = "";
    shell.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
    await new Promise((resolve) => shell.on("close", resolve));
    expect(errors).not.toContain("a bug in tq");
  });
});

describeWith("redis", "kill -9", () => {
  const redis = useRedisServer();
  const tq = useTq();

  it("leaves the old progress or the new one", async () => {
    const env = { TQ_REDIS_URL: redis().url };
    const client = new Redis(redis().port, { db: 1 });
    await client.rpush("hotqueue:queue", "x");
    client.disconnect();
    const whole: string[] = [];
    for (let delay = 0; delay < 400; delay += 16) {
      const check = tq.start(["exercise", "1", "--check"], { env });
      await new Promise((resolve) => setTimeout(resolve, delay));
      check.child.kill("SIGKILL");
      await check.ended;
      const text = await readFile(join(tq.home, "progress.json"), "utf8").catch(() => "");
      if (text !== "") whole.push((JSON.parse(text) as { version: number }).version.toString());
    }
    expect(whole.every((version) => version === "1")).toBe(true);
    expect(whole.length, "some came to writing it").toBeGreaterThan(0);
  });
});
