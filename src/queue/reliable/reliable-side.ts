import { type Message } from "../message.js";
import { type Serializer } from "../serializers/serializer.js";
import { consumeReliably, type Waiting } from "./consume.js";
import { Holder } from "./holder.js";
import { type Surroundings } from "./surroundings.js";
import { workReliably, type Working } from "./work.js";

/** The consumers of one queue object in reliable mode. */
export class ReliableSide<T> {
  readonly #holders = new Set<Holder>();
  readonly #workers = new Set<Promise<void>>();

  constructor(
    private readonly around: Surroundings,
    private readonly serializer: Serializer,
    /** What Redis' answer means where it is an error. */
    private readonly explain: (error: unknown) => Promise<unknown>,
  ) {}

  /** See `consumeReliably`; what is not acknowledged when the loop is left goes back to the queue. */
  async *messages(waiting: Waiting): AsyncGenerator<Message<T>, void, undefined> {
    const holder = await this.#open();
    try {
      for await (const { message } of consumeReliably<T>(holder, this.serializer, waiting)) yield message;
    } catch (error) {
      throw await this.explain(error);
    } finally {
      await this.#leave(holder);
    }
  }

  /** See `workReliably`. */
  async work(working: Omit<Working<T>, "serializer">): Promise<void> {
    const holder = await this.#open();
    const run = workReliably<T>(holder, { ...working, serializer: this.serializer });
    this.#workers.add(run);
    try {
      await run;
    } catch (error) {
      throw await this.explain(error);
    } finally {
      this.#workers.delete(run);
      await this.#leave(holder);
    }
  }

  /** After the signal of all that waits: workers have their grace time, everything else goes back at once. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#workers);
    await Promise.allSettled([...this.#holders].map((holder) => this.#leave(holder)));
  }

  async #open(): Promise<Holder> {
    const holder = await Holder.open(this.around);
    this.#holders.add(holder);
    return holder;
  }

  async #leave(holder: Holder): Promise<void> {
    try {
      await holder.leave();
    } finally {
      this.#holders.delete(holder);
    }
  }
}
