import { type ConnectionOptions } from "../queue/connect.js";
import { type Observation, Observer } from "../redis/observe/observer.js";

/**
 * Looks at Redis servers. While it watches, the first look at one opens connections that stay, and that see all
 * that happens there from then on.
 */
export class Observers implements Disposable {
  private readonly open = new Map<string, Observer>();

  /** With `onChange` it watches, and tells when something was done. */
  constructor(private readonly onChange?: () => void) {}

  /** Rejects with the error of the connection where no Redis answers. */
  async look(connection: ConnectionOptions): Promise<Observation> {
    if (!this.onChange) {
      using observer = await Observer.open(connection, { live: false });
      return await observer.look();
    }
    const address = connection.path ?? `${connection.host ?? ""}:${connection.port ?? ""}`;
    const known = this.open.get(address);
    if (known && !known.isLost) return known.look();
    known?.[Symbol.dispose]();
    this.open.delete(address);
    const observer = await Observer.open(connection, { live: true, onChange: this.onChange });
    this.open.set(address, observer);
    return observer.look();
  }

  [Symbol.dispose](): void {
    for (const observer of this.open.values()) observer[Symbol.dispose]();
    this.open.clear();
  }
}
