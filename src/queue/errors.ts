import { type SerializationError } from "./serializers/serializer.js";

/** A message that this queue's serializer cannot have written. It has been put back where it was. */
export class UnreadableMessageError extends Error {
  override readonly name = "UnreadableMessageError";

  constructor(
    /** The Redis key of the queue. */
    readonly key: string,
    readonly serializer: string,
    /** The whole message. */
    readonly bytes: Uint8Array,
    cause: SerializationError,
  ) {
    super(`a message in ${key} is not ${serializer}: ${cause.message}`, { cause });
  }
}

/** The queue's key holds something else than a list. It has not been touched. */
export class WrongTypeError extends Error {
  override readonly name = "WrongTypeError";

  constructor(
    readonly key: string,
    /** Redis' own word for it: string, hash, set, … */
    readonly type: string,
  ) {
    super(`${key} holds a ${type}, not a list`);
  }
}

/** A message was taken, could not be handed over, and Redis refused to take it back. Here are its bytes. */
export class NotPutBackError extends Error {
  override readonly name = "NotPutBackError";

  constructor(
    readonly key: string,
    readonly bytes: Uint8Array,
    cause: unknown,
  ) {
    super(`a message of ${key} could not be put back: ${String(cause)}`, { cause });
  }
}

/** The connection was lost between a put and its answer: whether Redis has the messages is not known. */
export class UnconfirmedPutError extends Error {
  override readonly name = "UnconfirmedPutError";

  constructor(
    readonly key: string,
    /** How many messages. */
    readonly count: number,
    cause: unknown,
  ) {
    super(`the connection was lost before Redis confirmed ${count} of ${key}`, { cause });
  }
}
