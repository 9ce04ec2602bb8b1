import type fc from "fast-check";
import { setImmediate } from "node:timers/promises";
import { type Redis } from "ioredis";
import { type RedisClient } from "../../../src/queue/client.js";

/**
 * What happens to a connection at one command: it is lost before the command is sent; lost, and what was sent
 * arrives later all the same; lost before the answer; or the whole consumer dies there.
 */
export type Fault = "lost" | "late" | "unanswered" | "death";

/** A process with connections, as far as Redis can tell. */
export class Owner {
  dead = false;
  readonly died: Promise<void>;
  #die: () => void = () => undefined;

  constructor(
    readonly name: string,
    /** Faults meet only those. */
    readonly mortal = true,
  ) {
    this.died = new Promise((resolve) => (this.#die = resolve));
  }

  die(): void {
    this.dead = true;
    this.#die();
  }
}

type Arguments = Parameters<RedisClient["callBuffer"]>[1][];

/**
 * Many connections on one real one: fast-check's scheduler says whose command goes next and whose answer is seen
 * next, so that all interleavings of commands can come, and each comes again with its seed.
 */
export class Wire {
  commands = 0;
  faults = 0;
  #outstanding = 0;
  readonly #faults: Map<number, Fault>;

  constructor(
    private readonly client: Redis,
    private readonly scheduler: fc.Scheduler,
    faults: readonly (readonly [at: number, Fault])[],
  ) {
    this.#faults = new Map(faults);
  }

  /** After each step of the scheduler: all that follows from it by itself has happened. */
  async idle(): Promise<void> {
    do await setImmediate();
    while (this.#outstanding > 0);
    await setImmediate();
  }

  open(owner: Owner): RedisClient {
    const never = new Promise<never>(() => undefined);
    const closed = () => new Error("Connection is closed.");
    let status: "ready" | "end" = "ready";
    let lateComes = false;
    let cut: () => void = () => undefined;
    const lost = new Promise<never>((_, reject) => {
      cut = () => {
        status = "end";
        reject(closed());
      };
    });
    lost.catch(() => undefined);
    let sending: Promise<unknown> = Promise.resolve();
    let answering: Promise<unknown> = Promise.resolve();

    const send = async (command: string, args: Arguments): Promise<() => Promise<unknown>> => {
      await this.scheduler.schedule(Promise.resolve(), `${owner.name} ${command}`);
      if (owner.dead) return () => never;
      if (status === "end" && !lateComes) throw closed();
      const fault = status === "ready" && owner.mortal ? this.#next() : undefined;
      if (fault === "death") owner.die();
      if (fault === "lost" || fault === "late") cut();
      if (fault === "late") lateComes = true;
      if (fault === "lost") throw closed();
      if (fault === "death") return () => never;
      const answer = this.#call(command, args);
      answer.catch(() => undefined);
      if (fault === "unanswered") cut();
      return () => answer;
    };

    return {
      isCluster: true, // it is asked for nothing but the queue's commands
      get status() {
        return status;
      },
      disconnect: cut,
      callBuffer: (command, ...args) => {
        if (status === "end") return Promise.reject(closed());
        const sent = sending.then(() => send(command, args));
        sending = sent.catch(() => undefined);
        const answered = Promise.all([sent, answering]).then(async ([answer]) => {
          const reply = await answer();
          await this.scheduler.schedule(Promise.resolve(), `answer to ${owner.name} ${command}`);
          return owner.dead ? never : reply;
        });
        answering = answered.catch(() => undefined);
        return owner.dead ? never : Promise.race([lost, answered]);
      },
    };
  }

  #next(): Fault | undefined {
    this.commands += 1;
    const fault = this.#faults.get(this.commands);
    if (fault) this.faults += 1;
    return fault;
  }

  /** A wait for a message would keep all the others waiting: it is one look. */
  async #call(command: string, args: Arguments): Promise<unknown> {
    this.#outstanding += 1;
    try {
      if (command !== "BLMOVE") return await this.client.callBuffer(command, ...(args as string[]));
      return await this.client.callBuffer("LMOVE", ...(args.slice(0, -1) as string[]));
    } finally {
      this.#outstanding -= 1;
    }
  }
}
