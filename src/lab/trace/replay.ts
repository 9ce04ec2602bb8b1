import { type ConnectedClient } from "../../redis/observe/client-list.js";
import { type CommandEvent, type RedisEvent } from "../../redis/observe/event.js";
import { type RedisList } from "../../redis/observe/lists.js";
import { interpret } from "./interpret.js";
import { type Delivery, type Put, type QueueTrace } from "./queue-trace.js";

/** What is known of Redis at the end of the events. */
export interface Present {
  lists: readonly RedisList[];
  clients: readonly ConnectedClient[];
}

/**
 * Does once more, on lists of its own, what Redis did, and so finds out who got which message: events alone do not
 * tell. What the lists hold now settles what the events leave open. Pure.
 */
export function replay(events: readonly RedisEvent[], present: Present): QueueTrace[] {
  const before = new Map<string, number>();
  for (let attempt = 1; ; attempt += 1) {
    const run = new Replay(events, present, before);
    const missing = run.missing();
    if (missing.size === 0 || attempt === ATTEMPTS) return run.traces();
    // Those that were there before may be taken by who found nothing without them: then more were there.
    for (const [queue, count] of missing) before.set(queue, (before.get(queue) ?? 0) + count);
  }
}

const ATTEMPTS = 10;

interface Queue extends Pick<QueueTrace, "db" | "key" | "puts" | "deliveries" | "lengthsRead" | "left"> {
  content: { put: Put | null; position: number }[];
  /** Who waits, the longest first. */
  waiters: { client: string; order: number; by: string; since: number; atTail: boolean }[];
}

class Replay {
  private readonly queues = new Map<string, Queue>();
  /** Where each client's commands stand in the order. */
  private readonly commands = new Map<string, CommandEvent[]>();
  private readonly orders = new Map<CommandEvent, number>();
  /** What was taken by clients that are there, and have done nothing since. */
  private readonly inHand = new Set<Delivery>();

  constructor(
    events: readonly RedisEvent[],
    private readonly present: Present,
    /** By queue: how many messages it held before the first event. */
    private readonly before: ReadonlyMap<string, number>,
  ) {
    events.forEach((event, order) => {
      if (event.kind === "clients") {
        this.noteThere(event.time, (client) => event.connected.has(client));
        this.noteLeft(event.time, (client) => !event.connected.has(client));
        this.forget((client) => !event.connected.has(client));
      } else if (event.kind === "end") {
        this.noteThere(event.time, (client) => client === event.client);
        this.noteLeft(event.time, (client) => client === event.client);
        this.forget((client) => client === event.client);
      } else this.run(event, order);
    });
    this.takeBackFromGone();
    this.findWaiting();
    for (const delivery of this.allDeliveries()) delivery.doneAt = this.whenDone(delivery);
  }

  traces(): QueueTrace[] {
    for (const { db, key } of this.present.lists) this.queue(db, key);
    return [...this.queues.values()].map(({ db, key, puts, deliveries, lengthsRead, left, waiters }) => {
      const { length = 0, head = [] } = this.find(db, key) ?? {};
      const waiting = waiters.map(({ client }) => client);
      return { db, key, puts, deliveries, lengthsRead, left, waiting, length, head };
    });
  }

  /** By queue: how many more messages it holds than the events explain. */
  missing(): Map<string, number> {
    const missing = new Map<string, number>();
    for (const { db, key, length } of this.present.lists) {
      const surplus = length - this.queue(db, key).content.length;
      if (surplus > 0) missing.set(`${db}/${key}`, surplus);
    }
    return missing;
  }

  private run(event: CommandEvent, order: number): void {
    this.orders.set(event, order);
    const earlier = this.commands.get(event.client);
    if (earlier) earlier.push(event);
    else this.commands.set(event.client, [event]);
    // Whoever issues a command waits no more, and is done with what it took.
    this.forget((client) => client === event.client);
    const db = event.db ?? this.present.clients.find(({ address }) => address === event.client)?.db ?? 0;
    for (const step of interpret(event)) {
      if (step.does === "flush") {
        for (const queue of this.queues.values()) if (step.all || queue.db === db) queue.content.length = 0;
        continue;
      }
      const queue = this.queue(db, step.key);
      if (step.does === "put") this.put(queue, event, { ...step, order });
      else if (step.does === "take") {
        if (this.take(queue, event, { ...step, order })) break;
      } else if (step.does === "remove") queue.content.length = 0;
      else queue.lengthsRead.push({ order, client: event.client, length: queue.content.length });
    }
  }

  private put(
    queue: Queue,
    { time, client }: CommandEvent,
    step: { messages: readonly Buffer[]; count: number; atHead: boolean; order: number },
  ): void {
    const { messages, count, order } = step;
    const put: Put = { order, time, client, messages, count, awaited: queue.waiters.length > 0 };
    queue.puts.push(put);
    const added = Array.from({ length: count }, (_, position) => ({ put, position }));
    if (step.atHead) queue.content.unshift(...added.reverse());
    else queue.content.push(...added);
    while (queue.waiters.length > 0 && queue.content.length > 0) {
      const waiter = queue.waiters.shift();
      if (waiter)
        this.deliver(queue, time, {
          taker: waiter.client,
          by: waiter.by,
          told: "issued",
          order,
          awaited: true,
          atTail: waiter.atTail,
        });
    }
  }

