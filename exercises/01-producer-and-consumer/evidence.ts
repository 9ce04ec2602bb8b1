import {
  type Delivery,
  endedOfQuiet,
  type Place,
  type Put,
  type QueueTrace,
  readMessage,
  type Traffic,
} from "../../src/course/authoring.js";

/** How HotQueue begins its keys. */
const PREFIX = "hotqueue:";

/** Messages that the exercise asks for, at least. */
export const ENOUGH = 3;

export interface Evidence extends Traffic {
  /** The queue that most happened on; null where nothing happened on any. */
  queue: QueueTrace | null;
}

export function findQueue(traffic: Traffic): Evidence {
  const activity = (trace: QueueTrace): number =>
    1000 * exchanges(trace).length +
    10 * trace.deliveries.length +
    trace.puts.length +
    trace.waiting.length +
    trace.length;
  const [queue = null] = traffic.traces
    .filter((trace) => isQueue(trace) && activity(trace) > 0)
    .sort((a, b) => activity(b) - activity(a));
  return { ...traffic, queue };
}

export function isQueue({ key }: { key: string }): boolean {
  return key.startsWith(PREFIX);
}

/** "queue" for hotqueue:queue. */
export function nameOf({ key }: { key: string }): string {
  return key.slice(PREFIX.length);
}

/** Such as: queue "queue" in database 1. */
export function describeQueue(trace: { key: string; db: number }): string {
  return `queue "${nameOf(trace)}" in database ${trace.db}`;
}

/** Messages that one client put and another took. */
export function exchanges({ deliveries }: QueueTrace): Delivery[] {
  return deliveries.filter(({ put, taker }) => put !== null && put.client !== taker);
}

/** The line that makes a queue object; a consumer made by it waits as long as it takes. */
export function queueLine({ host, port }: Pick<Place, "host" | "port">, name = "queue", db = 1): string {
  return `q = HotQueue("${name}", host="${host}", port=${port}, db=${db}, socket_timeout=None)`;
}

/** Where the consumer has ended for want of messages: why, and what to write. */
export function explainQuiet(trace: QueueTrace, place: Place): { cause: string; next: string } | null {
  const ended = endedOfQuiet(trace);
  if (!ended) return null;
  return {
    cause: `after ${ended.waited.toFixed(0)} s without a message redis for Python gave up the wait, as it does from version 8 on`,
    next: `${queueLine(place, nameOf(trace), trace.db)}   and the loop again: for item in q.consume(): print(item)`,
  };
}

/** Who takes from it, or waits to. */
export function consumersOf({ deliveries, waiting }: QueueTrace): Set<string> {
  return new Set([...deliveries.map(({ taker }) => taker), ...waiting]);
}

export function countMessages(puts: readonly Put[]): number {
  return puts.reduce((sum, { count }) => sum + count, 0);
}

export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}

/** Messages as far as they are known: those put, and those that wait. */
function messagesOf({ puts, head }: QueueTrace): Buffer[] {
  return [...puts.flatMap(({ messages }) => messages), ...head];
}

/** A list that was put as one message, as Python shows it; null where there is none. */
export function findListInOne(trace: QueueTrace): string | null {
  for (const bytes of messagesOf(trace)) {
    const reading = readMessage(bytes);
    if (reading.form === "pickle" && Array.isArray(reading.value) && reading.value.length > 1)
      return reading.shown;
  }
  return null;
}

/** A message that HotQueue cannot read, as text; null where there is none. */
export function findPlainText(trace: QueueTrace): string | null {
  for (const bytes of messagesOf(trace)) {
    const reading = readMessage(bytes);
    if (reading.form !== "pickle") return reading.shown;
  }
  return null;
}
