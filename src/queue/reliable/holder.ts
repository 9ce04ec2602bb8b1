import { hostname } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { isErrorReply, isPassing, type RedisClient, replyCode } from "../client.js";
import { SteadyPop } from "../steady-pop.js";
import { Heartbeat } from "./heartbeat.js";
import { type Held, Ledger } from "./ledger.js";
import { leave } from "./scripts/beat.js";
import { countFailures, forgetFailures } from "./scripts/attempts.js";
import { exchange } from "./scripts/exchange.js";
import { fail } from "./scripts/fail.js";
import { release, settle } from "./scripts/settle.js";
import { type Surroundings } from "./surroundings.js";

/**
 * Longer waits than these milliseconds are followed by a look whether the message has failed before; on the way
 * of a queue that is never empty that costs nothing.
 */
const WAITED = 2;

/** Milliseconds between two looks where a wait is refused. */
const POLL = 250;

/** One consumer as Redis sees it: its name, its lease, and the list of what it holds. */
export class Holder {
  readonly name: string;
  /** The key of the queue. */
  readonly queue: string;
  readonly #held: string;
  readonly #heartbeat: Heartbeat;
  readonly #ledger: Ledger;
  /** To be acknowledged in the same write as the next take. */
  #done: Held | undefined;
  #taking = false;
  #pop: SteadyPop<Held> | undefined;
  #current: Promise<unknown> | undefined;
  #left: Promise<void> | undefined;

  private constructor(private readonly around: Surroundings) {
    const { keys, settings, commands } = around;
    const own = `${hostname()}.${process.pid}.${Math.random().toString(36).slice(2, 10)}`;
    this.name = settings.consumerName ? `${settings.consumerName}.${own}` : own;
    this.queue = keys.queue;
    this.#held = keys.heldPrefix + this.name;
    this.#ledger = new Ledger(settings.lease / 2);
    this.#heartbeat = new Heartbeat(this.name, keys, settings, commands, () => this.#ledger.report());
  }

  /** Registers the consumer; rejects when Redis cannot be reached. */
  static async open(around: Surroundings): Promise<Holder> {
    const { settings, connect, commands, onConnection } = around;
    const holder = new Holder(around);
    const ask = (client: RedisClient, seconds: number) => holder.#ask(client, seconds);
    const asking = { ask, slice: settings.lease / 2000, hasWritten: true };
    const pop = await SteadyPop.open(asking, connect, commands, onConnection);
    holder.#pop = pop;
    try {
      await holder.#heartbeat.start();
    } catch (error) {
      pop.close();
      throw error;
    }
    return holder;
  }

  /**
   * Acknowledges `done`, and takes the next message: in one write. Null when `seconds` have passed (0: never) or
   * the signal stopped it; then nothing was taken.
   */
  next(seconds: number, signal: AbortSignal, done?: Held): Promise<Held | null> {
    const next = this.#next(seconds, signal, done);
    this.#current = next;
    return next;
  }

