import { setTimeout as delay } from "node:timers/promises";
import { type Asking, BlockingPop } from "./blocking-pop.js";
import { type Connect, isErrorReply, isPassing, replyCode } from "./client.js";
import { SilentError } from "./silence.js";

/**
 * Told once when the connection is lost while waiting, or the server refuses for a while, with the reason; and once
 * when it is back.
 */
export type OnConnection = (state: "lost" | "back", reason?: unknown) => void;

/** Milliseconds between attempts to reconnect: doubled each time, up to the second. */
const BACKOFF = { first: 50, most: 2000 };

/** Seconds of the first wait after a refusal: when they are over, the server is known to take commands again. */
const TRIAL = 1;

/** Refusals of a server that has never answered otherwise are no passing state but a mistake of whoever asks it. */
const MISTAKES = new Set(["CLUSTERDOWN", "MISCONF", "NOREPLICAS", "READONLY"]);

/** A blocking pop that outlives its connection: it says so, reconnects until that succeeds, and waits on. */
export class SteadyPop<R> {
  private pop: BlockingPop<R> | undefined;
  private lost = false;
  /** It can be reached and still refuse, or in a cluster lack the node of this queue: only an answer tells. */
  private onTrial = false;
  private answered: boolean;

  private constructor(
    private readonly asking: Asking<R>,
    private readonly connect: Connect,
    private readonly control: Connect,
    private readonly onConnection: OnConnection,
  ) {
    this.answered = asking.hasWritten ?? false;
  }

  /** Rejects when the first connection fails: only one that was there can be lost. */
  static async open<R>(
    asking: Asking<R>,
    connect: Connect,
    control: Connect,
    onConnection: OnConnection,
  ): Promise<SteadyPop<R>> {
    const steady = new SteadyPop(asking, connect, control, onConnection);
    steady.pop = await steady.open();
    return steady;
  }

  /** As `BlockingPop.next`, but rejects only with error replies that a new connection would not mend. */
  async next(seconds: number, signal: AbortSignal): Promise<R | null> {
    const deadline = seconds > 0 ? performance.now() + seconds * 1000 : Infinity;
    let pause = BACKOFF.first;
    while (!signal.aborted) {
      const left = (deadline - performance.now()) / 1000;
      if (left <= 0) return null;
      try {
        const pop = (this.pop ??= await this.reopen());
        const wait = this.onTrial ? Math.min(left, TRIAL) : left;
        const found = await pop.next(Number.isFinite(wait) ? wait : 0, signal);
        this.answered = true;
        if (this.onTrial) this.tellBack();
        if (found || wait === left) return found;
        continue;
      } catch (error) {
        if (isErrorReply(error) && !this.passes(error)) throw error;
        // Of a cluster only an answer shows that the node of this queue was there, and can be lost.
        if (!this.answered && this.pop?.answersSoon) throw error;
        this.onTrial = isErrorReply(error) || (this.pop?.answersSoon ?? this.onTrial);
        this.lose(error);
      }
      await delay(Math.min(pause, Math.max(deadline - performance.now(), 0)), undefined, { signal }).catch(
        () => undefined,
      );
      pause = Math.min(pause * 2, BACKOFF.most);
    }
    return null;
  }

  close(): void {
    this.pop?.close();
  }

  private passes(error: unknown): boolean {
    const code = replyCode(error);
    if (code === "UNBLOCKED") this.answered = true; // it was a master while we waited
    return isPassing(error) && (this.answered || !MISTAKES.has(code));
  }

  private lose(reason: unknown): void {
    this.pop?.close();
    this.pop = undefined;
    this.tellLost(reason);
  }

  private async reopen(): Promise<BlockingPop<R>> {
    const pop = await this.open();
    if (!this.onTrial) this.tellBack();
    return pop;
  }

  private open(): Promise<BlockingPop<R>> {
    const { connect, control } = this;
    const onSilence = (isSilent: boolean): void => {
      if (isSilent) this.tellLost(new SilentError());
      else if (!this.onTrial) this.tellBack();
    };
    return BlockingPop.open(this.asking, { connect, control, onSilence });
  }

  private tellLost(reason: unknown): void {
    if (!this.lost) this.onConnection("lost", reason);
    this.lost = true;
  }

  private tellBack(): void {
    this.onTrial = false;
    this.lost = false;
    this.onConnection("back");
  }
}
