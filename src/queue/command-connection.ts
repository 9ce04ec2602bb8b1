import { type Connect, disconnect, type RedisClient } from "./client.js";
import { watchSilence } from "./silence.js";

/** The connection for commands; one that failed to open, or was lost, is opened anew by the next command. */
export class CommandConnection {
  #client: Promise<RedisClient> | undefined;

  constructor(private readonly connect: Connect) {}

  async open(): Promise<RedisClient> {
    const known = this.#client;
    const ended = (await known?.catch(() => undefined))?.status === "end";
    // Only the first of those who found it ended lets it go: the others take the one that it opens.
    if (ended && this.#client === known) this.#client = undefined;
    this.#client ??= this.#open().catch((error: unknown) => {
      this.#client = undefined;
      throw error;
    });
    return this.#client;
  }

  /** Closes it unless an answer is owed on it: a consumer hears nothing more, and here it would show only with the next command. */
  async leaveIdle(): Promise<void> {
    const client = await this.#client?.catch(() => undefined);
    if (client?.commandQueue?.length === 0) disconnect(client);
  }

  async close(): Promise<void> {
    const known = this.#client;
    this.#client = undefined;
    const client = await known?.catch(() => undefined);
    if (client) disconnect(client);
  }

  /** One that is found half open is closed: what is owed on it is then rejected, as when it is lost. */
  async #open(): Promise<RedisClient> {
    const client = await this.connect();
    const { commandQueue } = client;
    if (commandQueue) {
      watchSilence({
        client,
        connect: this.connect,
        isOwed: () => commandQueue.length > 0,
        onHalfOpen: () => {
          disconnect(client);
        },
      });
    }
    return client;
  }
}
