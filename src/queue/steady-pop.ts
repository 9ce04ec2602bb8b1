import { setTimeout as delay } from "node:timers/promises";
import { type Asking, BlockingPop } from "./blocking-pop.js";
import { type Connect, isErrorReply, replyCode } from "./client.js";

/** Told once when the connection is lost while waiting, with the reason, and once when it is back. */
export type OnConnection = (state: "lost" | "back", reason?: unknown) => void;

/** Milliseconds between attempts to reconnect: doubled each time, up to the second. */
const BACKOFF = { first: 50, most: 2000 };

/** Error replies that pass by themselves: a server that is starting, or a replica that becomes master. */
const PASSING = new Set(["LOADING", "MASTERDOWN"]);

/** A blocking pop that outlives its connection: it says so, reconnects until that succeeds, and waits on. */
export class SteadyPop<R> {
  private lost = false;

  private constructor(
    private pop: BlockingPop<R> | undefined,
    private readonly open: () => Promise<BlockingPop<R>>,
    private readonly onConnection: OnConnection,
  ) {}

  /** Rejects when the first connection fails: only one that was there can be lost. */
  static async open<R>(
    asking: Asking<R>,
    connect: Connect,
    control: Connect,
    onConnection: OnConnection,
  ): Promise<SteadyPop<R>> {
    const open = () => BlockingPop.open(asking, connect, control);
    return new SteadyPop(await open(), open, onConnection);
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
        return await pop.next(Number.isFinite(left) ? left : 0, signal);
      } catch (error) {
        if (isErrorReply(error) && !PASSING.has(replyCode(error))) throw error;
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

  private lose(reason: unknown): void {
    this.pop?.close();
    this.pop = undefined;
    if (!this.lost) this.onConnection("lost", reason);
    this.lost = true;
  }

  private async reopen(): Promise<BlockingPop<R>> {
    const pop = await this.open();
    this.lost = false;
    this.onConnection("back");
    return pop;
  }
}
