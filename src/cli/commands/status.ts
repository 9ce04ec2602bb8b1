import { setTimeout as delay } from "node:timers/promises";
import { type RedisClient, disconnect } from "../../queue/client.js";
import { WrongTypeError } from "../../queue/errors.js";
import { listQueueNames } from "../../queue/list-queues.js";
import { type QueueStatus, readQueueStatus } from "../../queue/queue-status.js";
import { type Target } from "../../redis/target.js";
import { type CommandModule } from "../command.js";
import { type Context } from "../context.js";
import { noQueues, withRedis } from "../open-queue.js";
import { seconds } from "../options.js";
import { describeStatus, formatStatus, HISTORY } from "../status-table.js";
import { lookFor } from "../terminal/look.js";

interface StatusOptions {
  watch?: boolean;
  interval: number;
}

/** Seconds between two looks, at the least: a look is a script that Redis runs for each queue. */
const SHORTEST = 0.1;

export const status: CommandModule = {
  define: (command) =>
    command
      .argument("[queue...]", "names of queues (default: all)")
      .option("--watch", "look again and again, until Ctrl-C")
      .option("--interval <seconds>", "between two looks", seconds, 1),

  note: "Who works on what is known of consumers with --reliable or --exec; others leave no trace in Redis.",

  run: (context, { watch = false, interval }: StatusOptions, names: string[]) =>
    withRedis(context, async (connect, target) => {
      const client = await connect();
      try {
        const read = () => readAll(client, names);
        if (watch) await watchAll(context, target, read, Math.max(interval, SHORTEST));
        else await showOnce(context, target, await read());
      } finally {
        disconnect(client);
      }
      return 0;
    }),
};

/** Among all queues a key that only looks like one is left out; one that was asked for is an error. */
async function readAll(client: RedisClient, names: readonly string[]): Promise<QueueStatus[]> {
  if (names.length > 0) return Promise.all(names.map((name) => readQueueStatus(client, name)));
  const found = await listQueueNames(client);
  const read = found.map((name) =>
    readQueueStatus(client, name).catch((error: unknown) => {
      if (error instanceof WrongTypeError) return null;
      throw error;
    }),
  );
  return (await Promise.all(read)).filter((one) => one !== null);
}

async function showOnce(context: Context, target: Target, queues: readonly QueueStatus[]): Promise<void> {
  const { out, notes, settings } = context;
  if (settings.json) for (const queue of queues) await out.line(JSON.stringify(queue));
  else if (queues.length > 0) {
    for (const line of formatStatus(queues, new Date(), lookFor(context))) await out.styled(line);
  }
  if (queues.length === 0) notes.say(noQueues(target));
}

/** On a terminal one picture that is drawn anew; else a line for each queue that has changed. */
async function watchAll(
  context: Context,
  target: Target,
  read: () => Promise<QueueStatus[]>,
  interval: number,
): Promise<void> {
  const { out, settings, signal } = context;
  const histories = new Map<string, number[]>();
  const shown = new Map<string, string>();
  let drawn = 0;
  while (!signal.aborted) {
    const queues = await read();
    if (settings.json || settings.plain || !out.isTerminal) {
      for (const queue of queues) {
        const line = settings.json ? JSON.stringify(queue) : lookFor(context).clean(describeStatus(queue));
        if (shown.get(queue.name) !== line) await out.line(line);
        shown.set(queue.name, line);
      }
    } else {
      for (const { name, waiting } of queues) {
        histories.set(name, [...(histories.get(name) ?? []), waiting].slice(-HISTORY));
      }
      const lines = formatStatus(queues, new Date(), lookFor(context), histories);
      const picture = fit(
        queues.length > 0 ? lines : [noQueues(target)],
        out.columns,
        out.terminal.rows ?? 24,
      );
      const back = drawn > 0 ? `\u001b[${drawn}A` : "";
      await out.write(`${back}${picture.map((line) => `\r\u001b[K${line}\n`).join("")}\u001b[J`);
      drawn = picture.length;
    }
    await delay(interval * 1000, undefined, { signal }).catch(() => undefined);
  }
}

/** Lines that neither wrap nor scroll, so that the picture can be drawn over itself. */
function fit(lines: readonly string[], columns: number, rows: number): string[] {
  const room = Math.max(rows - 2, 1);
  const cut = lines
    .slice(0, room)
    .map((line) => (line.length > columns ? `${line.slice(0, columns - 1)}…` : line));
  return lines.length > room ? [...cut, `… and ${lines.length - room} lines more`] : cut;
}
