/** What became of a queue: who put what, who took it, who looked. Times are seconds since 1970, by Redis' clock. */
export interface QueueTrace {
  db: number;
  key: string;
  puts: Put[];
  /** In the order in which they were taken. */
  deliveries: Delivery[];
  lengthsRead: LengthRead[];
  /** Clients that wait for a message now. */
  waiting: string[];
  /** Clients that went while they waited, and after how many seconds, as far as that is known; the last one last. */
  left: { client: string; waited: number }[];
  /** How many messages are in it now. */
  length: number;
  /** Its first messages now. */
  head: readonly Buffer[];
}

export interface Put {
  /** Its place in the order of everything that was observed. */
  order: number;
  time: number;
  client: string;
  /** The messages, as far as the source tells them: long ones and long lists are cut. */
  messages: readonly Buffer[];
  count: number;
  /** Somebody waited for them. */
  awaited: boolean;
}

export interface Delivery {
  order: number;
  /** Null for a message that was there before anything was observed. */
  put: Put | null;
  /** Its position among the messages of its put. */
  position: number;
  taker: string;
  /** The command that took it, such as BLPOP. */
  by: string;
  /** As `CommandEvent` has it: of a take that was told when it was served it is not known whether more was asked for. */
  told: "issued" | "served";
  /** The taker waited when it was put. */
  awaited: boolean;
  /** When it was taken. */
  takenAt: number;
  /** When the taker was last known to be connected, not having asked for anything since it took this. */
  thereUntil: number;
  /** When the taker was done with it and asked for more; null while it is not, or where the source does not tell. */
  doneAt: number | null;
}

interface LengthRead {
  order: number;
  client: string;
  length: number;
}

/** Seconds from the put until the taker asked for the next one; null where it is not known. */
export function delayOf({ put, doneAt }: Delivery): number | null {
  return put && doneAt !== null ? doneAt - put.time : null;
}
