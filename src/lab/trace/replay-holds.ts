import { type CommandEvent, type RedisEvent } from "../../redis/observe/event.js";
import { type Hold } from "./hold.js";
import { interpret } from "./interpret.js";
import { interpretReliable, type ReliableStep } from "./interpret-reliable.js";

type Take = Pick<Hold, "consumer" | "reliable">;

interface Queue {
  content: (Buffer | null)[];
  /** Failed, and to come again. */
  delayed: Buffer[];
  /** Who waits, until when, the longest first. */
  waiters: (Take & { client: string; until: number })[];
}

/**
 * Who had which message in hand, oldest first. Not every source tells what a recovery moved: then a message that
 * somebody got from an empty queue is the oldest that another holds, and one that somebody acknowledges was theirs. Pure.
 */
export function replayHolds(events: readonly RedisEvent[]): Hold[] {
  const replay = new HoldsReplay();
  for (const event of events) {
    if (event.kind === "clients") replay.drop((client) => !event.connected.has(client));
    else if (event.kind === "end") replay.drop((client) => client === event.client);
    else replay.run(event);
  }
  return replay.holds;
}

class HoldsReplay {
  readonly holds: Hold[] = [];
  private readonly queues = new Map<string, Queue>();

  drop(isGone: (client: string) => boolean): void {
    for (const queue of this.queues.values()) {
      queue.waiters = queue.waiters.filter(({ client }) => !isGone(client));
    }
  }

  run(event: CommandEvent): void {
    const { client } = event;
    const db = event.db ?? 0;
    if (client !== "lua") {
      this.drop((one) => one === client);
      this.runPlain(event, db);
    }
    for (const step of interpretReliable(event)) this.runReliable(event, db, step);
  }

  private runPlain(event: CommandEvent, db: number): void {
    for (const step of interpret(event)) {
      if (step.does === "put") {
        const { key, messages, atHead } = step;
        const { content } = this.queue(db, key);
        if (atHead) content.unshift(...[...messages].reverse());
        else content.push(...messages);
        this.serve(db, key, event.time);
      } else if (step.does === "take" && /^B?LPOP$/.test(event.name)) {
        const seconds = step.blocks ? Number(event.args.at(-1)) : null;
        this.take(event, db, step.key, { consumer: event.client, reliable: false, most: step.most, seconds });
      } else if (step.does === "remove") this.queue(db, step.key).content.length = 0;
      else if (step.does === "flush") {
        for (const queue of this.queues.values()) queue.content.length = 0;
      }
    }
  }

  private runReliable(event: CommandEvent, db: number, step: ReliableStep): void {
    const { key } = step;
    const queue = this.queue(db, key);
    if (step.does === "due") {
      const at = queue.delayed.findIndex((one) => one.equals(step.message));
      if (at >= 0) queue.content.unshift(...queue.delayed.splice(at, 1));
      this.serve(db, key, event.time);
      return;
    }
    const { consumer } = step;
    const own = this.holds.filter((one) => one.db === db && one.key === key && one.consumer === consumer);
    const open = own.filter(({ outcome }) => outcome === "held");
    if (step.does === "take") {
      this.take(event, db, key, { ...step, reliable: true });
    } else if (step.does === "return") {
      const hold = open.at(-1);
      if (hold) hold.outcome = "back";
      queue.content.unshift(hold?.message ?? null);
      this.serve(db, key, event.time);
    } else if (step.does === "give-all") {
      const given = open.filter(({ message }) => !step.keeps.some((one) => message?.equals(one)));
      for (const hold of given.reverse()) this.give(queue, hold);
      this.serve(db, key, event.time);
    } else {
      const { message } = step;
      const found = own.findLast(
        (one) => !one.late && one.outcome !== "done" && (one.message?.equals(message) ?? true),
      );
      if (!found) {
        if (step.does === "acknowledge") this.infer(event.time, db, step);
        return;
      }
      found.message ??= message;
      if (found.outcome === "back") found.late ||= step.does === "acknowledge";
      else if (step.does === "give") this.give(queue, found);
      else {
        found.outcome = step.does === "acknowledge" ? "done" : "failed";
        if (step.does === "fail") queue.delayed.push(message);
      }
      this.serve(db, key, event.time);
    }
  }

  /**
   * Whoever acknowledges a message has had it: it came back from the one that had it before, and an acknowledgement
   * of that one was too late.
   */
  private infer(
    time: number,
    db: number,
    { key, consumer, message }: { key: string; consumer: string; message: Buffer },
  ): void {
    const before = this.holds.findLast(
      (one) =>
        one.db === db &&
        one.key === key &&
        (one.outcome === "held" || one.outcome === "done") &&
        one.message?.equals(message),
    );
    if (!before) return;
    before.late = before.outcome === "done";
    before.outcome = "back";
    this.hold(db, key, message, time, { consumer, reliable: true });
    const last = this.holds.at(-1);
    if (last) last.outcome = "done";
  }

  private take(
    { client, time, told }: CommandEvent,
    db: number,
    key: string,
    { consumer, reliable, most, seconds }: Take & { most: number; seconds: number | null },
  ): void {
    const queue = this.queue(db, key);
    const blocks = seconds !== null;
    for (let n = 0; n < most && queue.content.length > 0; n += 1) {
      this.hold(db, key, queue.content.shift() ?? null, time, { consumer, reliable });
      if (blocks) return;
    }
    if (!blocks) return;
    if (told === "issued") {
      queue.waiters.push({ client, consumer, reliable, until: seconds === 0 ? Infinity : time + seconds });
      return;
    }
    // It was served, by a queue that should be empty: something has come back.
    const delayed = queue.delayed.shift();
    const left = this.holds.find(
      (one) => one.db === db && one.key === key && one.outcome === "held" && one.consumer !== consumer,
    );
    if (left && !delayed) left.outcome = "back";
    this.hold(db, key, delayed ?? left?.message ?? null, time, { consumer, reliable });
  }

  private serve(db: number, key: string, time: number): void {
    const queue = this.queue(db, key);
    while (queue.waiters.length > 0 && queue.content.length > 0) {
      const waiter = queue.waiters.shift();
      if (waiter && waiter.until >= time)
        this.hold(db, key, queue.content.shift() ?? null, time, {
          consumer: waiter.consumer,
          reliable: waiter.reliable,
        });
    }
  }

  private hold(db: number, key: string, message: Buffer | null, time: number, taken: Take): void {
    const outcome = taken.reliable ? "held" : "gone";
    this.holds.push({ db, key, message, time, late: false, outcome, ...taken });
  }

  private give(queue: Queue, hold: Hold): void {
    hold.outcome = "given";
    queue.content.unshift(hold.message);
  }

  private queue(db: number, key: string): Queue {
    const id = `${db}/${key}`;
    const queue = this.queues.get(id) ?? { content: [], delayed: [], waiters: [] };
    this.queues.set(id, queue);
    return queue;
  }
}
