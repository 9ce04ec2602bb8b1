import { type ConnectedClient } from "../../redis/observe/client-list.js";
import { type RedisList } from "../../redis/observe/lists.js";
import { type CeleryProbe } from "./celery-probe.js";
import { type ClusterProbe } from "./cluster-probe.js";
import { type CodeProbe } from "./code-probe.js";
import { type ComposeProbe } from "./compose-probe.js";
import { type Hold } from "../trace/hold.js";
import { type MessageProbe } from "./message-probe.js";
import { type JobsProbe } from "./jobs-probe.js";
import { type Traffic } from "./traffic.js";
import { type WorkerProbe } from "./worker-probe.js";

/** How to reach the Redis of this run from where the student sits, as text that can be pasted. */
export interface Place {
  /** Such as redis://127.0.0.1:6379, without a password. */
  redisUrl: string;
  host: string;
  port: number;
  /** The beginning of a redis-cli command for a database of it. */
  redisCli: (db: number) => string;
  /** Why this Redis: the words for brackets. */
  why: string;
  /** Absolute folder of the student's files. */
  folder: string;
  /** A path in that folder, as an argument of a command. */
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

/** Another Redis of this machine, and what is in it. */
export interface OtherRedis {
  url: string;
  lists: RedisList[];
  clients: ConnectedClient[];
}

export type Answer = { answers: true; version: string } | { answers: false; reason: string; hint: string };

/** The Redis that the student works with. `traffic` throws `TqError` (exit 3) where it does not answer. */
export interface RedisProbe {
  answers: () => Promise<Answer>;
  traffic: () => Promise<Traffic>;
  /** Who had which message in hand, oldest first. Throws as `traffic` does. */
  holds: () => Promise<Hold[]>;
  /** Those that answer on this machine without a password, other than the student's. */
  others: () => Promise<OtherRedis[]>;
}

/** What gathers evidence for an exercise's checks. Each question is asked once a run, however many checks ask it. */
export interface Probes {
  place: Place;
  redis: RedisProbe;
  worker: WorkerProbe;
  code: CodeProbe;
  jobs: JobsProbe;
  message: MessageProbe;
  compose: ComposeProbe;
  celery: CeleryProbe;
  cluster: ClusterProbe;
}
