import { type OnEvent } from "./events.js";

export interface ReliableOptions {
  /** Deliver at least once: a message is kept until the work on it is acknowledged. */
  reliable?: boolean | undefined;
  /** Seconds without a heartbeat after which a consumer counts as dead; default 10. */
  lease?: number | undefined;
  /** How often a message may fail, or lose its consumer, before it is a dead letter; default 3. */
  attempts?: number | undefined;
  /** Seconds until a failed message comes again: `first`, doubled with each failure, up to `most`. Default 1 and 60. */
  retryDelay?: { first?: number | undefined; most?: number | undefined } | undefined;
  /** Stands at the beginning of each consumer's name, to tell consumers apart. */
  consumerName?: string | undefined;
  onEvent?: OnEvent | undefined;
}

/** Times are in milliseconds. */
export interface ReliableSettings {
  lease: number;
  attempts: number;
  firstDelay: number;
  mostDelay: number;
  consumerName: string | undefined;
  onEvent: OnEvent;
}

/** Throws `RangeError` for what no such setting can be. */
export function readSettings(options: ReliableOptions): ReliableSettings {
  const { lease = 10, attempts = 3, retryDelay = {}, onEvent = () => undefined } = options;
  const { first = 1, most = 60 } = retryDelay;
  if (!(lease >= 0.1 && lease <= 1e6)) {
    throw new RangeError(`lease is ${lease}; it is a number of seconds, 0.1 or more`);
  }
  if (!Number.isInteger(attempts) || attempts < 1) {
    throw new RangeError(`attempts is ${attempts}; it is a whole number, 1 or more`);
  }
  for (const delay of [first, most]) {
    if (!(delay >= 0 && delay <= 1e6)) {
      throw new RangeError(`a retry delay is ${delay}; it is a number of seconds, 0 or more`);
    }
  }
  const milliseconds = (seconds: number) => Math.round(seconds * 1000);
  return {
    lease: milliseconds(lease),
    attempts,
    firstDelay: milliseconds(first),
    mostDelay: milliseconds(most),
    consumerName: options.consumerName,
    onEvent,
  };
}