  async #next(seconds: number, signal: AbortSignal, done?: Held): Promise<Held | null> {
    this.#done = done;
    this.#taking = true;
    try {
      const held = (await this.#pop?.next(seconds, signal)) ?? null;
      if (!held || !signal.aborted) return held;
      await this.release(held);
      return null;
    } finally {
      this.#taking = false;
      if (this.#done) await this.exchange([this.#takeDone()], 0);
    }
  }

  /** Acknowledges messages and takes up to `count` that wait, in one round trip; never waits for one. */
  async exchange(done: readonly Held[], count: number): Promise<Held[]> {
    if (this.#left) return [];
    const bytes = done.map((held) => held.bytes);
    try {
      await this.#prepare();
      for (const held of done) this.#ledger.drop(held);
      const { taken, failures } = await this.#runExchange(bytes, count);
      this.#ledger.count(done.length);
      return taken.map((message, index) => this.#ledger.hold(message, failures[index] ?? 0));
    } catch (error) {
      if (isErrorReply(error) && !isPassing(error)) {
        for (const held of done) this.#ledger.keep(held);
        throw error;
      }
      for (const held of done) this.#ledger.drop(held);
      this.#ledger.count(done.length);
      this.#ledger.lose(bytes);
      return [];
    }
  }

  /** Runs the script, and tells which of those done were no longer this consumer's. */
  async #runExchange(
    done: readonly Buffer[],
    count: number,
  ): Promise<{ refused: number[]; taken: Buffer[]; failures: number[] }> {
    const { keys, commands, settings } = this.around;
    const reply = await exchange.run(
      await commands(),
      [keys.queue, this.#held, keys.attempts],
      [count, ...done],
    );
    const [refused, taken, failures] = reply as [number[], Buffer[], number[]];
    for (const position of refused) {
      settings.onEvent({ type: "refused", bytes: done[position - 1] ?? Buffer.alloc(0) });
    }
    return { refused, taken, failures };
  }

  /** Acknowledges one message now. False: it was no longer this consumer's. Rejects when that is not known. */
  async acknowledge(held: Held): Promise<boolean> {
    if (this.#left) return false;
    const { refused } = await this.#runExchange([held.bytes], 0);
    this.#ledger.finish(held);
    return refused.length === 0;
  }

  /**
   * The work on it failed: it comes again later, or is a dead letter; `forGood`: at once. False: it was no
   * longer this consumer's. Where the connection is lost meanwhile, it goes back to the queue.
   */
  async fail(held: Held, reason: string, forGood = false): Promise<boolean> {
    if (this.#left) return false;
    const { keys, commands, settings } = this.around;
    const { attempts, firstDelay, mostDelay, onEvent } = settings;
    const { bytes } = held;
    const reply = await this.#give(held, async () =>
      fail.run(
        await commands(),
        [keys.queue, this.#held, keys.attempts, keys.delayed, keys.seq, keys.dead],
        [bytes, reason, forGood ? 0 : attempts, firstDelay, mostDelay, this.name],
      ),
    );
    const [failures = 0, outcome] = reply as [] | [number, number | Buffer];
    if (outcome === undefined) onEvent({ type: "refused", bytes });
    else if (typeof outcome === "number") {
      this.#heartbeat.expect(outcome);
      onEvent({ type: "retried", bytes, reason, failures, delay: outcome / 1000 });
    } else onEvent({ type: "dead", id: String(outcome), bytes, reason, failures, consumer: this.name });
    return outcome !== undefined;
  }

  /** Gives a message back to the head of the queue, uncounted. */
  async release(held: Held): Promise<void> {
    if (this.#left) return;
    const { keys, commands } = this.around;
    await this.#give(held, async () => release.run(await commands(), [keys.queue, this.#held], [held.bytes]));
  }

  /**
   * Gives back all that is held, and is a consumer no more; a take under way must have been stopped. Where Redis
   * cannot be reached, or takes no writes for now, the end of the lease does the same.
   */
  leave(): Promise<void> {
    this.#left ??= this.#leave();
    return this.#left;
  }

  async #leave(): Promise<void> {
    await this.#current?.catch(() => undefined);
    this.#pop?.close();
    this.#ledger.clear();
    try {
      await this.#heartbeat.stop();
      await this.#settle();
      // A take of the lost connection may still arrive: only of a known consumer is it recovered.
      if (this.#ledger.mayArrive) return;
      const { commands, keys } = this.around;
      await leave.run(await commands(), [keys.consumers, keys.reports], [this.name]);
    } catch (error) {
      if (isErrorReply(error) && !isPassing(error)) throw error;
    }
  }

  /** One take, of at most so many seconds; the acknowledgement of the message before goes with it. */
  async #ask(client: RedisClient, seconds: number): Promise<Held | null> {
    await this.#prepare(true);
    const { keys } = this.around;
    const since = performance.now();
    // In one write: each command by itself would be a call to the system, at nearly 20 µs.
    client.stream?.cork?.();
    const done = this.#done && this.#takeDone();
    const removed = done && client.callBuffer("LREM", this.#held, 1, done.bytes);
    const counted = client.callBuffer("HLEN", keys.attempts);
    const moved = client.callBuffer("BLMOVE", keys.queue, this.#held, "LEFT", "RIGHT", seconds);
    client.stream?.uncork?.();
    const acknowledged = done && removed ? this.#acknowledged(done, removed, counted) : null;
    try {
      const [message, some] = await Promise.all([moved, counted, acknowledged]);
      if (message === null) return null;
      const mayHaveFailed = Number(some) > 0 || performance.now() - since > WAITED;
      return await this.#receive(message as Buffer, mayHaveFailed);
    } catch (error) {
      await Promise.allSettled([moved, counted, acknowledged]);
      if (replyCode(error) === "OOM") return this.#takeFromFull(seconds);
      this.#ledger.lose([]);
      throw error;
    }
  }

  async #receive(bytes: Buffer, mayHaveFailed: boolean): Promise<Held | null> {
    const { keys, commands } = this.around;
    if (this.#heartbeat.overdue) {
      // This process was paused, and the message may have gone back to the queue meanwhile.
      await this.#heartbeat.beat();
      const place = await (await commands()).callBuffer("LPOS", this.#held, bytes);
      if (place === null) return null;
    }
    if (!mayHaveFailed) return this.#ledger.hold(bytes, 0);
    return this.#ledger.hold(
      bytes,
      Number(await countFailures.run(await commands(), [keys.attempts], [bytes])),
    );
  }

  /** A full Redis refuses BLMOVE, which only moves: the script is let through, and asks now and then. */
  async #takeFromFull(seconds: number): Promise<Held | null> {
    const [held] = await this.exchange([], 1);
    if (!held) await delay(Math.min(seconds * 1000, POLL));
    return held ?? null;
  }

  /** `removed` is the answer to LREM, `counted` whether any message has failed; both come with the take behind them. */
  async #acknowledged(done: Held, removed: Promise<unknown>, counted: Promise<unknown>): Promise<void> {
    const { keys, commands, settings } = this.around;
    const { bytes } = done;
    this.#ledger.finish(done);
    try {
      await removed;
    } catch (error) {
      this.#ledger.lose([bytes]);
      throw error;
    }
    if ((await removed) === 0) settings.onEvent({ type: "refused", bytes });
    else if (Number(await counted) > 0) await forgetFailures.run(await commands(), [keys.attempts], [bytes]);
  }

  /** The message leaves this consumer's hands, whether or not the answer to that comes. */
  async #give(held: Held, send: () => Promise<unknown>): Promise<unknown> {
    this.#ledger.drop(held);
    try {
      return await send();
    } catch (error) {
      this.#ledger.lose([]);
      throw error;
    }
  }

  /** Before messages are taken: the consumer is known, and its list is what it thinks that it is. */
  async #prepare(alone = !this.#taking): Promise<void> {
    if (this.#heartbeat.overdue) await this.#heartbeat.beat();
    if (!this.#ledger.isInDoubt || !alone) return;
    const last = !this.#ledger.mayArrive;
    await this.#settle();
    if (last) this.#ledger.trust();
  }

  async #settle(): Promise<void> {
    const { keys, commands } = this.around;
    const unconfirmed = this.#ledger.unconfirmed;
    const working = this.#ledger.working;
    await settle.run(
      await commands(),
      [keys.queue, this.#held, keys.attempts],
      [working.length, ...working, ...unconfirmed],
    );
    this.#ledger.confirm(unconfirmed);
  }

  #takeDone(): Held {
    const done = this.#done;
    if (!done) throw new Error("nothing is to be acknowledged");
    this.#done = undefined;
    return done;
  }
}
