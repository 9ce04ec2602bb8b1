import { type Connect, isErrorReply, isPassing, replyCode } from "./client.js";
import { CommandConnection } from "./command-connection.js";
import { connectTo } from "./connect.js";
import { type Connections } from "./connections.js";
import { UnconfirmedPutError, WrongTypeError } from "./errors.js";
import { type Message } from "./message.js";
import {
  checkConcurrency,
  checkTimeout,
  type ConsumeOptions,
  type GetOptions,
  type HandlerContext,
  type HotQueueOptions,
  type WorkerOptions,
} from "./options.js";
import { type Call, PlainSide } from "./plain-side.js";
import { DeadLetters } from "./reliable/dead-letters.js";
import { NotReliableError } from "./reliable/errors.js";
import { reliableKeys } from "./reliable/keys.js";
import { recoverAll, type Recovered } from "./reliable/recover.js";
import { ReliableSide } from "./reliable/reliable-side.js";
import { readSettings, type ReliableSettings } from "./reliable/settings.js";
import { serializers } from "./serializers/index.js";
import { type Serializer } from "./serializers/serializer.js";
import { SilentError } from "./silence.js";
import { type OnConnection } from "./steady-pop.js";

/** The most arguments that Redis takes in one command (1024 × 1024), less the command and the key. */
const MOST_AT_ONCE = 1024 * 1024 - 2;

/** The key under which HotQueue keeps the queue of this name. */
export function keyForName(name: string): string {
  return `hotqueue:${name}`;
}

/**
 * A first-in first-out queue in a Redis list, byte for byte the one of Python's HotQueue 0.2.8. Connections are
 * opened when first needed: one for commands, and one for each consumer that waits at the same time.
 */
export class HotQueue<T = unknown> {
  readonly name: string;
  readonly key: string;
  readonly serializer: Serializer;
  readonly #connect: Connect;
  readonly #onConnection: OnConnection;
  readonly #commands: CommandConnection;
  readonly #closing = new AbortController();
  readonly #settings: ReliableSettings;
  readonly #plain: PlainSide<T>;
  readonly #reliable: ReliableSide<T> | undefined;

  constructor(name: string, options: HotQueueOptions = {}) {
    const { serializer: chosen = "pickle" } = options;
    this.name = name;
    this.key = keyForName(name);
    this.serializer = typeof chosen === "string" ? serializers[chosen] : chosen;
    this.#connect = options.connect ?? connectTo(options);
    this.#commands = new CommandConnection(this.#connect);
    const { onConnection = () => undefined } = options;
    this.#onConnection = (state, reason) => {
      if (reason instanceof SilentError) void this.#commands.leaveIdle();
      onConnection(state, reason);
    };
    this.#settings = readSettings(options);
    const connections: Connections = {
      connect: this.#connect,
      commands: () => this.#commands.open(),
      onConnection: this.#onConnection,
    };
    const { key, serializer } = this;
    const explain = (error: unknown) => this.#explain(error);
    const call: Call = (command, ...args) => this.#call(command, ...args);
    this.#plain = new PlainSide<T>({ ...connections, key, serializer, call, explain });
    if (!options.reliable) return;
    const around = { ...connections, keys: reliableKeys(name), settings: this.#settings };
    this.#reliable = new ReliableSide<T>(around, serializer, explain);
  }

  /**
   * Appends the messages with one RPUSH and returns the queue's new length. Throws `SerializationError` before
   * anything is sent, and `UnconfirmedPutError` when the connection was lost before the answer came.
   */
  async put(...messages: T[]): Promise<number> {
    return this.putEncoded(messages.map((message) => this.serializer.encode(message)));
  }

