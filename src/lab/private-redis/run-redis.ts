import { randomBytes } from "node:crypto";
import { disconnect, type RedisClient } from "../../queue/client.js";
import { connectTo } from "../../queue/connect.js";
import { type Keep, openPrivateServer } from "./private-server.js";
import { type CommandEvent, OBSERVER_NAME } from "../../redis/observe/event.js";
import { Observer } from "../../redis/observe/observer.js";
import { type QueueTrace } from "../trace/queue-trace.js";
import { replay } from "../trace/replay.js";
import { readStore, type StoredKey } from "./store.js";
import { textOf } from "./message-text.js";

/** The private Redis of one run: what the student's programs see, and what is to be seen of them. */
export class RunRedis implements AsyncDisposable {
  private constructor(
    private readonly server: Awaited<ReturnType<typeof openPrivateServer>>,
    private readonly observer: Observer,
    private readonly client: RedisClient,
    /** Does what a student could have done, and is seen to do it. */
    private readonly producer: RedisClient,
  ) {}

  /** `what` is run against it. */
  static async open(
    what: string,
    { keep, told }: { keep: Keep; told?: (version: string) => void },
  ): Promise<RunRedis> {
    const server = await openPrivateServer(what, keep);
    const connection = { host: "127.0.0.1", port: server.port };
    const observer = await Observer.open(connection, { live: false });
    told?.(observer.version);
    const client = await connectTo({ ...connection, db: 0 })();
    // By this name it is known not to be the student's.
    await client.callBuffer("CLIENT", "SETNAME", `${OBSERVER_NAME}${randomBytes(4).toString("hex")}`);
    return new RunRedis(server, observer, client, await connectTo({ ...connection, db: 0 })());
  }

  get port(): number {
    return this.server.port;
  }

  /** What the student's programs have done so far, in order. */
  async events(): Promise<CommandEvent[]> {
    const { events } = await this.observer.look();
    return events.filter((event): event is CommandEvent => event.kind === "command");
  }

  /** What became of each queue. */
  async queues(): Promise<QueueTrace[]> {
    const seen = await this.observer.look();
    return replay(seen.events, seen);
  }

  /** What was put on queues, each message once, in order. */
  async messages(): Promise<string[]> {
    const puts = (await this.queues()).flatMap((queue) => queue.puts).sort((a, b) => a.order - b.order);
    return [...new Set(puts.flatMap(({ messages }) => messages.map(textOf)))];
  }

  store(): Promise<StoredKey[]> {
    return readStore(this.client);
  }

  /** What is put meanwhile stays on its list: who asks for it gets it after. Who waits already gets the first of it. */
  async whileNothingIsTaken<T>(put: () => Promise<T>): Promise<T> {
    this.server.takes.close();
    try {
      return await put();
    } finally {
      this.server.takes.open();
    }
  }

  /** Puts a message at an end of a list. */
  async put(at: { db: number; key: string }, message: Buffer, push: string): Promise<void> {
    await this.producer.callBuffer("SELECT", at.db);
    await this.producer.callBuffer(push, at.key, message);
  }

  async set(at: { db: number; key: string }, text: string): Promise<void> {
    await this.producer.callBuffer("SELECT", at.db);
    await this.producer.callBuffer("SET", at.key, text);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.observer[Symbol.dispose]();
    disconnect(this.client);
    disconnect(this.producer);
    await this.server[Symbol.asyncDispose]();
  }
}
