/** When a consumer's lease ends: not yet, a minute ago, or so long ago that it is forgotten once it holds nothing. */
export type Lease = { state: "alive" } | { state: "recent" | "past"; order: number };

/** The attempts after which a message is dead, in the model and in what is asked of the scripts. */
export const ATTEMPTS = 3;

/** What a consumer believes, which can differ from what Redis knows: an answer was lost, or its lease ran out. */
export interface Belief {
  holds: string[];
  /** Acknowledged, and no answer came. */
  unconfirmed: string[];
}

/** The whole protocol as plain lists: what Redis must hold after each move. */
export class Model {
  readonly queue: string[] = [];
  readonly held = new Map<string, string[]>();
  readonly attempts = new Map<string, number>();
  delayed: { message: string; due: boolean }[] = [];
  readonly dead: string[] = [];
  readonly leases = new Map<string, Lease>();
  /** Messages that have left Redis for a reason: acknowledged, dropped, or taken by a plain consumer. */
  readonly gone: string[] = [];
  readonly put: string[] = [];
  readonly consumers = new Map<string, Belief>();
  /** Counts what must be in order: deaths, and names of consumers. */
  order = 0;

  heldBy(name: string): string[] {
    let list = this.held.get(name);
    if (!list) this.held.set(name, (list = []));
    return list;
  }

  believed(name: string): Belief {
    const belief = this.consumers.get(name);
    if (!belief) throw new Error(`there is no consumer ${name}`);
    return belief;
  }

  take(name: string, count: number): string[] {
    const taken = this.queue.splice(0, count);
    this.heldBy(name).push(...taken);
    return taken;
  }

  /** False: it was not held. */
  acknowledge(name: string, message: string): boolean {
    if (!remove(this.heldBy(name), message)) return false;
    this.attempts.delete(message);
    this.gone.push(message);
    return true;
  }

  fail(name: string, message: string, delay: number): void {
    if (!remove(this.heldBy(name), message)) return;
    if (this.countFailure(message) >= ATTEMPTS) this.bury(message);
    else if (delay === 0) this.queue.unshift(message);
    else this.delayed.push({ message, due: false });
  }

  release(name: string, message: string): void {
    if (remove(this.heldBy(name), message)) this.queue.unshift(message);
  }

  settle(name: string, { holds, unconfirmed }: Belief): void {
    const keep = [...holds];
    const done = [...unconfirmed];
    const back: string[] = [];
    const kept: string[] = [];
    for (const message of this.heldBy(name)) {
      if (remove(keep, message)) kept.push(message);
      else if (remove(done, message)) {
        this.attempts.delete(message);
        this.gone.push(message);
      } else back.push(message);
    }
    this.held.set(name, kept);
    this.queue.unshift(...back);
  }

  recover(): void {
    for (const name of this.expired()) {
      const counted = new Map<string, number>();
      for (const message of this.heldBy(name).splice(0).reverse()) {
        const failures = counted.get(message) ?? this.countFailure(message);
        counted.set(message, failures);
        if (failures >= ATTEMPTS) this.bury(message);
        else this.queue.unshift(message);
      }
      if (this.leases.get(name)?.state === "past") this.leases.delete(name);
    }
    const due = this.delayed.filter((one) => one.due).map(({ message }) => message);
    this.delayed = this.delayed.filter((one) => !one.due);
    this.queue.unshift(...due);
  }

  /** Each message put is in one place: nothing is lost, and nothing is there twice. */
  everything(): string[] {
    const inWork = [...this.held.values()].flat();
    const later = this.delayed.map(({ message }) => message);
    return [...this.queue, ...inWork, ...later, ...this.dead, ...this.gone].sort();
  }

  private expired(): string[] {
    const rank = (lease: Lease) =>
      lease.state === "alive" ? Infinity : lease.order + (lease.state === "recent" ? 1e9 : 0);
    return [...this.leases]
      .filter(([, lease]) => lease.state !== "alive")
      .sort(([, a], [, b]) => rank(a) - rank(b))
      .map(([name]) => name);
  }

  private countFailure(message: string): number {
    const failures = (this.attempts.get(message) ?? 0) + 1;
    this.attempts.set(message, failures);
    return failures;
  }

  private bury(message: string): void {
    this.attempts.delete(message);
    this.dead.push(message);
  }
}

/** Removes the first that is equal; false where none is. */
export function remove(list: string[], message: string): boolean {
  const at = list.indexOf(message);
  if (at >= 0) list.splice(at, 1);
  return at >= 0;
}
