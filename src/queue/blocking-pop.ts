import { setTimeout as delay } from "node:timers/promises";
import { type Connect, disconnect, isErrorReply, type RedisClient } from "./client.js";

/** Seconds that a command lasts on a server that cannot end one early (no CLIENT UNBLOCK, or a cluster). */
const SLICE = 0.25;

/** Milliseconds after which a server that does not answer a stop is left. */
const PATIENCE = 2000;

/**
 * Milliseconds after which a node of a cluster is left that owes an answer: longer than a cluster needs to put
 * another in its place (cluster-node-timeout is 15 s). One that comes back earlier must find us there: it would give a
 * message to a connection that is closed.
 */
const SILENCE = 30_000;

/** Sends one blocking command, with the seconds that it may last; resolves with what came, or null. */
type Ask<R> = (client: RedisClient, seconds: number) => Promise<R | null>;

/** How a pop asks Redis. */
export interface Asking<R> {
  ask: Ask<R>;
  /** The most seconds that one command may last; default: as long as the wait. */
  slice?: number;
  /** The server has taken writes before the first wait: where it refuses them, that passes. */
  hasWritten?: boolean;
}

/**
 * A blocking command, such as BLPOP, on a connection of its own, which can be stopped without losing a message
 * that arrives in that moment: the wait is ended by CLIENT UNBLOCK from another connection, and its reply is read
 * in any case. Closing the connection instead could lose a message that is already on its way.
 */
export class BlockingPop<R> {
  /** What is waited for now. */
  private reply: Promise<R | null> | undefined;
  /** The signal that is listened to: one listener for all waits of a loop is less than one for each. */
  private signal: AbortSignal | undefined;

  private constructor(
    private readonly client: RedisClient,
    private readonly clientId: number | null,
    private readonly asking: Asking<R>,
    private readonly control: Connect,
  ) {}

  /** `control` gives the connection that CLIENT UNBLOCK is sent on. */
  static async open<R>(asking: Asking<R>, connect: Connect, control: Connect): Promise<BlockingPop<R>> {
    const client = await connect();
    return new BlockingPop(client, await findClientId(client), asking, control);
  }

  /**
   * The next message, or null when `seconds` have passed (0: never) or the signal stopped it. After a stop a
   * message can still come: it was on its way. Rejects when the connection is lost.
   */
  next(seconds: number, signal: AbortSignal): Promise<R | null> {
    const slice = Math.min(this.asking.slice ?? Infinity, this.answersSoon ? SLICE : Infinity);
    if (signal.aborted) return Promise.resolve(null);
    return Number.isFinite(slice) ? this.nextInSlices(seconds, slice, signal) : this.block(seconds, signal);
  }

  /** Each command lasts a moment only, so that Redis' answers show that it is there. */
  get answersSoon(): boolean {
    return this.clientId === null;
  }

  close(): void {
    this.signal?.removeEventListener("abort", this.stop);
    disconnect(this.client);
  }

  private async nextInSlices(seconds: number, slice: number, signal: AbortSignal): Promise<R | null> {
    const deadline = seconds > 0 ? performance.now() + seconds * 1000 : Infinity;
    while (!signal.aborted) {
      const wait = Math.min(Math.max((deadline - performance.now()) / 1000, 0.001), slice);
      const silent = setTimeout(
        () => {
          this.close();
        },
        wait * 1000 + SILENCE,
      );
      const message = await this.block(wait, signal).finally(() => {
        clearTimeout(silent);
      });
      if (message) return message;
      if (performance.now() >= deadline) return null;
    }
    return null;
  }

  private async block(seconds: number, signal: AbortSignal): Promise<R | null> {
    if (this.signal !== signal) {
      this.signal?.removeEventListener("abort", this.stop);
      signal.addEventListener("abort", this.stop, { once: true });
      this.signal = signal;
    }
    this.reply = this.asking.ask(this.client, seconds);
    try {
      return await this.reply;
    } catch (error) {
      if (signal.aborted && !isErrorReply(error)) return null;
      throw error;
    } finally {
      this.reply = undefined;
    }
  }

  private readonly stop = (): void => {
    if (this.reply) void this.unblock(this.reply);
  };

  /** Repeated until the reply is there: the first try may overtake the command that it is to end. */
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
