import { TqError } from "../../errors.js";
import { explainRedisError } from "../../redis/explain-error.js";
import { replayHolds } from "../../lab/trace/replay-holds.js";
import { replay } from "../../lab/trace/replay.js";
import { findOtherRedises, type OtherRedis } from "./other-redises.js";
import { type Hold } from "../../lab/trace/hold.js";
import { type Traffic } from "../../lab/trace/traffic.js";
import { type Target } from "../../redis/target.js";
import { type Observers } from "../../lab/observers.js";
import { once } from "../../lab/once.js";
import { type Subject } from "../subject.js";

export { type OtherRedis } from "./other-redises.js";

type Answer = { answers: true; version: string } | { answers: false; reason: string; hint: string };

/**
 * The Redis that the student works with. `traffic` throws `TqError` (exit 3) where it does not answer; all do where it
 * does not allow its user to look.
 */
export interface RedisProbe {
  answers: () => Promise<Answer>;
  traffic: () => Promise<Traffic>;
  /** Who had which message in hand, oldest first. Throws as `traffic` does. */
  holds: () => Promise<Hold[]>;
  /** Those that answer on this machine without a password, other than the student's. */
  others: () => Promise<OtherRedis[]>;
}

/** Asks the target's Redis. */
export const subject: Subject<RedisProbe> = {
  open: ({ target, observers }) => ({ probe: () => createRedisProbe(target, observers) }),
  async versions({ answers }) {
    const answer = await answers().catch(() => null);
    return { redis: answer?.answers ? answer.version : null };
  },
};

function createRedisProbe(target: Target, observers: Observers): RedisProbe {
  const look = once(async () => {
    try {
      return await observers.look(target.connection);
    } catch (error) {
      throw explainRedisError(error, target);
    }
  });
  const observe = once(async () => {
    const seen = await look();
    if (seen.isUnwatched && seen.known === "nothing") throw cannotBeWatched(target);
    return seen;
  });
  return {
    answers: once(async (): Promise<Answer> => {
      try {
        const { version } = await look();
        return { answers: true, version };
      } catch (error) {
        // It answers, and does not let us look.
        if (!(error instanceof TqError) || error.code === "redis-permission") throw error;
        return { answers: false, reason: error.message, hint: error.hint ?? "" };
      }
    }),
    traffic: once(async () => {
      const seen = await observe();
      return { ...seen, traces: replay(seen.events, seen) };
    }),
    holds: once(async () => replayHolds((await observe()).events)),
    others: once(async () => findOtherRedises((await look()).runId)),
  };
}

function cannotBeWatched({ url, why, connection }: Target): TqError {
  const reason = connection.cluster
    ? "is a cluster, whose nodes each tell only of themselves"
    : "takes the command MONITOR and does not answer it";
  return new TqError(`Redis at ${url} (${why}) ${reason}: who puts and who takes cannot be observed there`, {
    code: "redis-unwatched",
    exitCode: 3,
    hint: "Something between may be in the way. With a Redis of your own all is observed:  tq redis up",
  });
}
