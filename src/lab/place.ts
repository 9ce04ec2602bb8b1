import { fileWord, shellCommand, shellWord } from "../text/shell-word.js";
import { chooseTarget, redisCliFor, type Target } from "../redis/target.js";

/** How to reach the Redis of this run from where the student sits, as text that can be pasted. */
export interface Place {
  /** Such as redis://127.0.0.1:6379, without a password. */
  redisUrl: string;
  host: string;
  port: number;
  /** A redis-cli command for a database of it. */
  redisCli: (db: number, ...words: readonly string[]) => string;
  /** Why this Redis: the words for brackets. */
  why: string;
  /** Absolute folder of the student's files. */
  folder: string;
  /** A path in that folder, as a word of a command. */
  file: (path: string) => string;
  /** `--url`: the running system that is looked at; null where tq runs the student's files. */
  url: string | null;
  /** The queue that the exercise's own end uses. */
  queue: { name: string; db: number };
  /** What a tq command of the student's begins with, and ends with where it needs to be told the Redis. */
  tq: (command: string) => string;
  /** The command that repeats one check of the student's files, with the same random choices. */
  again: (id: string) => string;
}

/** What a command that is to do the same needs again. */
export interface PlaceFacts {
  target: Target;
  /** `--redis-url` as it was given. */
  redisUrl: string | undefined;
  /** Absolute folder of the student's files. */
  folder: string;
  /** That folder as a person would name it; "" where the command is run there. */
  shownFolder: string;
  /** `--queue`. */
  queue: string;
  /** `--seed`, else a random one. */
  seed: string;
  /** `--url`: a running system, to be looked at from outside. */
  url: string | undefined;
  /** `--job`: the body of a job; undefined where the API is asked what it wants. */
  job: unknown;
  /** `--system`: the tq.yaml of this system, where it does not lie beside its files. */
  systemFile?: string | undefined;
  /** `--python`. */
  python: string | undefined;
  /** `--allow-network`. */
  allowNetwork: boolean;
  /** `--record`: what comes from the network is kept. */
  record?: boolean;
  /** `--slow`: what takes a minute is waited for. */
  slow: boolean;
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
    systemFile,
    python,
    allowNetwork,
    slow,
  } = facts;
  const { connection, url, why } = target;
  const tq = (command: string): string =>
    `tq ${command}${redisUrl === undefined ? "" : ` --redis-url ${shellWord(url)}`}`;
  return {
    redisUrl: url,
    host: connection.host ?? "127.0.0.1",
    port: connection.port ?? 6379,
    redisCli: (db, ...words) => redisCliFor({ ...target, connection: { ...connection, db } }, ...words),
    why,
    folder,
    file: (path) => {
      const inside = path === "." && shownFolder !== "" ? "" : path;
      const whole = [shownFolder, inside].filter(Boolean).join("/");
      return whole === "" ? "" : fileWord(whole);
    },
    url: system ?? null,
    queue: { name: queue, db: connection.db },
    tq,
    again: (id) => {
      const [number = ""] = id.split(".");
      const words = ["--check", "--step", id, "--seed", seed];
      if (system !== undefined) words.push("--url", system);
      if (python !== undefined) words.push("--python", python);
      if (body !== undefined) words.push("--job", JSON.stringify(body));
      if (systemFile !== undefined) words.push("--system", systemFile);
      if (allowNetwork) words.push("--allow-network");
      if (slow) words.push("--slow");
      return `${exerciseCommand(number, shownFolder)} ${shellCommand(...words)}`;
    },
  };
}

/** The command that an exercise is done with, in the student's folder; "" where that is here. */
export function exerciseCommand(number: number | string, shownFolder: string): string {
  return `tq exercise ${number}${shownFolder === "" ? "" : ` ${fileWord(shownFolder)}`}`;
}

/** The target that `--redis-url` names. */
export function targetAt(redisUrl: string): Target {
  return chooseTarget({ redisUrl, env: {}, started: null });
}
