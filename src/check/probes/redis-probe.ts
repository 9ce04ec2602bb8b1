import { TqError } from "../../errors.js";
import { explainRedisError } from "../../redis/explain-error.js";
import { Observer, type Observation } from "../../redis/observe/observer.js";
import { type Target } from "../../redis/target.js";
import { replay } from "../trace/replay.js";
import { findOtherRedises } from "./other-redises.js";
import { once } from "./once.js";
import { type Answer, type RedisProbe } from "./probes.js";

/**
 * Asks the target's Redis once a run. With an observer that has been watching, what it saw counts; without one what
 * the server remembers.
 */
export function createRedisProbe(target: Target, watching: Observer | null): RedisProbe {
  const look = once(async (): Promise<Observation> => {
    if (watching) return explain(target, watching.look());
    using observer = await explain(target, Observer.open(target.connection, { live: false }));
    return await explain(target, observer.look());
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
    others: once(async () => findOtherRedises((await look()).runId)),
  };
}

async function explain<T>(target: Target, asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    throw explainRedisError(error, target);
  }
}
