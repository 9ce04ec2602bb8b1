import { setTimeout as delay } from "node:timers/promises";
import { Redis } from "ioredis";
import { expect, vi } from "vitest";
import { UnconfirmedPutError } from "../../../src/queue/errors.js";
import { HotQueue } from "../../../src/queue/hot-queue.js";
import { reliableKeys } from "../../../src/queue/reliable/keys.js";

export const keys = reliableKeys("queue");

/** Those who died stay known for a while. */
export const STAY = [keys.consumers, keys.reports, keys.dead];

export interface TrafficOptions {
  port: number;
  producers: number;
  consumers: number;
  /** Seconds. */
  lease: number;
}

/** Producers and reliable consumers on one queue, and what each was told of each message. */
export class Traffic {
  /** Put, and Redis said so. */
  readonly confirmed = new Set<string>();
  /** Put, and the answer never came: `UnconfirmedPutError`. */
  readonly unknown = new Set<string>();
  /** Not put: the error said that. */
  readonly refused = new Set<string>();
  readonly done = new Map<string, number>();
  /** What ended a consumer that had begun, each once; before that, it cannot reach Redis and says so. */
  readonly ended = new Set<string>();
  /** Milliseconds without any message done. */
  longestGap = 0;
  #count = 0;
  #last = performance.now();
  readonly #putting = new AbortController();
  readonly #consuming = new AbortController();
  readonly #producers: Promise<void>[];
  readonly #consumers: Promise<void>[];

  constructor(private readonly options: TrafficOptions) {
    this.#producers = Array.from({ length: options.producers }, () => this.#produce());
    this.#consumers = Array.from({ length: options.consumers }, (_, index) => this.#consume(1 + (index % 3)));
  }

  /** Resolves when so many more have been done; without consumers, confirmed. */
  async progress(more: number): Promise<void> {
    const sofar = () => (this.options.consumers > 0 ? this.done.size : this.confirmed.size);
    const aim = sofar() + more;
    await vi.waitFor(
      () => {
        expect(sofar()).toBeGreaterThanOrEqual(aim);
      },
      { timeout: 60_000, interval: 5 },
    );
  }

  /** Ends the puts, lets the consumers finish what is there, and ends them too. `port`: Redis' own. */
  async finish(port = this.options.port): Promise<string[]> {
    this.#putting.abort();
    await Promise.all(this.#producers);
    const client = new Redis(port, { db: 1 });
    try {
      if (this.options.consumers > 0) {
        await vi.waitFor(
          async () => {
            const left = await client.keys("*");
            expect(left.filter((key) => !STAY.includes(key))).toEqual([]);
          },
          { timeout: 60_000, interval: 50 },
        );
      }
      this.#consuming.abort();
      await Promise.all(this.#consumers);
      return await client.lrange(keys.queue, 0, -1);
    } finally {
      client.disconnect();
    }
  }

  /** Figures, and the promises: nothing confirmed is lost, nothing refused was put after all. */
  judge(left: readonly string[]): Record<string, number> {
    const there = new Map(this.done);
    for (const message of left) there.set(message, (there.get(message) ?? 0) + 1);
    const count = (some: Set<string>, when: (message: string) => boolean) => [...some].filter(when).length;
    const lost = count(this.confirmed, (message) => !there.has(message));
    const ghosts = count(this.refused, (message) => there.has(message));
    let doubled = 0;
    for (const times of there.values()) doubled += times - 1;
    return {
      put: this.#count,
      confirmed: this.confirmed.size,
      lost,
      unknown: this.unknown.size,
      "of these there": count(this.unknown, (message) => there.has(message)),
      refused: this.refused.size,
      "of these there all the same": ghosts,
      doubled,
      ...(this.options.consumers > 0 && { "longest gap in ms": Math.round(this.longestGap) }),
    };
  }

  async #produce(): Promise<void> {
    await using queue = this.#open();
    while (!this.#putting.signal.aborted) {
      const message = String((this.#count += 1));
      try {
        await queue.put(message);
        this.confirmed.add(message);
        await delay(1);
      } catch (error) {
        (error instanceof UnconfirmedPutError ? this.unknown : this.refused).add(message);
        await delay(10);
      }
    }
  }

  async #consume(concurrency: number): Promise<void> {
    const { signal } = this.#consuming;
    await using queue = this.#open();
    const own = { done: 0 };
    const work = (message: string) => {
      own.done += 1;
      this.done.set(message, (this.done.get(message) ?? 0) + 1);
      const now = performance.now();
      this.longestGap = Math.max(this.longestGap, now - this.#last);
      this.#last = now;
    };
    while (!signal.aborted) {
      own.done = 0;
      try {
        await queue.worker(work, { signal, concurrency })();
      } catch (error) {
        if (own.done > 0) this.ended.add(String(error));
        await delay(20);
      }
    }
  }

  #open(): HotQueue<string> {
    const { port, lease } = this.options;
    // What is put and done here fails through no fault of its own, however often.
    return new HotQueue("queue", { port, db: 1, serializer: "text", reliable: true, lease, attempts: 1e6 });
  }
}
