import { UnreadableMessageError } from "./errors.js";
import { SerializationError, type Serializer } from "./serializers/serializer.js";

export interface MessageFacts {
  key: string;
  bytes: Buffer;
  serializer: Serializer;
  /** Seconds that the consumer waited for it. */
  waited: number;
  putBack: () => Promise<void>;
}

/** A message as it was taken from the queue: its bytes, and the value that they stand for. */
export class Message<T = unknown> {
  readonly key: string;
  readonly bytes: Buffer;
  /** Seconds that the consumer waited for it. */
  readonly waited: number;
  readonly received = new Date();
  /** Returns it to the head of the queue, byte for byte, for whoever comes next. */
  readonly putBack: () => Promise<void>;
  readonly #serializer: Serializer;

  constructor({ key, bytes, serializer, waited, putBack }: MessageFacts) {
    this.key = key;
    this.bytes = bytes;
    this.waited = waited;
    this.putBack = putBack;
    this.#serializer = serializer;
  }

  /** Decoded at each call. Throws `UnreadableMessageError`. */
  get value(): T {
    try {
      return this.#serializer.decode(this.bytes) as T;
    } catch (error) {
      if (!(error instanceof SerializationError)) throw error;
      throw new UnreadableMessageError(this.key, this.#serializer.name, this.bytes, error);
    }
  }
}
