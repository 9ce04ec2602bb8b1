import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { HotQueue } from "../../../dist/index.js";
import { fitExponent } from "../harness/exponent.mjs";
import { withRedis } from "../harness/redis.mjs";
import { median } from "../harness/rounds.mjs";
import { number } from "../harness/table.mjs";
import { describeTarget, verdict } from "../harness/target.mjs";

/** What a consumer held that was killed goes back to the queue, once its lease is over. */
export const recovery = {
  name: "recovery",
  title: "Recovery of what a killed consumer held, after its lease",
  columns: [
    ["", ({ what }) => what],
    [">time", ({ ours }) => `${number(ours)} ms`],
    [">exponent so far", ({ exponent }) => exponent?.toFixed(2)],
    [">target", describeTarget],
    ["", verdict],
  ],

  run: (bench) =>
    withRedis(async ({ port }) => {
      const sizes = bench.short ? [100, 10_000] : [100, 1000, 10_000];
      const costs = [];
      for (const size of sizes) {
        const took = [];
        for (let n = 0; n < 3; n += 1) took.push(await recover(bench, port, size, `held-${size}-${n}`));
        costs.push(median(took));
      }
      return sizes.map((size, at) => ({
        what: `${number(size).replace(/\.0+$/, "")} held`,
        ours: costs[at],
        ...(at > 0 && { exponent: fitExponent(sizes.slice(0, at + 1), costs.slice(0, at + 1)) }),
        ...(size === 10_000 && { target: { of: "ours", most: 1000, unit: "ms" } }),
      }));
    }),
};

/** Milliseconds of the call that brings them back. */
async function recover({ ours, env }, port, size, name) {
  const queue = new HotQueue(name, { port, db: 1, reliable: true, lease: 0.5 });
  try {
    await queue.put(...Array.from({ length: size }, (_, n) => `message ${n}`));
    const [file, script] = ours("hold");
    const settings = {
      env: env(port, { COUNT: String(size), QUEUE: name }),
      stdio: ["ignore", "pipe", "inherit"],
    };
    const consumer = spawn(file, [script], settings);
    const killed = once(consumer, "exit");
    const end = () => consumer.kill("SIGKILL");
    process.once("exit", end);
    await once(consumer.stdout, "data");
    end();
    await killed;
    process.removeListener("exit", end);
    for (;;) {
      const started = performance.now();
      const { recovered, dead } = await queue.recover();
      const took = performance.now() - started;
      if (recovered === size) return took;
      if (recovered + dead > 0) throw new Error(`${recovered} of ${size} were recovered`);
      await delay(20); // its lease lasts
    }
  } finally {
    await queue.clear();
    await queue.close();
  }
}
