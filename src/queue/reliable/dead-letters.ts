import { type Connect } from "../client.js";
import { UnreadableMessageError } from "../errors.js";
import { SerializationError, type Serializer } from "../serializers/serializer.js";
import { type ReliableKeys } from "./keys.js";
import { retryDead } from "./scripts/dead.js";

/** The most dead letters that one call reads or moves. */
const PAGE = 500;

/** A message that has failed for good. */
export class DeadLetter<T = unknown> {
  readonly id: string;
  /** When it failed for the last time, by Redis' clock. */
  readonly time: Date;
  readonly bytes: Buffer;
  readonly reason: string;
  readonly attempts: number;
  /** The consumer that had it last. */
  readonly consumer: string;

  constructor(
    [id, fields]: Entry,
    private readonly key: string,
    private readonly serializer: Serializer,
  ) {
    const field = (name: string) => {
      const at = fields.findIndex((word, index) => index % 2 === 0 && String(word) === name);
      return (at < 0 ? undefined : fields[at + 1]) ?? Buffer.alloc(0);
    };
    this.id = String(id);
    this.time = new Date(Number.parseInt(this.id, 10));
    this.bytes = field("message");
    this.reason = String(field("reason"));
    this.attempts = Number(String(field("attempts")));
    this.consumer = String(field("consumer"));
  }

  /** Throws `UnreadableMessageError`. */
  get value(): T {
    try {
      return this.serializer.decode(this.bytes) as T;
    } catch (error) {
      if (!(error instanceof SerializationError)) throw error;
      throw new UnreadableMessageError(this.key, this.serializer.name, this.bytes, error);
    }
  }
}

type Entry = [id: Buffer, fields: Buffer[]];

/** The messages of a queue that have failed for good; they stay until somebody retries or drops them. */
export class DeadLetters<T = unknown> {
  constructor(
    private readonly keys: ReliableKeys,
    private readonly serializer: Serializer,
    private readonly commands: Connect,
  ) {}

  async count(): Promise<number> {
    return Number(await this.#call("XLEN", this.keys.dead));
  }

  /** The oldest first. */
  async *list(): AsyncGenerator<DeadLetter<T>, void, undefined> {
    for (let from = "-"; ;) {
      const page = await this.#range(from, "+", PAGE);
      yield* page;
      const last = page.at(-1);
      if (!last || page.length < PAGE) return;
      from = `(${last.id}`;
    }
  }

  /** Null where there is none of this id. */
  async get(id: string): Promise<DeadLetter<T> | null> {
    return (await this.#range(id, id, 1))[0] ?? null;
  }

  /** Puts them on the queue again, behind what waits, as if they had never failed. Returns how many there were. */
  async retry(...ids: string[]): Promise<number> {
    let count = 0;
    for (let from = 0; from < ids.length; from += PAGE) {
      const some = ids.slice(from, from + PAGE);
      count += Number(await retryDead.run(await this.commands(), [this.keys.dead, this.keys.queue], some));
    }
    return count;
  }

  /** All that are dead now, the oldest first. */
  async retryAll(): Promise<number> {
    return this.retry(...(await this.#ids()));
  }

  /** Removes them for good. Returns how many there were. */
  async drop(...ids: string[]): Promise<number> {
    let count = 0;
    for (let from = 0; from < ids.length; from += PAGE) {
      count += Number(await this.#call("XDEL", this.keys.dead, ...ids.slice(from, from + PAGE)));
    }
    return count;
  }

  async dropAll(): Promise<number> {
    return this.drop(...(await this.#ids()));
  }

  async #ids(): Promise<string[]> {
    const ids: string[] = [];
    for await (const { id } of this.list()) ids.push(id);
    return ids;
  }

  async #range(from: string, to: string, count: number): Promise<DeadLetter<T>[]> {
    const found = (await this.#call("XRANGE", this.keys.dead, from, to, "COUNT", count)) as Entry[];
    return found.map((entry) => new DeadLetter<T>(entry, this.keys.queue, this.serializer));
  }

  async #call(command: string, ...args: (string | number)[]): Promise<unknown> {
    return (await this.commands()).callBuffer(command, ...args);
  }
}
