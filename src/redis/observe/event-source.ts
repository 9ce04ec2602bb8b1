import { type RedisEvent } from "./event.js";

export interface ObserveOptions {
  /** Watch commands from now on. Without it only what the server remembers is seen. */
  live: boolean;
  /** Told when something was done; only with `live`. */
  onChange?: (() => void) | undefined;
}

/** Where events come from, beside the slow log. */
export interface EventSource {
  /** All events so far. The observer of this name has just asked who is connected, and then said its name. */
  read(observer: string, connected: ReadonlySet<string>): Promise<RedisEvent[]>;
  /** The connection is gone: nothing more is seen. */
  readonly isLost: boolean;
  close(): void;
}
