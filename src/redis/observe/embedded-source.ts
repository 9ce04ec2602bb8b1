import { type RedisClient } from "../../queue/client.js";
import { type HistoryEntry } from "../engines/embedded-history.js";
import { Observers, type RedisEvent } from "./event.js";
import { type EventSource, type ObserveOptions } from "./event-source.js";

/** Milliseconds between two looks whether something was done. */
const PAUSE = 100;

/** The embedded engine remembers what was done; it is asked again and again where changes are waited for. */
export class EmbeddedSource implements EventSource {
  private readonly events: RedisEvent[] = [];
  private readonly observers = new Observers();
  readonly isLost = false; // its connection is the observer's
  private next = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly client: RedisClient,
    private readonly command: string,
    { live, onChange }: ObserveOptions,
  ) {
    if (!live || !onChange) return;
    this.timer = setInterval(() => {
      void this.fetch().then((some) => {
        if (some) onChange();
      }, onChange);
    }, PAUSE);
  }

  async read(): Promise<RedisEvent[]> {
    await this.fetch();
    return [...this.events];
  }

  close(): void {
    clearInterval(this.timer);
  }

  /** True if there was something new. */
  private async fetch(): Promise<boolean> {
    const reply = String(await this.client.callBuffer(this.command, this.next));
    const entries = (JSON.parse(reply) as HistoryEntry[]).filter(({ id }) => id >= this.next);
    this.next = (entries.at(-1)?.id ?? this.next - 1) + 1;
    const events = entries.map(toEvent).filter((event) => !this.observers.did(event));
    this.events.push(...events);
    return events.some(({ kind }) => kind === "command");
  }
}

function toEvent({ time, client, db, words }: HistoryEntry): RedisEvent {
  const [command, ...args] = words;
  if (command === undefined) return { kind: "end", time, client };
  return {
    kind: "command",
    time,
    client,
    db,
    name: command.toUpperCase(),
    args: args.map((arg) => Buffer.from(arg, "latin1")),
    told: "issued",
  };
}
