import { type CommandEvent } from "../../redis/observe/event.js";
import { type Note, notesOf, type SleepNote, type StuckNote } from "../../lab/program/program-notes.js";
import { Program, type ProgramEnding } from "../../lab/program/program.js";
import { watchStuck } from "../../lab/program/stuck.js";
import { refuseLack } from "../../lab/python/refuse-lack.js";
import { findTraceback, type Traceback } from "../../lab/python/traceback.js";
import { type Delivery, type QueueTrace } from "../../lab/trace/queue-trace.js";
import { textOf } from "../../lab/private-redis/message-text.js";
import { givesUpAfter } from "./quiet-waits.js";
import { commandOf, type JobsProgram } from "./run-options.js";
import { type RunRedis } from "../../lab/private-redis/run-redis.js";
import { waitUntil } from "../../lab/wait-until.js";

/** What is known of a worker in the end. */
export interface WorkerState {
  /** Functions that were made workers. */
  decorated: string[];
  /** Where it waited for messages, or took them; null where it did neither. */
  waitedOn: Pick<QueueTrace, "db" | "key"> | null;
  /** How it ended before it was told to; null where it lives. */
  ended: ProgramEnding | null;
  /** The last thing that it did in Redis was to ask for a message, and it got none: it ended because none came. */
  endedIdle: boolean;
  /** Seconds without a job after which its connection gives up the wait; null where it waits as long as it takes. */
  givesUp: number | null;
  traceback: Traceback | null;
  /** Where it did not come on; null where it did, and where it waits for a message. */
  stuck: StuckNote | null;
  lines: string[];
}

export type WorkerOptions = JobsProgram & {
  /** Relative to the student's folder. */
  file: string;
};

/** Seconds of a sleep that counts as work: a shortened one takes some milliseconds, which the clocks tell apart. */
const SHORTEST = 0.5;

/** Milliseconds for its first wait, on the busiest machine. */
const START = 30_000;

/** Milliseconds in which a shortened sleep is over, and after which a worker is one that never rests. */
const QUIET = { sleep: 300, most: 1500 };

/** Seconds of a wait for a message (shortened as sleeps are) that is not waited for; and for a program to end after one. */
const [LONG, SLACK] = [1, 5];

/** A worker that comes on, on a busy machine, is given so many times longer. */
const BUSY = 4;

/** A student's worker that runs, and what Redis shows of it. */
export class WatchedWorker implements AsyncDisposable {
  private stuck: StuckNote | null = null;

  private constructor(
    readonly program: Program,
    private readonly options: WorkerOptions,
    private readonly redis: RunRedis,
    private readonly signal: AbortSignal,
  ) {}

  static start(options: WorkerOptions, redis: RunRedis, signal: AbortSignal): WatchedWorker {
    const command = commandOf(options.file, options.start, options.folder);
    return new WatchedWorker(new Program({ ...options, command }), options, redis, signal);
  }

  /** The sleeps of the student's that stand for work. */
  get sleeps(): SleepNote[] {
    return notesOf(this.program.notes, "sleep").filter(({ seconds }) => seconds >= SHORTEST);
  }

  /** Resolves when it has begun to wait for a message or has taken one, or does not come so far. */
  async firstWait(): Promise<void> {
    await this.until(async () => (await this.place()) !== null, START);
  }

  /**
   * Resolves when it is done with these messages, or has ended, or does not come on; of one that nobody knows, after so
   * many milliseconds. `meanwhile` is done between two looks.
   */
  untilDone(
    messages: readonly (string | null)[],
    patience: number,
    meanwhile = () => Promise.resolve(),
  ): Promise<void> {
    const isOver = async (): Promise<boolean> => {
      await meanwhile();
      return await this.isDone(messages);
    };
    return this.until(isOver, messages.includes(null) ? patience : patience * BUSY);
  }

  /** To ask where it computes, sleeps or waits for a message since then (milliseconds since 1970). */
  watchStuck(since: number): () => StuckNote | null {
    const { allowNetwork, computes } = this.options;
    return watchStuck(() => this.program.notes, allowNetwork, { since, computes, idle: true });
  }

  async isDone(messages: readonly (string | null)[]): Promise<boolean> {
    const queues = await this.redis.queues();
    return messages.every((message) => isDone(queues, message));
  }

  /** It is done with these messages, and lives. */
  async isIdle(messages: readonly (string | null)[]): Promise<boolean> {
    return !this.program.ended && (await this.isDone(messages));
  }

