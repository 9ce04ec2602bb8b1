import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { afterAll, expect, it } from "vitest";
import { describeWith, python } from "../support/suite/needs.js";
import { useRedisServer } from "../support/redis/redis-server.js";
import { type Ended, type RunningTq, useTq, watch } from "../support/command-line/tq.js";

const PEER = new URL("../support/python/hotqueue_peer.py", import.meta.url).pathname;
const COUNT = 1000;

describeWith(["redis", "python"], "Python's HotQueue on the other end", () => {
  const redis = useRedisServer();
  const tq = useTq();
  const running = new Set<ChildProcessWithoutNullStreams>();
  afterAll(() => {
    for (const child of running) child.kill("SIGKILL");
  });

  const start = (mode: string, count: number, seed: string): RunningTq => {
    const child = spawn(python(), [PEER, mode, String(count), String(redis().port), seed]);
    running.add(child);
    child.on("close", () => running.delete(child));
    return watch(child);
  };
  const peer = (mode: string, count: number, seed: string, input = ""): Promise<Ended> => {
    const running = start(mode, count, seed);
    running.child.stdin.end(input);
    return running.ended;
  };
  const env = () => ({ TQ_REDIS_URL: redis().url });
  const fine = { code: 0, stderr: "" };

  it(`reads ${COUNT} values that Python put`, async () => {
    const seed = String(Date.now());
    expect(await peer("put", COUNT, seed)).toMatchObject(fine);
    const consumed = await tq.run(["consume", "--json", "--max", String(COUNT)], { env: env() });
    expect(consumed).toMatchObject(fine);
    expect(await peer("check", COUNT, seed, consumed.stdout)).toMatchObject(fine);
  });

  it(`puts ${COUNT} values that Python reads`, async () => {
    const seed = String(Date.now());
    const forms = await peer("forms", COUNT, seed);
    expect(forms.stdout.trimEnd().split("\n")).toHaveLength(COUNT);
    const pushed = await tq.run(["push", "--input", "json"], { env: env(), input: forms.stdout });
    expect(pushed).toMatchObject(fine);
    expect(await peer("get", COUNT, seed)).toMatchObject(fine);
  });

  it("reaches a function decorated with @q.worker", async () => {
    const worker = start("worker", 3, "0");
    await worker.until("stdout", "ready");
    await tq.run(["push", "hello", "schöne Grüße 🧠"], { env: env() });
    await tq.run(
      ["push", "--input", "json", '{"jobs": [1, 2.5, null], "big": 123456789012345678901234567890}'],
      { env: env() },
    );
    const { stdout, code } = await worker.ended;
    expect(stdout.trimEnd().split("\n").slice(1)).toEqual([
      '"hello"',
      String.raw`"sch\u00f6ne Gr\u00fc\u00dfe \ud83e\udde0"`,
      '{"jobs": [1, 2.5, null], "big": 123456789012345678901234567890}',
    ]);
    expect(code).toBe(0);
  });
});
