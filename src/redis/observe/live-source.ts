import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { type RedisClient } from "../../queue/client.js";
import { type ConnectionOptions } from "../../queue/connect.js";
import { type ConnectedClient, listClients } from "./client-list.js";
import { type CommandEvent, OBSERVER_NAME, Observers, type RedisEvent } from "./event.js";
import { openMonitor } from "./monitor.js";
import { type EventSource } from "./event-source.js";
import { readSlowLog } from "./slow-log.js";

/** Milliseconds that the monitor has for telling what the command connection has been answered already. */
const PATIENCE = 5000;

/** Milliseconds between two looks at who is connected: MONITOR does not tell that a connection ended. */
const PAUSE = 250;

/** As many events are kept; of a busy Redis the oldest are forgotten. */
const MOST = 20_000;

/** MONITOR from when it was opened, after what the slow log remembers. */
export class LiveSource implements EventSource {
  private readonly events: RedisEvent[] = [];
  private readonly observers = new Observers();
  private monitor: Disposable | undefined;
  private lost: unknown;
  private readonly waiting = new Set<() => void>();
  private readonly closed = new AbortController();

  private constructor(private readonly onChange: (() => void) | undefined) {}

  static async open(
    connection: ConnectionOptions,
    client: RedisClient,
    onChange: (() => void) | undefined,
  ): Promise<LiveSource> {
    const source = new LiveSource(onChange);
    // What the slow log has was done before the monitor tells anything: what both tell is told once.
    const before = await readSlowLog(client);
    for (const { address, name } of await listClients(client)) {
      if (name.startsWith(OBSERVER_NAME)) source.observers.add(address);
    }
    source.monitor = await openMonitor(
      connection,
      (event) => {
        source.note(event);
      },
      (reason) => {
        source.lost = reason ?? new Error("the connection that watches was closed");
        onChange?.();
        source.wake();
      },
    );
    source.events.unshift(...(before ?? []), ...(await findWaiting(client, before ?? [])));
    // A connection that is lost is told by whoever reads.
    void source.noteWhoIsThere(client).catch(() => undefined);
    return source;
  }

  get isLost(): boolean {
    return this.lost !== undefined;
  }

  /** The monitor is another connection: it may tell later what was done before. */
  async read(observer: string, connected: ReadonlySet<string>): Promise<RedisEvent[]> {
    const deadline = performance.now() + PATIENCE;
    for (;;) {
      if (this.lost !== undefined) throw this.lost as Error;
      const mark = this.events.findIndex((event) => isMark(event, observer));
      const time = this.events[mark]?.time;
      if (time !== undefined) {
        this.events.splice(mark, 1, { kind: "clients", time, connected });
        const before = this.events[mark - 1];
        if (before?.kind === "clients" && isSame(before.connected, connected))
          this.events.splice(mark - 1, 1);
        return this.events.slice();
      }
      if (performance.now() > deadline) throw new Error("MONITOR does not tell what was done");
      await new Promise<void>((resolve) => {
        this.waiting.add(resolve);
        setTimeout(resolve, 100);
      });
    }
  }

  close(): void {
    this.closed.abort();
    this.monitor?.[Symbol.dispose]();
  }

  private note(event: CommandEvent): void {
    // What is noted of a check is its mark; it must not make the next check think that something changed.
    const own = this.observers.did(event);
    if (own && event.name !== "PING") return;
    this.events.push(event);
    if (this.events.length > MOST) this.events.splice(0, MOST / 2);
    if (own) this.wake();
    else this.onChange?.();
  }

  /** Again and again, until it is closed. */
  private async noteWhoIsThere(client: RedisClient): Promise<never> {
    const mark = `${OBSERVER_NAME}${randomBytes(4).toString("hex")}`;
    for (;;) {
      await delay(PAUSE, undefined, { signal: this.closed.signal });
      const { connected } = await askWhoIsThere(client, mark);
      await this.read(mark, connected);
    }
  }

  private wake(): void {
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }
}

/** Who waits already, as if the wait began now: what each waits for is what it waited for the last time. */
async function findWaiting(client: RedisClient, before: readonly CommandEvent[]): Promise<CommandEvent[]> {
  const clients = await listClients(client);
  return clients.flatMap(({ address, blocked, command }) => {
    const last = before.findLast((event) => event.client === address && event.name === command);
    return blocked && last ? [{ ...last, told: "issued" as const }] : [];
  });
}

/** Who is connected; a mark, in the same write, says to MONITOR when that was: it leaves out CLIENT LIST itself. */
export async function askWhoIsThere(
  client: RedisClient,
  mark: string,
): Promise<{ all: ConnectedClient[]; connected: ReadonlySet<string> }> {
  const [all] = await Promise.all([listClients(client), client.callBuffer("PING", mark)]);
  return { all, connected: new Set(all.map(({ address }) => address)) };
}

function isSame(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((address) => other.has(address));
}

function isMark(event: RedisEvent, observer: string): boolean {
  return event.kind === "command" && event.name === "PING" && String(event.args[0]) === observer;
}
