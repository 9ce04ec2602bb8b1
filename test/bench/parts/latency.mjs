import { pythonPeer } from "../harness/cache.mjs";
import { comparison, comparisonColumns } from "../harness/comparison.mjs";
import { run } from "../harness/processes.mjs";
import { withRedis } from "../harness/redis.mjs";
import { measure, quantile } from "../harness/rounds.mjs";

/** One message at a time, from one process through Redis to another's output. */
export const latency = {
  name: "latency",
  title: "From before the put until it is printed by another process",
  columns: comparisonColumns,

  run: ({ ours, env, rounds, short }) =>
    withRedis(async ({ port }) => {
      const count = short ? 1000 : 10_000;
      const took = { tq: [], Python: [] };
      const each = (name, command) => async () => {
        const { stdout } = await run(command, { env: env(port, { COUNT: String(count) }) });
        return took[name].push(JSON.parse(stdout));
      };
      await measure(rounds, {
        tq: each("tq", ours("latency")),
        Python: each("Python", pythonPeer("latency")),
      });
      const row = (part, most) => {
        const what = `p${part * 100} of ${count.toLocaleString("en")}`;
        const at = (name) => took[name].map((values) => quantile(values, part));
        const target = { of: "ours", most, unit: "ms" };
        return comparison({ [what]: at("tq"), Python: at("Python") }, what, "Python", { target, unit: "ms" });
      };
      return [row(0.5, 0.5), row(0.99, 2)];
    }),
};