  /** As `put`, for messages that are bytes already, such as those of another queue. */
  async putEncoded(messages: readonly Uint8Array[]): Promise<number> {
    if (messages.length > MOST_AT_ONCE) throw new RangeError(`put takes at most ${MOST_AT_ONCE} messages`);
    if (messages.length === 0) return this.length();
    const client = await this.#commands.open();
    try {
      const pushed = client.pushMany?.(this.key, messages);
      return Number(await (pushed ?? client.callBuffer("RPUSH", this.key, messages.map(toBuffer))));
    } catch (error) {
      if (!isErrorReply(error)) throw new UnconfirmedPutError(this.key, messages.length, error);
      throw await this.#explain(error);
    }
  }

  /**
   * The oldest message, or null where none is (or comes, with `block`, within the timeout). In reliable mode too
   * it is taken for good: there is nothing that could acknowledge it later.
   */
  async get(options: GetOptions = {}): Promise<T | null> {
    const message = await this.getMessage(options);
    return message && this.#read(message);
  }

  /** As `get`, with the message's bytes. */
  async getMessage({ block = false, timeout, signal }: GetOptions = {}): Promise<Message<T> | null> {
    if (block) {
      for await (const message of this.#takeEach({ timeout, signal }, (taken) => taken)) return message;
      return null;
    }
    const bytes = (await this.#call("LPOP", this.key)) as Buffer | null;
    return bytes && this.#plain.message(bytes, 0);
  }

  /**
   * Up to `size` messages at once, as far as they wait already (LPOP with a count, Redis 6.2); where none waits and
   * with `block`, the next one. Empty where nothing came. The caller holds them all: what it does not work on it must
   * put back, the last first, and when it is killed the whole batch is lost, in reliable mode too.
   */
  async getBatch(size: number, options: GetOptions = {}): Promise<Message<T>[]> {
    if (!(Number.isSafeInteger(size) && size >= 1))
      throw new RangeError(`a batch of ${size} cannot be taken`);
    if (options.signal?.aborted) return [];
    const found = await this.#plain.track(this.#call("LPOP", this.key, size)).catch((error: unknown) => {
      // The wait below says that the connection is lost, and reconnects.
      if (!options.block || (isErrorReply(error) && !isPassing(error)) || error instanceof WrongTypeError)
        throw error;
      return null;
    });
    if (found) return (found as Buffer[]).map((bytes) => this.#plain.message(bytes, 0));
    const next = options.block ? await this.getMessage(options) : null;
    return next ? [next] : [];
  }

  /**
   * Messages as they come, one at a time: the next is taken when the body of the loop is done with the last.
   * Ends at its timeout, at the signal, or at close; a null that somebody put does not end it (HotQueue's would).
   *
   * In reliable mode a message is acknowledged when the loop comes back for the next. A loop that is left by
   * break or an error gives its message back to the head of the queue. What cannot be read becomes a dead letter.
   */
  consume(options: ConsumeOptions = {}): AsyncGenerator<T, void, undefined> {
    return this.#reliable ? this.#values(options) : this.#takeEach(options, (message) => this.#read(message));
  }

  async *#values(options: ConsumeOptions): AsyncGenerator<T, void, undefined> {
    for await (const message of this.messages(options)) yield await this.#read(message);
  }

