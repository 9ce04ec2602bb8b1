import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, it, vi } from "vitest";
import { reliableKeys } from "../../src/queue/reliable/keys.js";
import { describeWith } from "../support/suite/needs.js";
import { useClient, useRedisServer } from "../support/redis/redis-server.js";
import { printFigures } from "./support/figures.js";
import { leastSquares } from "./support/least-squares.js";

const SECONDS = Number(process.env["TQ_SOAK_SECONDS"] ?? 300);
const MESSAGES = Math.round((500_000 * SECONDS) / 300 / 10) * 10;
const PROGRAM = new URL("programs/soak.mjs", import.meta.url).pathname;
const keys = reliableKeys("queue");

/** KB a minute that the heap of a process may seem to grow by: what a collection leaves varies. */
const FLAT = 400;

describeWith("redis", "a hundred consumers and ten producers", () => {
  const redis = useRedisServer();
  const client = useClient(redis);

  it(
    "do each message once, and take no more memory with time",
    { timeout: SECONDS * 4000 + 240_000 },
    async () => {
      const folder = await mkdtemp(join(tmpdir(), "tq-test-soak-"));
      const connections = async () =>
        String(await client().client("LIST"))
          .trim()
          .split("\n").length;
      const start = (role: string, name: string, count: number) => {
        const file = join(folder, name);
        const facts = {
          role,
          file,
          count,
          port: redis().port,
          from: 0,
          messages: MESSAGES,
          seconds: SECONDS,
        };
        const args = ["--expose-gc", PROGRAM, JSON.stringify(facts)];
        const child = spawn(process.execPath, args, { stdio: ["ignore", "inherit", "inherit"] });
        return { name, file, child, ended: once(child, "exit") };
      };
      const before = await connections();
      const consumers = Array.from({ length: 10 }, (_, index) => start("consume", `consumers ${index}`, 10));
      await vi.waitFor(
        async () => {
          expect(await client().zcard(keys.consumers)).toBe(100);
        },
        { timeout: 120_000, interval: 200 },
      );
      const since = performance.now();
      const producers = start("produce", "producers", 10);
      let most = 0;
      const watching = new AbortController();
      const watch = async () => {
        while (!watching.signal.aborted) {
          most = Math.max(most, await connections());
          await delay(1000);
        }
      };
      const watched = watch();
      await producers.ended;
      await vi.waitFor(
        async () => {
          expect((await client().keys("*")).sort()).toEqual([keys.consumers, keys.reports]);
        },
        { timeout: 120_000, interval: 100 },
      );
      const took = (performance.now() - since) / 1000;
      watching.abort();
      await watched;
      for (const { child } of consumers) child.kill("SIGTERM");
      await Promise.all(consumers.map(({ ended }) => ended));
      await vi.waitFor(async () => {
        expect(await connections()).toBe(before);
      });

      const records = await Promise.all([...consumers, producers].map(({ file }) => readFile(file, "utf8")));
      await rm(folder, { recursive: true });
      const done = new Uint8Array(MESSAGES);
      for (const [, message] of records.join("").matchAll(/^done (\d+)$/gm)) {
        done[Number(message)] = (done[Number(message)] ?? 0) + 1;
      }
      const growths = records.map((record) => growth(record));
      const twice = done.filter((times) => times > 1).length;
      const lost = done.filter((times) => times === 0).length;
      printFigures("a hundred consumers in ten processes, ten producers in one", {
        messages: MESSAGES,
        seconds: took.toFixed(0),
        "a second": Math.round(MESSAGES / took),
        lost,
        "done twice": twice,
        "heap growth in KB a minute, consumers": span(growths.slice(0, -1).map(({ heap }) => heap)),
        producers: growths.at(-1)?.heap ?? "?",
        "resident growth in KB a minute": span(growths.map(({ resident }) => resident)),
        "connections before": before,
        most,
        after: await connections(),
      });
      expect({ lost, twice, left: await client().keys("*") }).toEqual({ lost: 0, twice: 0, left: [] });
      // In a shorter time what is measured is the start.
      if (SECONDS >= 120) for (const { heap } of growths) expect(heap).toBeLessThan(FLAT);
    },
  );
});

/** KB a minute by which the memory of one process grew, its first third left out: that is the start. */
function growth(record: string): { heap: number; resident: number } {
  const samples = [...record.matchAll(/^memory (\d+) (\d+) (\d+)$/gm)].map(([, ...words]) =>
    words.map(Number),
  );
  const late = samples.slice(Math.floor(samples.length / 3));
  const slope = (column: number) =>
    Math.round(leastSquares(late.map((sample) => [(sample[0] ?? 0) / 60_000, (sample[column] ?? 0) / 1024])));
  return { heap: slope(1), resident: slope(2) };
}

function span(values: readonly number[]): string {
  return `${Math.min(...values)} to ${Math.max(...values)}`;
}
