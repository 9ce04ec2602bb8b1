import { join } from "node:path";
import { peer } from "../harness/cache.mjs";
import { comparison, comparisonColumns } from "../harness/comparison.mjs";
import { time } from "../harness/processes.mjs";
import { withRedis } from "../harness/redis.mjs";
import { measure } from "../harness/rounds.mjs";

/** A whole queue becomes a file, by one command. */
export const drain = {
  name: "drain",
  title: "Drain a queue into a file, a thousand messages at a time, whole commands",
  columns: comparisonColumns,

  run: ({ tq, env, rounds, folder, short }) =>
    withRedis(async ({ port, client, fill }) => {
      const count = short ? 100_000 : 1_000_000;
      const settings = { env: env(port, { COUNT: String(count) }), output: join(folder, "drained") };
      const perSecond = (command) => async () => {
        await fill(count);
        const took = time(command, settings);
        if ((await client.llen("hotqueue:queue")) > 0) throw new Error(`${command.join(" ")} left something`);
        return count / (took / 1000);
      };
      const what = "tq consume --batch 1000";
      const values = await measure(rounds, {
        [what]: perSecond([...tq, "consume", "--batch", "1000", "--max", String(count)]),
        "bare LPOP by 1,000": perSecond(await peer("bare-drain")),
      });
      const target = { of: "ours", least: short ? 150_000 : 300_000, unit: "/s" };
      return [comparison(values, what, "bare LPOP by 1,000", { target, unit: "/s" })];
    }),
};
