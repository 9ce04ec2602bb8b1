import { TqError } from "../../errors.js";
import { explainRedisError } from "../../redis/explain-error.js";
import { type Target } from "../../redis/target.js";
import { replayHolds } from "../../lab/trace/replay-holds.js";
import { replay } from "../../lab/trace/replay.js";
import { findOtherRedises } from "./other-redises.js";
import { type Observers } from "../../lab/observers.js";
import { once } from "../../lab/once.js";
import { type Answer, type RedisProbe } from "../probes.js";

/** Asks the target's Redis, once a run. */
export function createRedisProbe(target: Target, observers: Observers): RedisProbe {
  const look = once(async () => {
    try {
      return await observers.look(target.connection);
    } catch (error) {
      throw explainRedisError(error, target);
    }
  });
  return {
    answers: once(async (): Promise<Answer> => {
      try {
        const { version } = await look();
        return { answers: true, version };
      } catch (error) {
        if (!(error instanceof TqError)) throw error;
        return { answers: false, reason: error.message, hint: error.hint ?? "" };
      }
    }),
    traffic: once(async () => {
      const seen = await look();
      return { ...seen, traces: replay(seen.events, seen) };
    }),
    holds: once(async () => replayHolds((await look()).events)),
    others: once(async () => findOtherRedises((await look()).runId)),
  };
}
