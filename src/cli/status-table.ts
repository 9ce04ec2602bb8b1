import { type ConsumerStatus, type QueueStatus } from "../queue/queue-status.js";
import { type Look } from "../report/text.js";
import { countMessages, groupDigits } from "./count-messages.js";
import { sparkline } from "./terminal/sparkline.js";

/** How many of the last lengths are drawn. */
export const HISTORY = 12;

/** The lengths that each queue had, the oldest first. */
export type Histories = ReadonlyMap<string, readonly number[]>;

const HEAD = ["waiting", "in work", "delayed", "dead", "done/s"];

/** A row for each queue, and below it one for each consumer in reliable mode. `histories` adds a column of bars. */
export function formatStatus(
  queues: readonly QueueStatus[],
  now: Date,
  look: Look,
  histories?: Histories,
): string[] {
  const rows = queues.map(({ waiting, inWork, delayed, dead, rate }) => [
    ...[waiting, inWork, delayed, dead].map(groupDigits),
    rate === null ? "-" : rate.toFixed(1),
  ]);
  const widths = HEAD.map((head, n) => Math.max(head.length, ...rows.map((row) => row[n]?.length ?? 0)));
  const join = (cells: readonly string[]) => cells.map((cell, n) => cell.padStart(widths[n] ?? 0)).join("  ");
  const bars = (text: string) => (histories ? `  ${text.padEnd(HISTORY)}` : "");
  return [
    `${join(HEAD)}${bars("lately")}  queue`,
    ...queues.flatMap((queue, n) => [
      `${join(rows[n] ?? [])}${bars(sparkline(histories?.get(queue.name) ?? []))}  ${look.clean(queue.name)}`,
      ...queue.consumers.map((consumer) => `    ${look.clean(describeConsumer(consumer, now))}`),
    ]),
  ];
}

/** The same as a sentence, for lines that follow each other. */
export function describeStatus({ name, waiting, inWork, delayed, dead, rate }: QueueStatus): string {
  const counts = `${groupDigits(waiting)} waiting, ${groupDigits(inWork)} in work, ${groupDigits(delayed)} delayed, ${groupDigits(dead)} dead`;
  return `${name}: ${counts}${rate === null ? "" : `, ${rate.toFixed(1)} done a second`}`;
}

function describeConsumer({ name, alive, holds, since, rate }: ConsumerStatus, now: Date): string {
  const time = since ? ` for ${showDuration(now.getTime() - since.getTime())}` : "";
  if (!alive) {
    return `${name}  is dead and held ${countMessages(holds)}${time}: back in the queue at the next look of a consumer, or by tq recover`;
  }
  if (holds === 0) return `${name}  waits; ${rate.toFixed(1)} done/s`;
  return `${name}  has ${countMessages(holds)} in work${time}; ${rate.toFixed(1)} done/s`;
}

function showDuration(milliseconds: number): string {
  const seconds = Math.max(Math.round(milliseconds / 1000), 0);
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
