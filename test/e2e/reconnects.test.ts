import { getEventListeners } from "node:events";
import { expect, it, vi } from "vitest";
import { runInProcess } from "../faults/support/in-process.js";
import { useTq } from "../support/command-line/tq.js";
import { useClient, useRedisServer } from "../support/redis/redis-server.js";
import { describeWith } from "../support/suite/needs.js";

const RECONNECTS = 200;

describeWith("redis", "a consumer whose connection is lost again and again", () => {
  const redis = useRedisServer();
  const client = useClient(redis);
  const tq = useTq();

  it.each([
    ["consume"],
    ["consume", "--reliable"],
    ["consume", "--batch", "10"],
    ["consume", "--exec", "cat", "--concurrency", "2"],
  ])("listens to no more than at its start: %s %s %s", { timeout: 120_000 }, async (...args) => {
    const stop = new AbortController();
    const warnings: string[] = [];
    const note = (warning: Error) => warnings.push(warning.message);
    process.on("warning", note);
    const command = [...args.filter(Boolean), "--redis-url", redis().url];
    const running = runInProcess(tq.home, command, { signal: stop.signal });
    const counts: number[] = [];
    const killed = new Set<string>();
    while (counts.length <= RECONNECTS) {
      const id = await vi.waitFor(
        async () => {
          const list = String(await client().client("LIST"));
          const [, found = ""] = /^id=(\d+) .*cmd=bl(?:pop|move)/m.exec(list) ?? [];
          expect(found).not.toBe("");
          expect(killed).not.toContain(found);
          return found;
        },
        { interval: 2, timeout: 10_000 },
      );
      // With nothing to do, each try would come later than the one before.
      await client().rpush("hotqueue:queue", "N.");
      counts.push(getEventListeners(stop.signal, "abort").length);
      killed.add(id);
      await client().client("KILL", "ID", id);
    }
    stop.abort();
    await running;
    process.off("warning", note);
    expect(warnings).toEqual([]);
    expect(Math.max(...counts.slice(1))).toBeLessThanOrEqual((counts[0] ?? 0) + 2);
    expect(counts.at(-1)).toBeLessThanOrEqual((counts[1] ?? 0) + 1);
  });
});
