import { basename } from "node:path";
import { type CommandEvent } from "../../redis/observe/event.js";
import { type Note, notesOf, type SleepNote, type StuckNote } from "../python/notes.js";
import { Program, type ProgramEnding } from "../python/program.js";
import { watchStuck } from "../python/stuck.js";
import { findTraceback, type Traceback } from "../python/traceback.js";
import { type Delivery, type QueueTrace } from "../trace/queue-trace.js";
import { textOf } from "./message-text.js";
import { type JobsProgram } from "./run-options.js";
import { type RunRedis } from "./run-redis.js";
import { waitUntil } from "../wait-until.js";

/** What is known of a worker in the end. */
export interface WorkerState {
  /** Functions that were made workers. */
  decorated: string[];
  /** Where it waited for messages, or took them; null where it did neither. */
  waitedOn: Pick<QueueTrace, "db" | "key"> | null;
  /** How it ended before it was told to; null where it lives. */
  ended: ProgramEnding | null;
  /** The last thing that it did in Redis was to ask for a message: it ended because none came. */
  endedIdle: boolean;
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
    const { file, asModule, ...more } = options;
    const command = asModule === undefined ? [basename(file)] : ["-m", asModule];
    return new WatchedWorker(new Program({ ...more, command }), options, redis, signal);
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
   * Resolves when it is done with this message, or has ended, or does not come on; of a message that nobody knows,
   * after so many milliseconds.
   */
  untilDone(message: string | null, patience: number): Promise<void> {
    return this.until(() => this.isDone(message), message === null ? patience : patience * BUSY);
  }

  /** To ask where it computes, sleeps or waits for a message since then (milliseconds since 1970). */
  watchStuck(since: number): () => StuckNote | null {
    const { allowNetwork, computes } = this.options;
    return watchStuck(() => this.program.notes, allowNetwork, { since, computes, idle: true });
  }

  async isDone(message: string | null): Promise<boolean> {
    return deliveriesOf(await this.redis.queues(), message).some(({ doneAt }) => doneAt !== null);
  }

  /** It is done with this message, and lives. */
  async isIdle(message: string | null): Promise<boolean> {
    return !this.program.ended && (await this.isDone(message));
  }

  async describe(): Promise<WorkerState> {
    const { notes, ended, errors, lines } = this.program;
    return {
      decorated: notesOf(notes, "worker").map((note) => note.function),
      ...{ waitedOn: await this.place(), ended, lines },
      endedIdle: ended !== null && endsAsking(notes, await this.redis.events()),
      traceback: findTraceback(errors, this.options.folder),
      stuck: this.program.ended ? null : this.stuck,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.program[Symbol.asyncDispose]();
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
        return found !== null;
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

export function isPop(name: string): boolean {
  return name === "BLPOP" || name === "LPOP" || name === "BRPOP" || name === "RPOP";
}

function endsAsking(notes: readonly Note[], events: readonly CommandEvent[]): boolean {
  const own = addressesOf(notes);
  return isPop(events.findLast(({ client }) => own.has(client))?.name ?? "");
}
