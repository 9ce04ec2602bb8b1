import fc from "fast-check";
import { it } from "vitest";
import { describeWith } from "../../support/suite/needs.js";
import { useClient, useRedisServer } from "../../support/redis/redis-server.js";
import { printFigures } from "../support/figures.js";
import { SEED } from "../support/random.js";
import { moves } from "./moves.js";
import { Model } from "./state.js";

/** Sequences of moves of a queue and its consumers, the model and a real Redis side by side. */
export function describeProtocol(runs: number): void {
  describeWith("redis", "the protocol of reliable delivery", () => {
    const redis = useRedisServer();
    const client = useClient(redis);

    it(
      "keeps each message in one place, whatever happens in which order",
      { timeout: 3_600_000 },
      async () => {
        let made = 0;
        const states = new Set<string>();
        const counted = fc.commands(moves, { maxCommands: 60, size: "max" });
        await fc.assert(
          fc.asyncProperty(counted, async (commands) => {
            await client().flushall();
            const model = new Model();
            await fc.asyncModelRun(() => ({ model, real: { client: client() } }), commands);
            made += [...commands].length;
            states.add(JSON.stringify([model.queue, [...model.held.values()], model.delayed, model.dead]));
          }),
          { seed: SEED, numRuns: runs },
        );
        printFigures("model of the protocol", {
          sequences: runs,
          moves: made,
          "last states that differ": states.size,
        });
      },
    );
  });
}
