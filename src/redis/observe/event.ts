/** A command that a client sent, as far as its source tells. */
export interface CommandEvent {
  kind: "command";
  /** Seconds since 1970 by Redis' clock; the slow log has whole ones. */
  time: number;
  /** The client's address, such as 127.0.0.1:56146. */
  client: string;
  /** Null where the source does not tell it. */
  db: number | null;
  /** The command in upper case. */
  name: string;
  args: readonly Buffer[];
  /**
   * A blocking command is told when it is issued (MONITOR, the embedded engine) or when it has been served (the
   * slow log).
   */
  told: "issued" | "served";
}

/** Which clients were connected at this point of the order: all others have gone. */
interface ClientsEvent {
  kind: "clients";
  connected: ReadonlySet<string>;
}

/** A connection ended. */
interface EndEvent {
  kind: "end";
  client: string;
}

/** One kind of evidence from every source, in the order in which Redis did it. */
export type RedisEvent = CommandEvent | ClientsEvent | EndEvent;

/** How the names of a check's own connections begin, so that they are not taken for a student's. */
export const OBSERVER_NAME = "tq-check-";

/** Leaves out what tq's checks did themselves. */
export function withoutObservers(events: readonly RedisEvent[]): RedisEvent[] {
  const observers = new Set<string>();
  for (const event of events) if (isIntroduction(event)) observers.add(event.client);
  return events.filter((event) => event.kind !== "command" || !observers.has(event.client));
}

function isIntroduction(event: RedisEvent): event is CommandEvent {
  if (event.kind !== "command" || event.name !== "CLIENT") return false;
  const [subcommand, name] = event.args;
  return /^setname$/i.test(String(subcommand)) && String(name).startsWith(OBSERVER_NAME);
}
