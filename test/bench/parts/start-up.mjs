import { Missing, nodeVersion, peer, pythonPeer } from "../harness/cache.mjs";
import { comparison, comparisonColumns } from "../harness/comparison.mjs";
import { time } from "../harness/processes.mjs";
import { withRedis } from "../harness/redis.mjs";
import { measure, median } from "../harness/rounds.mjs";

const PEERS = new URL("../peers/", import.meta.url).pathname;

/** Whole commands, as somebody waits for them. */
export const startUp = {
  name: "start-up",
  title: "Start-up: one command, from nothing to its end",
  columns: comparisonColumns,

  run: ({ tq, env, rounds, short }) =>
    withRedis(async ({ port }) => {
      const settings = { env: env(port) };
      const command =
        (...words) =>
        () =>
          time(words, settings);
      const bare = await peer("bare-put");
      const values = await measure(short ? 5 : Math.max(rounds, 21), {
        "node -e 0": command(process.execPath, "-e", "0"),
        "a raw socket": command(process.execPath, `${PEERS}raw-put.cjs`),
        "bare ioredis": command(...bare),
        "Python's put": command(...pythonPeer("put")),
        "tq push x": command(...tq, "push", "x"),
        "tq len": command(...tq, "len"),
        "tq --help": command(...tq, "--help"),
        "tq exercise": command(...tq, "exercise"),
      });
      const row = (what, against, target) => comparison(values, what, against, { target, unit: "ms" });
      return [
        row("tq push x", "bare ioredis", { most: 1.05 }),
        row("tq push x", "Python's put", { most: 0.72 }),
        row("tq push x", "node -e 0"),
        row("tq len", "node -e 0", { most: 1.6 }),
        row("tq --help", "node -e 0", { most: 1.6 }),
        row("tq exercise", "node -e 0", { most: 1.6 }),
        row("bare ioredis", "node -e 0"),
        row("a raw socket", "node -e 0"),
        ...(short ? [] : await newerNodes({ tq, bare, settings })),
      ];
    }),
};

/** Milliseconds above bare Node, on the versions that keep compiled code. */
async function newerNodes({ tq, bare, settings }) {
  const rows = [];
  for (const major of [22, 24]) {
    const what = `tq push x, Node ${major}`;
    try {
      const node = await nodeVersion(major);
      const values = await measure(21, {
        node: () => time([node, "-e", "0"], settings),
        bare: () => time([node, bare[1]], settings),
        tq: () => time([node, tq[1], "push", "x"], settings),
      });
      const above = (name) => median(values[name].map((took, round) => took - values.node[round]));
      const common = { peer: "above node -e 0", theirs: median(values.node), unit: "ms" };
      rows.push(
        { what, ours: above("tq"), ...common, target: { of: "ours", most: 45, unit: "ms" } },
        { what: `bare ioredis, Node ${major}`, ours: above("bare"), ...common },
      );
    } catch (error) {
      if (!(error instanceof Missing)) throw error;
      rows.push({ what, skipped: error.message });
    }
  }
  return rows;
}
