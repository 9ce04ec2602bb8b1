import { type Place } from "../lab/place.js";
import { type ConnectedClient } from "../redis/observe/client-list.js";
import { type RedisList } from "../redis/observe/lists.js";
import { type CeleryProbe } from "./celery/probe.js";
import { type ClusterProbe } from "./kubernetes/probe.js";
import { type CodeProbe } from "./python-code/probe.js";
import { type ComposeProbe } from "./containers/probe.js";
import { type Hold } from "../lab/trace/hold.js";
import { type MessageProbe } from "./messages/probe.js";
import { type JobsProbe } from "./jobs/probe.js";
import { type Traffic } from "../lab/trace/traffic.js";
import { type WorkerProbe } from "./echo-worker/probe.js";

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