  /** Resolves when it has done nothing in Redis for a moment: its threads may work on when it waits for a message. */
  async quiet(): Promise<void> {
    let [seen, since] = [-1, 0];
    const isQuiet = async (): Promise<boolean> => {
      const { length: count } = await this.events();
      if (count !== seen) [seen, since] = [count, performance.now()];
      return performance.now() - since >= QUIET.sleep || this.program.ended !== null;
    };
    await waitUntil(isQuiet, QUIET.most, this.signal);
  }

  /**
   * Resolves when it has ended or asked again, where its asking for a message comes back empty by itself; at once where
   * it waits for one for ever, or for long.
   */
  async afterEmpty(): Promise<void> {
    const before = await this.pops();
    const last = before.at(-1);
    if (!last) return;
    const blocks = last.name.startsWith("B");
    const seconds = blocks ? Number(last.args.at(-1)) : 0;
    if (blocks && (seconds === 0 || seconds > LONG)) return;
    const isOver = async (): Promise<boolean> =>
      this.program.ended !== null || (await this.pops()).length > before.length;
    await waitUntil(isOver, (seconds + SLACK) * 1000, this.signal);
  }

  async describe(): Promise<WorkerState> {
    const { notes, ended, errors, lines } = this.program;
    const traceback = findTraceback(errors, this.options.folder);
    refuseLack(traceback);
    return {
      decorated: notesOf(notes, "worker").map((note) => note.function),
      waitedOn: await this.place(),
      ended,
      lines,
      givesUp: givesUpAfter(await this.pops(), notes),
      endedIdle: ended !== null && (await this.hasNothing()),
      traceback,
      stuck: this.program.ended ? null : this.stuck,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.program[Symbol.asyncDispose]();
  }

  /** What it did in Redis. */
  private async events(): Promise<CommandEvent[]> {
    const own = addressesOf(this.program.notes);
    return (await this.redis.events()).filter(({ client }) => own.has(client));
  }

  /** Each time that it asked for a message. */
  private async pops(): Promise<CommandEvent[]> {
    return (await this.events()).filter(({ name }) => isPop(name));
  }

  private async hasNothing(): Promise<boolean> {
    return isPop((await this.events()).at(-1)?.name ?? "") && !(await this.holdsOne());
  }

  /** It has taken a message, and is not done with it. */
  private async holdsOne(): Promise<boolean> {
    const own = addressesOf(this.program.notes);
    const deliveries = (await this.redis.queues()).flatMap((queue) => queue.deliveries);
    return deliveries.some(({ taker, doneAt }) => own.has(taker) && doneAt === null);
  }

  private async place(): Promise<WorkerState["waitedOn"]> {
    const own = addressesOf(this.program.notes);
    const found = (await this.redis.queues()).find(
      ({ waiting, deliveries }) =>
        waiting.some((client) => own.has(client)) || deliveries.some(({ taker }) => own.has(taker)),
    );
    return found ? { db: found.db, key: found.key } : null;
  }

  private until(isTrue: () => Promise<boolean>, patience: number): Promise<void> {
    const look = this.watchStuck(Date.now());
    return waitUntil(
      async () => {
        if (this.program.ended !== null || (await isTrue())) return true;
        const found = look();
        if (found && !found.idle) this.stuck = found;
        // It was seen to wait for a message; on a busy machine it may have got one since.
        return found !== null && !(found.idle && (await this.holdsOne()));
      },
      patience,
      this.signal,
    );
  }
}

/** How Redis' events name its connections. */
export function addressesOf(notes: readonly Note[]): Set<string> {
  return new Set(notesOf(notes, "connected").map(({ address }) => address));
}

/** The deliveries of a message with this text. */
export function deliveriesOf(queues: readonly QueueTrace[], text: string | null): Delivery[] {
  return queues.flatMap(({ deliveries }) =>
    deliveries.filter(({ put, position }) => {
      const bytes = put?.messages[position];
      return bytes !== undefined && textOf(bytes) === text;
    }),
  );
}

/** Some worker is done with it. */
export function isDone(queues: readonly QueueTrace[], text: string | null): boolean {
  return deliveriesOf(queues, text).some(({ doneAt }) => doneAt !== null);
}

export function isPop(name: string): boolean {
  return name === "BLPOP" || name === "LPOP" || name === "BRPOP" || name === "RPOP";
}
