import { type ConnectedClient } from "../../redis/observe/client-list.js";
import { type RedisList } from "../../redis/observe/lists.js";
import { type QueueTrace } from "./queue-trace.js";

/** What happened in the student's Redis. */
export interface Traffic {
  traces: QueueTrace[];
  lists: RedisList[];
  clients: ConnectedClient[];
  /**
   * Since when events are known: from before this run, since this run began to watch, or not at all: then only
   * the present is.
   */
  known: "history" | "live" | "nothing";
  /** INFO's redis_version. */
  version: string;
}