  /** As `consume`, with each message's bytes and the means to put it back, or to settle it by hand. */
  messages(options: ConsumeOptions = {}): AsyncGenerator<Message<T>, void, undefined> {
    const { timeout = 0, signal } = options;
    if (!this.#reliable) return this.#takeEach(options, (message) => message);
    checkTimeout(timeout);
    return this.#reliable.messages({ timeout, signal: this.#stopFor(signal) });
  }

  /**
   * Makes a handler a consumer: the function returned calls it with each message, one at a time, until the
   * timeout, the signal or close. A handler that throws ends it, as in HotQueue; its message is lost.
   *
   * In reliable mode a handler that throws fails its message, which comes again later, and the worker goes on;
   * several messages can be in work at once; and a stop lets handlers finish within the grace time.
   */
  worker(
    handler: (item: T, context: HandlerContext<T>) => unknown,
    options: WorkerOptions = {},
  ): (overrides?: WorkerOptions) => Promise<void> {
    return async (overrides = {}) => {
      const { timeout = 0, signal, concurrency = 1, grace = 10 } = { ...options, ...overrides };
      checkTimeout(timeout);
      checkConcurrency(concurrency);
      const stop = this.#stopFor(signal);
      if (this.#reliable) {
        await this.#reliable.work({
          timeout,
          signal: stop,
          concurrency,
          grace,
          handler: (message, late) => handler(message.value, { message, signal: late }),
        });
        return;
      }
      if (concurrency > 1) throw new NotReliableError("concurrency");
      for await (const message of this.#takeEach({ timeout, signal }, (taken) => taken)) {
        await handler(await this.#read(message), { message, signal: stop });
      }
    };
  }

  /**
   * Returns to the queue what consumers hold whose lease has run out, and what is due again; consumers in
   * reliable mode do it by themselves. Safe at any time, and by several at once. Throws `QueueNameError`.
   */
  async recover(): Promise<Recovered> {
    return recoverAll(await this.#commands.open(), reliableKeys(this.name), this.#settings);
  }

  /** The messages that have failed for good in reliable mode. Throws `QueueNameError`. */
  deadLetters(): DeadLetters<T> {
    return new DeadLetters<T>(reliableKeys(this.name), this.serializer, () => this.#commands.open());
  }

  /** How many messages wait. */
  async length(): Promise<number> {
    return Number(await this.#call("LLEN", this.key));
  }

  /** `count` messages, the oldest first, from position `from` on (0: the head); all stay in the queue. */
  async peek(count = 1, from = 0): Promise<Message<T>[]> {
    if (count < 1) return [];
    const found = (await this.#call("LRANGE", this.key, from, from + count - 1)) as Buffer[];
    return found.map((bytes) => this.#plain.message(bytes, 0));
  }

  /** Removes all messages; however many they are, Redis is not kept busy by it, unless only DEL is allowed to us. */
  async clear(): Promise<void> {
    try {
      await this.#call("UNLINK", this.key);
    } catch (error) {
      if (replyCode(error) !== "NOPERM") throw error;
      await this.#call("DEL", this.key);
    }
  }

  /**
   * Stops all that waits, without losing a message, and closes the connections. In reliable mode workers have
   * their grace time, and what a loop holds goes back at once.
   */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#plain.close();
    await this.#reliable?.close();
    await this.#commands.close();
  }

  /** As `close`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** The value; where it cannot be read, the message goes back before the error is thrown. */
  #read(message: Message<T>): T | Promise<T> {
    try {
      return message.value;
    } catch (error) {
      return message.putBack().then(() => {
        throw error;
      });
    }
  }

  #takeEach<R>(
    { timeout = 0, signal }: ConsumeOptions,
    as: (message: Message<T>) => R | Promise<R>,
  ): AsyncGenerator<R, void, undefined> {
    return this.#plain.takeEach(timeout, this.#stopFor(signal), as);
  }

  #stopFor(signal: AbortSignal | undefined): AbortSignal {
    return signal ? AbortSignal.any([signal, this.#closing.signal]) : this.#closing.signal;
  }

  async #call(...[command, ...args]: Parameters<Call>): Promise<unknown> {
    const client = await this.#commands.open();
    try {
      return await client.callBuffer(command, ...args);
    } catch (error) {
      throw await this.#explain(error);
    }
  }

  /** Says what the key holds where it is not a list. */
  async #explain(error: unknown): Promise<unknown> {
    if (replyCode(error) !== "WRONGTYPE") return error;
    const client = await this.#commands.open();
    return new WrongTypeError(this.key, String(await client.callBuffer("TYPE", this.key)));
  }
}

/** The same bytes as the client takes them: other Uint8Arrays it would write as their numbers. */
function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
