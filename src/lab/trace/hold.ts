/** A message in the hands of one consumer. Times are seconds since 1970, by Redis' clock. */
export interface Hold {
  db: number;
  /** The queue's key. */
  key: string;
  /** Null where it was there before anything was observed. */
  message: Buffer | null;
  /** Of reliable delivery: the name that it gave itself. Of plain delivery: its address. */
  consumer: string;
  reliable: boolean;
  time: number;
  /**
   * `back`: it went back to the queue because the consumer's lease was over. `given`: the consumer itself gave it
   * back. `gone`: taken for good, as plain consumers do.
   */
  outcome: "held" | "done" | "back" | "given" | "failed" | "gone";
  /** It was acknowledged when it had gone back already. */
  late: boolean;
}

/** The holds of one message that went back, and who took it then. */
export interface Return {
  from: Hold;
  to: Hold;
}

/** Of the holds, in their order: what went back from one consumer and was taken by another. */
export function findReturns(holds: readonly Hold[]): Return[] {
  return holds.flatMap((from, index) => {
    if (from.outcome !== "back") return [];
    const to = holds.find((one, n) => n > index && isSame(one, from) && one.consumer !== from.consumer);
    return to ? [{ from, to }] : [];
  });
}

function isSame(one: Hold, other: Hold): boolean {
  return (
    one.db === other.db &&
    one.key === other.key &&
    one.message !== null &&
    other.message !== null &&
    one.message.equals(other.message)
  );
}
