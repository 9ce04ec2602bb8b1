/** What happened on the reliable side of a queue, told by the consumer that saw it. */
export type ReliableEvent =
  /** It failed, and comes again after `delay` seconds. `failures` counts this one. */
  | { type: "retried"; bytes: Buffer; reason: string; failures: number; delay: number }
  /** It has failed for good, and is a dead letter now. */
  | { type: "dead"; id: string; bytes: Buffer; reason: string; failures: number; consumer: string }
  /** Messages of a consumer whose lease had run out are back at the head of the queue. */
  | { type: "recovered"; consumer: string; count: number }
  /** This consumer was done with a message that was no longer its own: another does it, or has done it, again. */
  | { type: "refused"; bytes: Buffer };

export type OnEvent = (event: ReliableEvent) => void;
