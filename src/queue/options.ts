import { type Connect } from "./client.js";
import { type ConnectionOptions } from "./connect.js";
import { type Message } from "./message.js";
import { type ReliableOptions } from "./reliable/settings.js";
import { type SerializerName } from "./serializers/index.js";
import { type Serializer } from "./serializers/serializer.js";
import { type OnConnection } from "./steady-pop.js";

export interface HotQueueOptions extends ConnectionOptions, ReliableOptions {
  /** How values become bytes: by name, or one of your own. Default pickle, as in HotQueue. */
  serializer?: SerializerName | Serializer | undefined;
  /** Opens connections in place of the options above, for instance ones of an ioredis client of your own. */
  connect?: Connect | undefined;
  onConnection?: OnConnection | undefined;
}

export interface ConsumeOptions {
  /** Seconds after which a wait without a message ends; 0, the default, waits for ever. */
  timeout?: number | undefined;
  /** Stops the wait, losing nothing: a message that arrives in that moment stays in the queue. */
  signal?: AbortSignal | undefined;
}

export interface GetOptions extends ConsumeOptions {
  /** Wait for a message; without it, `timeout` does nothing. */
  block?: boolean | undefined;
}

export interface WorkerOptions extends ConsumeOptions {
  /** How many messages may be in work at once, in reliable mode; default 1. */
  concurrency?: number | undefined;
  /** Seconds, in reliable mode, for handlers to finish after a stop; what is not done then goes back. Default 10. */
  grace?: number | undefined;
}

/** What a worker's handler is given beside the value. */
export interface HandlerContext<T> {
  message: Message<T>;
  /** Aborted when the worker waits no longer for the handler: in reliable mode at the end of the grace time. */
  signal: AbortSignal;
}

export function checkTimeout(timeout: number): void {
  if (!(timeout >= 0 && Number.isFinite(timeout))) {
    throw new RangeError(`timeout is ${timeout}; it is a number of seconds, 0 or more`);
  }
}

export function checkConcurrency(concurrency: number): void {
  if (!(Number.isInteger(concurrency) && concurrency >= 1)) {
    throw new RangeError(`concurrency is ${concurrency}; it is a whole number, 1 or more`);
  }
}
