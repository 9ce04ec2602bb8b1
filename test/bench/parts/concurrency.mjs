import { peer } from "../harness/cache.mjs";
import { comparison, comparisonColumns } from "../harness/comparison.mjs";
import { rate } from "../harness/rates.mjs";
import { withRedis } from "../harness/redis.mjs";
import { measure } from "../harness/rounds.mjs";

/** Many at a time in one process, beside the queue that most use for it in Node. */
export const concurrency = {
  name: "concurrency",
  title: "Fifty workers in one process, nothing done with a message",
  columns: comparisonColumns,
  long: true,

  run: ({ ours, env, rounds }) =>
    withRedis(async ({ port, fill }) => {
      const count = 20_000;
      const settings = { COUNT: String(count), CONCURRENCY: "50" };
      const rated = (command, more) => async () => {
        await fill(count);
        return rate(command, env(port, { ...settings, ...more }));
      };
      const bull = await peer("bullmq-process", "bullmq@6", "ioredis@5");
      const values = await measure(rounds, {
        "50 workers": rated(ours("concurrent")),
        BullMQ: () => rate(bull, env(port, settings)),
        "50 workers, reliable": rated(ours("concurrent"), { RELIABLE: "1" }),
      });
      const row = (what, target) => comparison(values, what, "BullMQ", { target, unit: "/s" });
      return [row("50 workers"), row("50 workers, reliable", { least: 3 })];
    }),
};
