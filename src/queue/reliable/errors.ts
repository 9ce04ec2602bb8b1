/** This queue's name cannot be used in reliable mode. */
export class QueueNameError extends Error {
  override readonly name = "QueueNameError";

  constructor(readonly queue: string) {
    super(`reliable delivery needs a queue name without { and }: ${JSON.stringify(queue)}`);
  }
}

/** The message is no longer this consumer's: its lease ran out, and the message went back to the queue. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";

  constructor(
    /** The Redis key of the queue. */
    readonly key: string,
    readonly bytes: Uint8Array,
  ) {
    super(`the message is no longer this consumer's: its lease ran out, and it went back to ${key}`);
  }
}

/** Something that only a queue with `reliable: true` can do. */
export class NotReliableError extends Error {
  override readonly name = "NotReliableError";

  constructor(what: string) {
    super(`${what} needs a queue with reliable: true`);
  }
}
