import { type Report } from "./heartbeat.js";

/** A message that a consumer has in work. */
export interface Held {
  readonly bytes: Buffer;
  /** How often it has failed before. */
  readonly failures: number;
  /** Of this process' clock, in milliseconds. */
  readonly since: number;
}

/** Milliseconds for which a command of a lost connection may still be on its way through the network. */
const ON_ITS_WAY = 1000;

/** What one consumer thinks that it holds, and what it cannot know since a connection was lost. */
export class Ledger {
  /** The oldest first. */
  readonly #working = new Set<Held>();
  #done = 0;
  /** Acknowledged on a connection that was lost before the answer, or refused for the time being. */
  #unconfirmed: readonly Buffer[] = [];
  /** When a connection was lost whose last commands may have left messages in our list that we do not know of. */
  #lostAt: number | undefined;

  /** `longest`: for how many milliseconds a command may wait in Redis. */
  constructor(private readonly longest: number) {}

  hold(bytes: Buffer, failures: number): Held {
    const held = { bytes, failures, since: performance.now() };
    this.#working.add(held);
    return held;
  }

  /** It is in work again: Redis has refused what would have ended that. */
  keep(held: Held): void {
    this.#working.add(held);
  }

  /** It is no longer in work, whatever became of it. */
  drop(held: Held): void {
    this.#working.delete(held);
  }

  /** It is done, if it was in work. */
  finish(held: Held): void {
    if (this.#working.delete(held)) this.#done += 1;
  }

  /** So many more are done, which have been dropped. */
  count(done: number): void {
    this.#done += done;
  }

  clear(): void {
    this.#working.clear();
  }

  /** The messages in work, the oldest first. */
  get working(): Buffer[] {
    return [...this.#working].map((held) => held.bytes);
  }

  /** A connection was lost, with these acknowledgements on it. */
  lose(unconfirmed: readonly Buffer[]): void {
    this.#unconfirmed = [...this.#unconfirmed, ...unconfirmed];
    this.#lostAt = performance.now();
  }

  get unconfirmed(): readonly Buffer[] {
    return this.#unconfirmed;
  }

  /** Redis has heard of these. */
  confirm(settled: readonly Buffer[]): void {
    this.#unconfirmed = this.#unconfirmed.filter((bytes) => !settled.includes(bytes));
  }

  /** Messages may be in our list that we do not know of. */
  get isInDoubt(): boolean {
    return this.#lostAt !== undefined;
  }

  trust(): void {
    this.#lostAt = undefined;
  }

  /** A connection was lost so lately that what was sent on it may not have arrived yet. */
  get mayArrive(): boolean {
    return this.#lostAt !== undefined && performance.now() - this.#lostAt <= this.longest + ON_ITS_WAY;
  }

  /** What the heartbeat tells of this consumer. */
  report(): Report {
    const [oldest] = this.#working;
    return { age: oldest ? performance.now() - oldest.since : null, done: this.#done };
  }
}
