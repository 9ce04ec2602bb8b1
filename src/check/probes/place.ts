import { type Place } from "./probes.js";
import { chooseTarget, redisCliFor, type Target } from "../../redis/target.js";

export interface PlaceFacts {
  target: Target;
  /** `--redis-url` as it was given: a command that is to look at the same Redis needs it again. */
  redisUrl: string | undefined;
  folder: string;
  /** That folder as an argument of a command; "" where the command is run there. */
  shownFolder: string;
  /** `--queue`. */
  queue: string;
  seed: string;
  /** `--url`, `--job`, `--python` and `--allow-network`: a command that is to do the same needs them again. */
  url: string | undefined;
  job?: unknown;
  python: string | undefined;
  allowNetwork: boolean;
  slow?: boolean;
}

export function describePlace(facts: PlaceFacts): Place {
  const {
    target,
    redisUrl,
    folder,
    shownFolder,
    queue,
    seed,
    url: system,
    job: body,
    python,
    allowNetwork,
    slow = false,
  } = facts;
  const { connection, url, why } = target;
  const tq = (command: string): string =>
    `tq ${command}${redisUrl === undefined ? "" : ` --redis-url ${url}`}`;
  return {
    redisUrl: url,
    host: connection.host ?? "127.0.0.1",
    port: connection.port ?? 6379,
    redisCli: (db) => redisCliFor({ ...target, connection: { ...connection, db } }),
    why,
    folder,
    file: (path) => (shownFolder === "" ? path : `${shownFolder}/${path}`),
    url: system ?? null,
    queue: { name: queue, db: connection.db },
    tq,
    again: (id) => {
      const [number = ""] = id.split(".");
      const words = ["exercise", number, shownFolder, "--check", "--step", id, "--seed", seed];
      if (system !== undefined) words.push("--url", system);
      if (python !== undefined) words.push("--python", python);
      if (body !== undefined) words.push("--job", `'${JSON.stringify(body)}'`);
      if (allowNetwork) words.push("--allow-network");
      if (slow) words.push("--slow");
      return `tq ${words.filter(Boolean).join(" ")}`;
    },
  };
}

/** The target that `--redis-url` names. */
export function targetAt(redisUrl: string): Target {
  return chooseTarget({ redisUrl, env: {}, started: null });
}