  /** True if there was something to take. */
  private take(
    queue: Queue,
    { time, client, name, told }: CommandEvent,
    { blocks, most, atTail, order }: { blocks: boolean; most: number; atTail: boolean; order: number },
  ): boolean {
    if (queue.content.length === 0) {
      if (blocks && told === "issued") queue.waiters.push({ client, order, by: name, since: time, atTail });
      return false;
    }
    for (let n = 0; n < most && queue.content.length > 0; n += 1) {
      // Told when served: it waited if the put came right before it, and the client was there by then.
      const last = queue.puts.at(-1);
      const awaited =
        blocks && told === "served" && last?.order === order - 1 && this.wasThereAt(client, last.order);
      if (awaited) last.awaited = true;
      this.deliver(queue, time, { taker: client, by: name, told, order, awaited, atTail });
    }
    return true;
  }

  private deliver(
    queue: Queue,
    time: number,
    { atTail, ...facts }: Pick<Delivery, "taker" | "by" | "told" | "order" | "awaited"> & { atTail: boolean },
  ): void {
    const message = atTail ? queue.content.pop() : queue.content.shift();
    if (!message) return;
    const delivery: Delivery = { ...facts, ...message, takenAt: time, thereUntil: time, doneAt: null };
    queue.deliveries.push(delivery);
    this.inHand.add(delivery);
  }

  private noteThere(time: number, isThere: (client: string) => boolean): void {
    for (const delivery of this.inHand) if (isThere(delivery.taker)) delivery.thereUntil = time;
  }

  private noteLeft(time: number, isGone: (client: string) => boolean): void {
    for (const { waiters, left } of this.queues.values()) {
      for (const { client, since } of waiters)
        if (isGone(client)) left.push({ client, waited: time - since });
    }
  }

  private wasThereAt(client: string, order: number): boolean {
    const first = this.commands.get(client)?.[0];
    return first !== undefined && (this.orders.get(first) ?? Infinity) < order;
  }

  /** They wait no more, and have nothing in hand. */
  private forget(isMeant: (client: string) => boolean): void {
    for (const delivery of this.inHand) if (isMeant(delivery.taker)) this.inHand.delete(delivery);
    for (const queue of this.queues.values()) {
      queue.waiters = queue.waiters.filter(({ client }) => !isMeant(client));
    }
  }

  /**
   * MONITOR does not tell that a connection ended: a message may seem taken by a client that was gone by then.
   * Where the list holds more than it should, such messages are still in it.
   */
  private takeBackFromGone(): void {
    const connected = new Set(this.present.clients.map(({ address }) => address));
    for (const queue of this.queues.values()) {
      let surplus = (this.find(queue.db, queue.key)?.length ?? 0) - queue.content.length;
      for (const delivery of [...queue.deliveries].reverse()) {
        if (surplus <= 0) break;
        if (!delivery.awaited || connected.has(delivery.taker) || this.whenDone(delivery) !== null) continue;
        queue.deliveries.splice(queue.deliveries.indexOf(delivery), 1);
        queue.content.unshift({ put: delivery.put, position: delivery.position });
        surplus -= 1;
      }
    }
  }

  /** The slow log does not tell who waits; who is blocked now waits for what it was served the last time. */
  private findWaiting(): void {
    for (const { address, blocked, db } of this.present.clients) {
      const last = this.commands.get(address)?.at(-1);
      if (!blocked || last?.told !== "served") continue;
      for (const step of interpret(last)) {
        if (step.does !== "take" || !step.blocks) continue;
        this.queue(db, step.key).waiters.push({
          client: address,
          order: Infinity,
          by: last.name,
          since: last.time,
          atTail: step.atTail,
        });
      }
    }
  }

  private whenDone({ taker, order }: Delivery): number | null {
    const next = this.commands.get(taker)?.find((event) => (this.orders.get(event) ?? 0) > order);
    return next?.told === "issued" ? next.time : null;
  }

  private allDeliveries(): Delivery[] {
    return [...this.queues.values()].flatMap(({ deliveries }) => deliveries);
  }

  private find(db: number, key: string): RedisList | undefined {
    return this.present.lists.find((list) => list.db === db && list.key === key);
  }

  private queue(db: number, key: string): Queue {
    const id = `${db}/${key}`;
    let queue = this.queues.get(id);
    if (!queue) {
      const content = Array.from({ length: this.before.get(id) ?? 0 }, (_, position) => ({
        put: null,
        position,
      }));
      queue = { db, key, content, puts: [], deliveries: [], lengthsRead: [], left: [], waiters: [] };
      this.queues.set(id, queue);
    }
    return queue;
  }
}
