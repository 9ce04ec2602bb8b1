import { setTimeout as delay } from "node:timers/promises";
import { type Connect, disconnect, isErrorReply, type RedisClient } from "./client.js";
import { answerInTime, SilentError, watchSilence } from "./silence.js";

/**
 * Seconds that one command lasts. For as long, Redis may give a message to a connection that is half open, where it is
 * lost; and each new command goes to the end of those who wait.
 */
const SLICE = 5;

/** The same on a server that cannot end one early (no CLIENT UNBLOCK, or a cluster). */
const SHORT_SLICE = 0.25;

/** Milliseconds after which a server that does not answer a stop is left. */
const PATIENCE = 2000;

/** Milliseconds for which TCP goes on trying to bring what is in a half-open connection. */
const LINGER = 900_000;

/** Sends one blocking command, with the seconds that it may last; resolves with what came, or null. */
type Ask<R> = (client: RedisClient, seconds: number) => Promise<R | null>;

/** How a pop asks Redis. */
export interface Asking<R> {
  ask: Ask<R>;
  /** The most seconds that one command may last. */
  slice?: number;
  /**
   * Where to put what comes late, on a connection that was given up as half open. Without it that is closed, and
   * the server keeps what it has given.
   */
  late?: (found: R) => Promise<unknown>;
  /** The server has taken writes before the first wait: where it refuses them, that passes. */
  hasWritten?: boolean;
}

/** What stands around a pop. */
export interface Around {
  connect: Connect;
  /** Gives the connection that CLIENT UNBLOCK is sent on. */
  control: Connect;
  /** Told when no word comes, and when one has come after all. */
  onSilence: (isSilent: boolean) => void;
}

/**
 * A blocking command, such as BLPOP, on a connection of its own, which can be stopped without losing a message
 * that arrives in that moment: the wait is ended by CLIENT UNBLOCK from another connection, and its reply is read
 * in any case. Closing the connection instead could lose a message that is already on its way.
 */
export class BlockingPop<R> {
  /** What is waited for now. */
  private reply: Promise<R | null> | undefined;
  /** Ends the wait for it. */
  private giveUp: (reason: Error) => void = () => undefined;
  private answers = 0;
  private lingers = false;
  private readonly endWatch: () => void;
  private readonly control: Connect;
  /** The signal that is listened to: one listener for all waits of a loop is less than one for each. */
  private signal: AbortSignal | undefined;

  private constructor(
    private readonly client: RedisClient,
    private readonly clientId: number | null,
    private readonly asking: Asking<R>,
    { connect, control, onSilence }: Around,
  ) {
    this.control = control;
    this.endWatch = watchSilence({
      ...{ client, connect, onSilence },
      isOwed: () => this.reply !== undefined,
      answers: () => this.answers,
      onHalfOpen: () => {
        this.leave();
      },
    });
  }

  static async open<R>(asking: Asking<R>, around: Around): Promise<BlockingPop<R>> {
    const client = await around.connect();
    return new BlockingPop(client, await answerInTime(client, findClientId(client)), asking, around);
  }

  /**
   * The next message, or null when `seconds` have passed (0: never) or the signal stopped it. After a stop a
   * message can still come: it was on its way. Rejects when the connection is lost.
   */
  next(seconds: number, signal: AbortSignal): Promise<R | null> {
    if (signal.aborted) return Promise.resolve(null);
    this.listenTo(signal);
    const most = this.answersSoon ? SHORT_SLICE : SLICE;
    return this.wait(seconds, Math.min(this.asking.slice ?? most, most), signal);
  }

  /** Each command lasts a moment only, so that Redis' answers show that it is there. */
  get answersSoon(): boolean {
    return this.clientId === null;
  }

  close(): void {
    this.signal?.removeEventListener("abort", this.stop);
    this.endWatch();
    if (!this.lingers) disconnect(this.client);
  }

  /** Half open: a message may be in it, and comes if it is ever whole again. */
  private leave(): void {
    const { client, reply, asking } = this;
    const { late } = asking;
    if (!late || !reply) {
      disconnect(client);
      return;
    }
    this.lingers = true;
    client.stream?.unref?.();
    const over = setTimeout(() => {
      disconnect(client);
    }, LINGER).unref();
    void reply
      .then((found) => found && late(found))
      .catch(() => undefined)
      .finally(() => {
        clearTimeout(over);
        disconnect(client);
      });
    this.giveUp(new SilentError());
  }

  private listenTo(signal: AbortSignal): void {
    if (this.signal === signal) return;
    this.signal?.removeEventListener("abort", this.stop);
    signal.addEventListener("abort", this.stop, { once: true });
    this.signal = signal;
  }

  /** One function for all of it: a busy loop would feel a second one around each command. */
  private async wait(seconds: number, slice: number, signal: AbortSignal): Promise<R | null> {
    const deadline = seconds > 0 ? performance.now() + seconds * 1000 : Infinity;
    let left = seconds > 0 ? seconds : Infinity;
    const isStopped = () => signal.aborted;
    while (!isStopped()) {
      const reply = this.asking.ask(this.client, Math.min(left, slice));
      this.reply = reply;
      try {
        const found = await new Promise<R | null>((resolve, reject) => {
          this.giveUp = reject;
          reply.then(resolve, reject);
        });
        if (found) return found;
      } catch (error) {
        if (isStopped() && !isErrorReply(error)) return null;
        throw error;
      } finally {
        this.answers += 1;
        this.reply = undefined;
      }
      if (seconds === 0) continue;
      left = (deadline - performance.now()) / 1000;
      if (left <= 0) return null;
      left = Math.max(left, 0.001);
    }
    return null;
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
