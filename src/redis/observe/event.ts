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
  /** Seconds since 1970 by Redis' clock. */
  time: number;
  connected: ReadonlySet<string>;
}

/** A connection ended. */
interface EndEvent {
  kind: "end";
  /** Seconds since 1970 by Redis' clock. */
  time: number;
  client: string;
}

/** One kind of evidence from every source, in the order in which Redis did it. */
export type RedisEvent = CommandEvent | ClientsEvent | EndEvent;

/** How the names of a check's own connections begin, so that they are not taken for a student's. */
export const OBSERVER_NAME = "tq-check-";

/** Knows tq's own checks among the clients: by the name that each gives itself, before it does anything else. */
export class Observers {
  private readonly addresses = new Set<string>();

  /** A connection that introduced itself before anything was observed. */
  add(address: string): void {
    this.addresses.add(address);
  }

  /** True for what a check did. Events come in their order. */
  did(event: RedisEvent): boolean {
    if (event.kind !== "command") return false;
    if (isIntroduction(event)) this.addresses.add(event.client);
    return this.addresses.has(event.client);
  }
}

function isIntroduction({ name, args: [subcommand, given] }: CommandEvent): boolean {
  return (
    name === "CLIENT" && /^setname$/i.test(String(subcommand)) && String(given).startsWith(OBSERVER_NAME)
  );
}
