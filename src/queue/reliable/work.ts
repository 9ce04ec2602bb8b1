import { type Message } from "../message.js";
import { type Serializer } from "../serializers/serializer.js";
import { failSteadily, read, type Waiting, type Work } from "./consume.js";
import { type Holder } from "./holder.js";
import { type Held } from "./ledger.js";

export interface Working<T> extends Waiting {
  /** How many messages may be in work at once. */
  concurrency: number;
  /** Seconds that handlers have to finish after the signal; what is not done then goes back to the queue. */
  grace: number;
  serializer: Serializer;
  /** `signal` is aborted when the grace time is over. */
  handler: (message: Message<T>, signal: AbortSignal) => unknown;
}

/**
 * Calls the handler with each message, several at a time. One that throws fails its message, and the work goes on.
 * Resolves at the timeout, and after the signal when all handlers are done, or the grace time is over.
 */
export async function workReliably<T>(holder: Holder, working: Working<T>): Promise<void> {
  const { signal, grace } = working;
  const late = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const stop = () => {
    timer = setTimeout(() => {
      late.abort();
    }, grace * 1000);
  };
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  try {
    if (working.concurrency === 1) await workOneByOne(holder, working, late.signal);
    else await new Pool(holder, working, late.signal).run();
  } finally {
    signal.removeEventListener("abort", stop);
    clearTimeout(timer);
  }
}

/** Each acknowledgement goes in one write with the next take. */
async function workOneByOne<T>(holder: Holder, working: Working<T>, late: AbortSignal): Promise<void> {
  let done: Held | undefined;
  for (;;) {
    const since = performance.now();
    const held = await holder.next(working.timeout, working.signal, done);
    if (!held) return;
    const work = await read<T>(holder, working.serializer, held, (performance.now() - since) / 1000);
    const finished = work && (await unless(late, handle(holder, working, work, late)));
    done = finished ? held : undefined;
    if (finished === undefined && late.aborted) return;
  }
}

/** Several at a time: what is done is acknowledged together with taking as many anew, by what is there already. */
class Pool<T> {
  #working = 0;
  #done: Held[] = [];
  #taking = false;
  #timedOut = false;
  #failure: { error: unknown } | undefined;
  #wake: () => void = () => undefined;
  readonly #failing = new AbortController();
  private readonly stop: AbortSignal;

  constructor(
    private readonly holder: Holder,
    private readonly settings: Working<T>,
    private readonly late: AbortSignal,
  ) {
    this.stop = AbortSignal.any([settings.signal, this.#failing.signal]);
  }

  async run(): Promise<void> {
    const wake = () => {
      this.#wake();
    };
    this.stop.addEventListener("abort", wake);
    this.late.addEventListener("abort", wake);
    try {
      while (!this.stop.aborted && !this.#timedOut) await this.#turn();
      while ((this.#working > 0 || this.#taking || this.#done.length > 0) && !this.late.aborted) {
        if (this.#done.length > 0) await this.holder.exchange(this.#done.splice(0), 0);
        else await this.#woken();
      }
    } catch (error) {
      this.#fail(error);
    } finally {
      this.stop.removeEventListener("abort", wake);
      this.late.removeEventListener("abort", wake);
    }
    if (this.#failure) throw this.#failure.error;
  }

  async #turn(): Promise<void> {
    const free = this.settings.concurrency - this.#working;
    if (this.#done.length > 0 || (free > 0 && !this.#taking)) {
      const done = this.#done.splice(0);
      const taken = await this.holder.exchange(done, this.#taking ? 0 : free);
      for (const held of taken) this.#start(held, 0);
      if (taken.length > 0 || this.#done.length > 0) return;
    }
    if (!this.#taking && this.#working < this.settings.concurrency) this.#take();
    await this.#woken();
  }

  /** Waits for a message while the rest works on. */
  #take(): void {
    const since = performance.now();
    this.#taking = true;
    this.holder
      .next(this.settings.timeout, this.stop)
      .then(
        (held) => {
          if (held) this.#start(held, (performance.now() - since) / 1000);
          else if (this.#working === 0) this.#timedOut = true;
        },
        (error: unknown) => {
          this.#fail(error);
        },
      )
      .finally(() => {
        this.#taking = false;
        this.#wake();
      });
  }

  #start(held: Held, waited: number): void {
    this.#working += 1;
    this.#handle(held, waited)
      .catch((error: unknown) => {
        this.#fail(error);
      })
      .finally(() => {
        this.#working -= 1;
        this.#wake();
      });
  }

  async #handle(held: Held, waited: number): Promise<void> {
    const work = await read<T>(this.holder, this.settings.serializer, held, waited);
    if (work && (await handle(this.holder, this.settings, work, this.late))) this.#done.push(held);
  }

  /** What no next turn would mend ends the work. */
  #fail(error: unknown): void {
    this.#failure ??= { error };
    this.#failing.abort();
  }

  #woken(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}

/** True: it is to be acknowledged. */
async function handle<T>(
  holder: Holder,
  { handler }: Working<T>,
  work: Work<T>,
  late: AbortSignal,
): Promise<boolean> {
  try {
    await handler(work.message, late);
    return !work.settled;
  } catch (error) {
    if (work.settled) return false;
    work.settled = true;
    if (!late.aborted) await failSteadily(holder, work.held, describe(error));
    return false;
  }
}

/** What a handler threw, as the reason of a failure: one line. */
function describe(thrown: unknown): string {
  const text = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return text.split("\n", 1)[0] ?? "";
}

/** The promise's value; undefined when the signal came first. */
function unless<T>(signal: AbortSignal, promise: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      resolve(undefined);
    };
    signal.addEventListener("abort", leave, { once: true });
    promise.then(resolve, reject).finally(() => {
      signal.removeEventListener("abort", leave);
    });
  });
}
