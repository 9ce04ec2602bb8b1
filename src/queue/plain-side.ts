import { disconnect, type RedisClient } from "./client.js";
import { type Connections } from "./connections.js";
import { NotPutBackError } from "./errors.js";
import { Message } from "./message.js";
import { checkTimeout } from "./options.js";
import { type Serializer } from "./serializers/serializer.js";
import { SteadyPop } from "./steady-pop.js";

/** BLPOP's reply: the key, and the message. */
type Popped = [Buffer, Buffer];

/** Sends one command on the connection for commands. */
export type Call = (command: string, ...args: Parameters<RedisClient["callBuffer"]>[1][]) => Promise<unknown>;

/** What the consumers of a queue need of it. */
interface Surroundings extends Connections {
  key: string;
  serializer: Serializer;
  call: Call;
  /** What Redis' answer means where it is an error. */
  explain: (error: unknown) => Promise<unknown>;
}

/** The consumers of one queue object in default mode: what is taken has left Redis, as with HotQueue. */
export class PlainSide<T> {
  readonly #idle: SteadyPop<Popped>[] = [];
  readonly #waiting = new Set<Promise<unknown>>();
  #closed = false;

  constructor(private readonly around: Surroundings) {}

  /**
   * Messages as they come. `as`: what the loop is given of a message, without a second generator around this one,
   * which takes its time.
   */
  async *takeEach<R>(
    timeout: number,
    stop: AbortSignal,
    as: (message: Message<T>) => R | Promise<R>,
  ): AsyncGenerator<R, void, undefined> {
    checkTimeout(timeout);
    const pop = this.#idle.pop() ?? (await this.#openPop());
    try {
      for (;;) {
        const message = await this.track(this.#take(pop, timeout, stop));
        if (!message) return;
        yield as(message);
      }
    } finally {
      if (this.#closed) pop.close();
      else this.#idle.push(pop);
    }
  }

  /** The message that these bytes are, and that goes back to the head of the queue. */
  message(bytes: Buffer, waited: number): Message<T> {
    const { key, serializer, call } = this.around;
    const putBack = async () => {
      try {
        await call("LPUSH", key, bytes);
      } catch (error) {
        throw new NotPutBackError(key, bytes, error);
      }
    };
    return new Message<T>({ key, bytes, serializer, waited, putBack });
  }

  /** Lets `close` wait for what is on its way. */
  async track<R>(taking: Promise<R>): Promise<R> {
    this.#waiting.add(taking);
    try {
      return await taking;
    } finally {
      this.#waiting.delete(taking);
    }
  }

  /** After the signal of all that waits. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#waiting);
    for (const pop of this.#idle.splice(0)) pop.close();
  }

  async #take(pop: SteadyPop<Popped>, timeout: number, stop: AbortSignal): Promise<Message<T> | null> {
    const since = performance.now();
    try {
      const popped = await pop.next(timeout, stop);
      if (!popped) return null;
      const message = this.message(popped[1], (performance.now() - since) / 1000);
      if (!stop.aborted) return message;
      await message.putBack();
      return null;
    } catch (error) {
      throw await this.around.explain(error);
    }
  }

  #openPop(): Promise<SteadyPop<Popped>> {
    const { key, connect, commands, onConnection } = this.around;
    const ask = (client: RedisClient, seconds: number) =>
      client.callBuffer("BLPOP", key, seconds) as Promise<Popped | null>;
    return SteadyPop.open(
      { ask, late: ([, bytes]) => this.#putLate(bytes) },
      connect,
      commands,
      onConnection,
    );
  }

  /** Back to the head, also when this queue is closed by then. */
  async #putLate(bytes: Buffer): Promise<void> {
    const client = await this.around.connect();
    try {
      await client.callBuffer("LPUSH", this.around.key, bytes);
    } finally {
      disconnect(client);
    }
  }
}
