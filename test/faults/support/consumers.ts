import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";

const PROGRAM = new URL("programs/consumer.mjs", import.meta.url).pathname;

export interface ConsumerOptions {
  port: number;
  reliable: boolean;
  /** Seconds. */
  lease: number;
  concurrency: number;
  /** Milliseconds that the work on a message takes. */
  work: number;
}

/** What a line of the record says: a start has the attempt as its number, an event of the queue how many. */
export interface Line {
  what: string;
  consumer: string;
  message: string;
  number: number;
}

export interface Consumer {
  name: string;
  child: ChildProcess;
  ended: Promise<unknown>;
}

/** Consumers in processes of their own, which write what they do into one file. */
export class Consumers implements AsyncDisposable {
  readonly running = new Set<Consumer>();
  #started = 0;

  private constructor(
    private readonly folder: string,
    private readonly options: ConsumerOptions,
  ) {
    writeFileSync(this.file, "");
  }

  static async open(options: ConsumerOptions): Promise<Consumers> {
    return new Consumers(await mkdtemp(join(tmpdir(), "tq-test-consumers-")), options);
  }

  start(): Consumer {
    const name = `c${this.#started}`;
    this.#started += 1;
    const given = JSON.stringify({ ...this.options, file: this.file, name });
    const child = spawn(process.execPath, [PROGRAM, given], { stdio: ["ignore", "inherit", "inherit"] });
    const consumer = { name, child, ended: once(child, "exit") };
    this.running.add(consumer);
    return consumer;
  }

  /** Resolves with those at work as soon as they are more than so many. */
  ready(most: number): Promise<Consumer[]> {
    return vi.waitFor(
      () => {
        const names = new Set(
          this.read().flatMap(({ what, consumer }) => (what === "ready" ? [consumer] : [])),
        );
        const some = [...this.running].filter(({ name }) => names.has(name));
        if (some.length <= most)
          throw new Error(`${some.length} of ${this.running.size} consumers are at work`);
        return some;
      },
      { timeout: 60_000 },
    );
  }

  async kill(consumer: Consumer): Promise<void> {
    this.running.delete(consumer);
    consumer.child.kill("SIGKILL");
    await consumer.ended;
  }

  /** Asks all to stop; resolves when they have ended. */
  async stop(): Promise<void> {
    for (const { child } of this.running) child.kill("SIGTERM");
    await Promise.all([...this.running].map(({ ended }) => ended));
    this.running.clear();
  }

  /** All lines so far, in the order in which they were written. */
  read(): Line[] {
    return readFileSync(this.file, "utf8")
      .split("\n")
      .slice(0, -1)
      .map((line) => {
        const [what = "", consumer = "", message = "", number = message] = line.split(" ");
        return { what, consumer, message, number: Number(number) };
      });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.running].map((consumer) => this.kill(consumer)));
    await rm(this.folder, { recursive: true, force: true });
  }

  private get file(): string {
    return join(this.folder, "record");
  }
}
