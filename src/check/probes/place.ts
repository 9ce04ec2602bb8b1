import { type Place } from "./probes.js";
import { chooseTarget, redisCliFor, type Target } from "../../redis/target.js";

export interface PlaceFacts {
  target: Target;
  /** `--redis-url` as it was given: a command that is to look at the same Redis needs it again. */
  redisUrl: string | undefined;
  folder: string;
  /** `--queue`. */
  queue: string;
}

export function describePlace({ target, redisUrl, folder, queue }: PlaceFacts): Place {
  const { connection, url, why } = target;
  return {
    redisUrl: url,
    host: connection.host ?? "127.0.0.1",
    port: connection.port ?? 6379,
    redisCli: (db) => redisCliFor({ ...target, connection: { ...connection, db } }),
    why,
    folder,
    queue: { name: queue, db: connection.db },
    tq: (command) => `tq ${command}${redisUrl === undefined ? "" : ` --redis-url ${url}`}`,
  };
}

/** The target that `--redis-url` names. */
export function targetAt(redisUrl: string): Target {
  return chooseTarget({ redisUrl, env: {}, started: null });
}
