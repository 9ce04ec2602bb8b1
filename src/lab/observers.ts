import { type ConnectionOptions } from "../queue/connect.js";
import { type Observation, Observer } from "../redis/observe/observer.js";

/**
 * Looks at Redis servers. While it watches, the first look at one opens connections that stay, and that see all
 * that happens there from then on.
 */
export class Observers implements Disposable {
  private readonly open = new Map<string, Observer>();

  /** With `onChange` it watches, and tells when something was done. What happened up to `since` is left out. */
  constructor(
    private readonly onChange?: () => void,
    private readonly since = -Infinity,
  ) {}

  /** Rejects with the error of the connection where no Redis answers. */
  async look(connection: ConnectionOptions): Promise<Observation> {
    if (!this.onChange) {
      using observer = await Observer.open(connection, { live: false });
      return this.leaveOut(await observer.look());
    }
    const { path, host = "", port = "", sentinel, cluster } = connection;
    const address = path ?? JSON.stringify([host, port, sentinel, cluster]);
    const known = this.open.get(address);
    if (known && !known.isLost) return this.leaveOut(await known.look());
    known?.[Symbol.dispose]();
    this.open.delete(address);
    const observer = await Observer.open(connection, { live: true, onChange: this.onChange });
    this.open.set(address, observer);
    return this.leaveOut(await observer.look());
  }

  /** Who waits since before that time still waits. */
  private leaveOut(seen: Observation): Observation {
    if (this.since === -Infinity) return seen;
    const waiting = new Set(seen.clients.filter(({ blocked }) => blocked).map(({ address }) => address));
    const isLast = (client: string, n: number): boolean =>
      !seen.events.slice(n + 1).some((event) => event.kind === "command" && event.client === client);
    const events = seen.events.filter(
      (event, n) =>
        event.time > this.since ||
        (event.kind === "command" && waiting.has(event.client) && isLast(event.client, n)),
    );
    return { ...seen, events };
  }

  [Symbol.dispose](): void {
    for (const observer of this.open.values()) observer[Symbol.dispose]();
    this.open.clear();
  }
}
