import type * as Core from "js-redis-server/core";

/** Begins the turn of a command. */
type Begin = () => void;

/**
 * Whose command comes next in one database of the embedded server: as in Redis, who has waited longest for a message gets it, before
 * any command that came later. The server's own turns give it to the one that began to wait last, or to a newcomer.
 */
export class FairTurns implements Core.RedisTurnQueue {
  private readonly commands: Begin[] = [];
  /** Commands that waited, and may go on: with their place in the order in which they began to wait. */
  private woken: { place: number; begin: Begin }[] = [];
  private places = 0;
  private waiting = 0;
  private isTaken = false;
  private isPlanned = false;

  waitTurn(): Promise<Core.RedisTurnHandle> {
    return this.take((begin) => this.commands.push(begin));
  }

  private take(add: (begin: Begin) => void): Promise<Core.RedisTurnHandle> {
    return new Promise((resolve) => {
      add(() => {
        resolve(this.handle());
      });
      if (!this.isPlanned) this.next();
    });
  }

  private handle(): Core.RedisTurnHandle {
    let isOver = false;
    const release = (): void => {
      if (isOver) return;
      isOver = true;
      this.isTaken = false;
      this.plan();
    };
    const suspend = async (waitFor: Promise<unknown>): Promise<Core.RedisTurnHandle> => {
      const place = this.places;
      this.places += 1;
      this.waiting += 1;
      release();
      await waitFor;
      this.waiting -= 1;
      return await this.take((begin) => this.woken.push({ place, begin }));
    };
    return { release, suspend };
  }

  /** What was written may wake some who wait: they are all awake when what is at hand has been run. */
  private plan(): void {
    if (this.waiting === 0) {
      this.next();
      return;
    }
    if (this.isPlanned) return;
    this.isPlanned = true;
    setImmediate(() => {
      this.isPlanned = false;
      this.next();
    });
  }

  private next(): void {
    if (this.isTaken) return;
    const [first] = this.woken.sort((a, b) => a.place - b.place);
    if (first) this.woken = this.woken.filter((one) => one !== first);
    const begin = first?.begin ?? this.commands.shift();
    this.isTaken = begin !== undefined;
    begin?.();
  }
}
