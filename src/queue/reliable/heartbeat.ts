import { type Connect } from "../client.js";
import { type ReliableKeys } from "./keys.js";
import { recoverOnce } from "./recover.js";
import { beat } from "./scripts/beat.js";
import { type ReliableSettings } from "./settings.js";

/** What a consumer says of itself. */
export interface Report {
  /** Milliseconds for which its oldest message has been in work; null where it has none. */
  age: number | null;
  /** Messages that it has done. */
  done: number;
}

/**
 * Keeps one consumer alive in the eyes of the others, and looks after the queue meanwhile: recovers what dead
 * consumers held, and lets delayed messages go the moment that they are due.
 */
export class Heartbeat {
  #beats: NodeJS.Timeout | undefined;
  #due: NodeJS.Timeout | undefined;
  #dueAt = Infinity;
  #last = -Infinity;
  #doneAtLast = 0;
  #stopped = false;
  readonly #underWay = new Set<Promise<void>>();

  constructor(
    private readonly consumer: string,
    private readonly keys: ReliableKeys,
    private readonly settings: ReliableSettings,
    private readonly commands: Connect,
    private readonly report: () => Report,
  ) {}

  /** Resolves once the consumer is known: before that it must take nothing. */
  async start(): Promise<void> {
    await this.beat();
    this.#work(() => this.#lookAfter());
    this.#beats = setInterval(() => {
      this.#work(async () => {
        await this.beat();
        await this.#lookAfter();
      });
    }, this.settings.lease / 3);
    this.#beats.unref();
  }

  /** The lease may have run out since the last beat, as after a pause of the whole process. */
  get overdue(): boolean {
    return performance.now() - this.#last > this.settings.lease;
  }

  async beat(): Promise<void> {
    const now = performance.now();
    const { age, done } = this.report();
    const rate = (done - this.#doneAtLast) / ((now - this.#last) / 1000);
    const { consumers, reports } = this.keys;
    await beat.run(
      await this.commands(),
      [consumers, reports],
      [this.consumer, this.settings.lease, age === null ? -1 : Math.round(age), done, rate.toFixed(1)],
    );
    this.#last = now;
    this.#doneAtLast = done;
  }

  /** A message is due in so many ms; others look after it only at their next beat. */
  expect(wait: number): void {
    const at = performance.now() + wait;
    if (this.#stopped || at >= this.#dueAt) return;
    clearTimeout(this.#due);
    this.#dueAt = at;
    this.#due = setTimeout(() => {
      this.#dueAt = Infinity;
      this.#work(() => this.#lookAfter());
    }, wait + 1);
    this.#due.unref();
  }

  /** Resolves when nothing that would make the consumer known again is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#beats);
    clearTimeout(this.#due);
    await Promise.all(this.#underWay);
  }

  /** What fails is made up for at the next beat; takes say what is wrong with Redis. */
  #work(task: () => Promise<void>): void {
    const work = task()
      .catch(() => undefined)
      .finally(() => this.#underWay.delete(work));
    this.#underWay.add(work);
  }

  async #lookAfter(): Promise<void> {
    for (let more = true; more && !this.#stopped;) {
      const found = await recoverOnce(await this.commands(), this.keys, this.settings);
      more = found.more;
      if (found.nextDue !== null && found.nextDue <= this.settings.lease) this.expect(found.nextDue);
    }
  }
}
