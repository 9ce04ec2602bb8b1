import { setTimeout as delay } from "node:timers/promises";
import { type Connect, disconnect, isErrorReply, type RedisClient } from "./client.js";

/** Seconds that a BLPOP lasts on a server that cannot end one early (no CLIENT UNBLOCK, or a cluster). */
const SLICE = 0.25;

/** Milliseconds after which a server that does not answer a stop is left. */
const PATIENCE = 2000;

/**
 * BLPOP on a connection of its own, which can be stopped without losing a message that arrives in that moment:
 * the wait is ended by CLIENT UNBLOCK from another connection, and its reply is read in any case. Closing the
 * connection instead could lose a message that is already on its way.
 */
export class BlockingPop {
  private constructor(
    private readonly client: RedisClient,
    private readonly clientId: number | null,
    private readonly key: string,
    private readonly control: Connect,
  ) {}

  /** `control` gives the connection that CLIENT UNBLOCK is sent on. */
  static async open(key: string, connect: Connect, control: Connect): Promise<BlockingPop> {
    const client = await connect();
    return new BlockingPop(client, await findClientId(client), key, control);
  }

  /**
   * The next message, or null when `seconds` have passed (0: never) or the signal stopped it. After a stop a
   * message can still come: it was on its way. Rejects when the connection is lost.
   */
  async next(seconds: number, signal: AbortSignal): Promise<Buffer | null> {
    const deadline = seconds > 0 ? performance.now() + seconds * 1000 : Infinity;
    while (!signal.aborted) {
      const left = Math.max((deadline - performance.now()) / 1000, 0.001);
      const wait = this.clientId === null ? Math.min(left, SLICE) : left;
      const message = await this.block(Number.isFinite(wait) ? wait : 0, signal);
      if (message) return message;
      if (performance.now() >= deadline) return null;
    }
    return null;
  }

  close(): void {
    disconnect(this.client);
  }

  private async block(seconds: number, signal: AbortSignal): Promise<Buffer | null> {
    const reply = this.client.callBuffer("BLPOP", this.key, seconds);
    const stop = () => void this.unblock(reply);
    signal.addEventListener("abort", stop, { once: true });
    try {
      const pair = (await reply) as [Buffer, Buffer] | null;
      return pair ? pair[1] : null;
    } catch (error) {
      if (signal.aborted && !isErrorReply(error)) return null;
      throw error;
    } finally {
      signal.removeEventListener("abort", stop);
    }
  }

  /** Repeated until the reply is there: the first try may overtake the BLPOP that it is to end. */
  private async unblock(reply: Promise<unknown>): Promise<void> {
    let answered = false;
    const answer = reply.then(
      () => (answered = true),
      () => (answered = true),
    );
    const abandon = setTimeout(() => {
      disconnect(this.client);
    }, PATIENCE);
    try {
      if (this.clientId !== null) {
        const control = await this.control();
        while (!answered) {
          await control.callBuffer("CLIENT", "UNBLOCK", this.clientId);
          await Promise.race([answer, delay(5)]);
        }
      }
      await answer;
    } catch {
      // Without control the wait ends when the connection is abandoned.
      await answer;
    } finally {
      clearTimeout(abandon);
    }
  }
}

/** This connection's id, or null where a blocked client cannot be unblocked by it. */
async function findClientId(client: RedisClient): Promise<number | null> {
  if (client.isCluster) return null;
  const [id, unblock] = await Promise.allSettled([
    client.callBuffer("CLIENT", "ID"),
    client.callBuffer("CLIENT", "UNBLOCK", 0),
  ]);
  for (const step of [id, unblock]) {
    if (step.status === "rejected" && !isErrorReply(step.reason)) throw step.reason;
  }
  return id.status === "fulfilled" && unblock.status === "fulfilled" ? Number(id.value) : null;
}
