import { randomBytes } from "node:crypto";
import { disconnect, type RedisClient } from "../../queue/client.js";
import { connectTo, type ConnectionOptions } from "../../queue/connect.js";
import { HISTORY_COMMAND } from "../engines/embedded-history.js";
import { type ConnectedClient } from "./client-list.js";
import { type EventSource, type ObserveOptions } from "./event-source.js";
import { EmbeddedSource } from "./embedded-source.js";
import { OBSERVER_NAME, type RedisEvent } from "./event.js";
import { askWhoIsThere, LiveSource } from "./live-source.js";
import { listLists, type RedisList } from "./lists.js";
import { MonitorSilentError } from "./monitor.js";
import { readSlowLog } from "./slow-log.js";

export interface Observation {
  /** What was done, oldest first. */
  events: RedisEvent[];
  /** Since when events are known: from before (a history), from when the observer was opened, or not at all. */
  known: "history" | "live" | "nothing";
  /** It was to be watched, and MONITOR is not answered: only what is there now is seen. */
  isUnwatched: boolean;
  /** Who is connected now; not tq's own checks. */
  clients: ConnectedClient[];
  /** The lists that there are now, in all databases. */
  lists: RedisList[];
  /** INFO's redis_version. */
  version: string;
  /** Tells this very server process from others, whatever their addresses. */
  runId: string;
}

/** Looks at a Redis without changing anything in it. */
export class Observer implements Disposable {
  private constructor(
    private readonly client: RedisClient,
    private readonly name: string,
    readonly version: string,
    private readonly runId: string,
    private readonly source: EventSource | null,
    private readonly isUnwatched: boolean,
  ) {}

  /** Rejects with the error of the connection where no Redis answers. */
  static async open(connection: ConnectionOptions, options: ObserveOptions): Promise<Observer> {
    const client = await connectTo({ connectTimeout: 2000, ...connection, db: 0 })();
    try {
      const name = `${OBSERVER_NAME}${randomBytes(4).toString("hex")}`;
      await client.callBuffer("CLIENT", "SETNAME", name);
      const info = String(await client.callBuffer("INFO", "server"));
      const version = /redis_version:(\S+)/.exec(info)?.[1] ?? "";
      const runId = /run_id:(\w+)/.exec(info)?.[1] ?? "";
      const isEmbedded = /^os:mocked/m.test(info);
      const source = isEmbedded
        ? new EmbeddedSource(client, HISTORY_COMMAND, options)
        : // A cluster's nodes each tell only of themselves.
          options.live && !connection.cluster
          ? await LiveSource.open(connection, client, options.onChange).catch(unlessSilent)
          : null;
      return new Observer(client, name, version, runId, source, options.live && source === null);
    } catch (error) {
      disconnect(client);
      throw error;
    }
  }

  /** The connection is gone: nothing more is seen. */
  get isLost(): boolean {
    return this.client.status === "end" || this.client.status === "close" || (this.source?.isLost ?? false);
  }

  async look(): Promise<Observation> {
    const { all, connected } = await askWhoIsThere(this.client, this.name);
    const clients = all.filter(
      ({ name, command }) => !name.startsWith(OBSERVER_NAME) && command !== "MONITOR",
    );
    const remembered = this.source ? null : await readSlowLog(this.client);
    const events = this.source
      ? await this.source.read(this.name, connected)
      : [...(remembered ?? []), { kind: "clients" as const, time: remembered?.at(-1)?.time ?? 0, connected }];
    return {
      events,
      known:
        this.source instanceof EmbeddedSource || remembered ? "history" : this.source ? "live" : "nothing",
      isUnwatched: this.isUnwatched,
      clients,
      lists: await listLists(this.client),
      version: this.version,
      runId: this.runId,
    };
  }

  [Symbol.dispose](): void {
    this.source?.close();
    disconnect(this.client);
  }
}

/** Without a source it is looked at as it is. */
function unlessSilent(error: unknown): null {
  if (error instanceof MonitorSilentError) return null;
  throw error;
}
