import { QueueNameError } from "./errors.js";

/** The keys of a queue's reliable side. All hash to the slot of the queue itself, so that a cluster keeps them together. */
export interface ReliableKeys {
  /** The list of waiting messages, HotQueue's own. */
  queue: string;
  /** Sorted set: each consumer, and when its lease ends, in milliseconds of Redis' clock. */
  consumers: string;
  /** Hash: each consumer, and what it said of itself with its last heartbeat; see `beat`. */
  reports: string;
  /** Hash: SHA-1 of a message's bytes, and how often it has failed so far. */
  attempts: string;
  /** Sorted set: `<number>:<bytes>` of messages to be tried again, and when, in milliseconds of Redis' clock. */
  delayed: string;
  /** The last number given to a delayed message. */
  seq: string;
  /** Stream: dead letters, with the fields message, reason, attempts and consumer. */
  dead: string;
  /** What stands before a consumer's name in the key of the list that it holds messages in, the oldest first. */
  heldPrefix: string;
}

/** Throws `QueueNameError` for a name with a brace, which would take the keys to other slots than the queue's. */
export function reliableKeys(name: string): ReliableKeys {
  if (/[{}]/.test(name)) throw new QueueNameError(name);
  const queue = `hotqueue:${name}`;
  const of = (part: string) => `{${queue}}:${part}`;
  return {
    queue,
    consumers: of("consumers"),
    reports: of("reports"),
    attempts: of("attempts"),
    delayed: of("delayed"),
    seq: of("seq"),
    dead: of("dead"),
    heldPrefix: of("held:"),
  };
}
