import { UnreadableMessageError } from "./errors.js";
import { NotReliableError } from "./reliable/errors.js";
import { SerializationError, type Serializer } from "./serializers/serializer.js";

export interface MessageFacts {
  key: string;
  bytes: Buffer;
  serializer: Serializer;
  /** Seconds that the consumer waited for it. */
  waited: number;
  putBack: () => Promise<void>;
  /** How often it failed before; default 0. */
  failures?: number;
  acknowledge?: () => Promise<void>;
  fail?: (reason?: string) => Promise<void>;
}

const nothing = () => Promise.resolve();
const refuse = () => Promise.reject(new NotReliableError("Message.fail"));

/** A message as it was taken from the queue: its bytes, and the value that they stand for. */
export class Message<T = unknown> {
  readonly key: string;
  readonly bytes: Buffer;
  /** Seconds that the consumer waited for it. */
  readonly waited: number;
  readonly received = new Date();
  /** Returns it to the head of the queue, byte for byte, for whoever comes next. */
  readonly putBack: () => Promise<void>;
  /** 1 the first time; more only in reliable mode, after failures. */
  readonly attempt: number;
  /**
   * The work on it is done. A loop does that by itself when it comes back for the next message. Rejects with
   * `RefusedError` where the message is no longer this consumer's. Without reliable mode there is nothing to do.
   */
  readonly acknowledge: () => Promise<void>;
  /**
   * The work on it failed: it comes again later, or becomes a dead letter. Rejects with `RefusedError` as above,
   * and with `NotReliableError` without reliable mode.
   */
  readonly fail: (reason?: string) => Promise<void>;
  readonly #serializer: Serializer;

  constructor(facts: MessageFacts) {
    this.key = facts.key;
    this.bytes = facts.bytes;
    this.waited = facts.waited;
    this.putBack = facts.putBack;
    this.attempt = (facts.failures ?? 0) + 1;
    this.acknowledge = facts.acknowledge ?? nothing;
    this.fail = facts.fail ?? refuse;
    this.#serializer = facts.serializer;
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
