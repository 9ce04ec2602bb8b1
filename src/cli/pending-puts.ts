import { type HotQueue } from "../queue/hot-queue.js";

/**
 * Puts that are sent before the last one is answered, so that Redis works while the next lines are read: with two
 * on their way a million lines take 0.9 of the time. Their order stays that of the connection.
 */
const MOST_PENDING = 2;

export class PendingPuts {
  /** How many messages Redis has confirmed. */
  confirmed = 0;
  /** The queue's length after the last put that was answered. */
  length = 0;
  private readonly pending: Promise<void>[] = [];

  constructor(private readonly queue: HotQueue) {}

  /** Sends the messages, and waits only where too many puts are on their way. Rejects with an earlier failure. */
  async send(messages: readonly Uint8Array[]): Promise<void> {
    const put = this.put(messages);
    put.catch(() => undefined); // it is heard when its turn comes
    this.pending.push(put);
    if (this.pending.length >= MOST_PENDING) await this.pending.shift();
  }

  /** Waits for all answers; rejects with the first failure. */
  async finish(): Promise<void> {
    const all = await Promise.allSettled(this.pending.splice(0));
    const failed = all.find((put) => put.status === "rejected");
    if (failed) throw failed.reason;
  }

  private async put(messages: readonly Uint8Array[]): Promise<void> {
    this.length = await this.queue.putEncoded(messages);
    this.confirmed += messages.length;
  }
}
