import { setTimeout as delay } from "node:timers/promises";
import { vi } from "vitest";
import { disconnect, type RedisClient } from "../../../src/queue/client.js";
import { connectTo, type ConnectionOptions } from "../../../src/queue/connect.js";
import { HotQueue } from "../../../src/queue/hot-queue.js";
import { readQueueStatus } from "../../../src/queue/queue-status.js";

export const MESSAGES = 10_000;

/** Puts under way at the same time. */
const LANES = 16;

export interface Streaming {
  connection: ConnectionOptions;
  /** To look on afterwards: what `connection` names may be dead. */
  look?: ConnectionOptions;
  name: string;
  reliable: boolean;
  /** Count a put only when one replica has said that it has it (WAIT), not already when the master has. */
  wait?: boolean;
  /** Called once, when a third of the messages is put. Until it has resolved the consumer takes no other message. */
  kill: () => Promise<void>;
}

/** Milliseconds between two puts of a lane, so that the stream lasts for a second or two. */
const PACE = 2;

/** What became of the messages, each a number; milliseconds where it says so. */
export interface Seen {
  confirmed: number;
  /** Put, and not confirmed; they were not put again. */
  unknown: number;
  unknownButThere: number;
  lost: number;
  /** Of those that were put after the producer went on. */
  lostLater: number;
  doubled: number;
  /** From the kill until the producer goes on. */
  outageMs: number;
  /** Times that the consumer said that the connection is lost. */
  losses: number;
}

/** Streams the messages from one producer to one consumer while the master is killed, and counts. */
export async function streamThrough(streaming: Streaming): Promise<Seen> {
  const { connection, name, reliable, wait, kill } = streaming;
  const producers = Array.from({ length: LANES }, () => openProducer(connection, name));
  const states: string[] = [];
  const onConnection = (state: string) => void states.push(state);
  await using consumer = new HotQueue<string>(name, {
    ...connection,
    serializer: "text",
    reliable,
    lease: 3,
    onConnection,
  });
  const times = new Map<string, number>();
  let killing: Promise<void> | undefined;
  const stop = new AbortController();
  const consumed = (async () => {
    for await (const item of consumer.consume({ signal: stop.signal })) {
      times.set(item, (times.get(item) ?? 0) + 1);
      await killing;
    }
  })();

  const confirmed = new Set<string>();
  const unknown = new Set<string>();
  const later = new Set<string>();
  let next = 0;
  let killedAt: number | undefined;
  let wentOnAt: number | undefined;
  const lane = async ({ queue, client }: Producer) => {
    while (next < MESSAGES) {
      const item = String(next++);
      const whole = wentOnAt !== undefined;
      if (killedAt === undefined && next > MESSAGES / 3) {
        killedAt = performance.now();
        killing = kill();
      }
      try {
        await queue.put(item);
        if (wait) await untilReplicated(client());
        confirmed.add(item);
        if (whole) later.add(item);
      } catch {
        unknown.add(item);
        await untilItAnswers(queue, () => (wait ? untilReplicated(client()) : undefined));
        wentOnAt ??= performance.now();
      }
      await delay(PACE);
    }
  };
  await Promise.all(producers.map(lane));
  await Promise.all(producers.map(({ queue }) => queue.close()));

  const look = connectTo(streaming.look ?? connection);
  await vi.waitFor(
    async () => {
      const client = await look();
      const { waiting, inWork, delayed } = await readQueueStatus(client, name).finally(() => {
        disconnect(client);
      });
      if (waiting + inWork + delayed > 0) throw new Error(`${waiting} wait, ${inWork} are in work`);
    },
    { timeout: 30_000, interval: 100 },
  );
  stop.abort();
  await consumed;

  const missing = (items: Set<string>) => [...items].filter((item) => !times.has(item)).length;
  return {
    confirmed: confirmed.size,
    unknown: unknown.size,
    unknownButThere: unknown.size - missing(unknown),
    lost: missing(confirmed),
    lostLater: missing(later),
    doubled: [...times.values()].filter((count) => count > 1).length,
    outageMs: Math.round((wentOnAt ?? NaN) - (killedAt ?? NaN)),
    losses: states.filter((state) => state === "lost").length,
  };
}

interface Producer {
  queue: HotQueue<string>;
  /** The connection that the last put went over. */
  client: () => RedisClient | undefined;
}

function openProducer(connection: ConnectionOptions, name: string): Producer {
  let client: RedisClient | undefined;
  const open = connectTo(connection);
  const connect = async () => (client = await open());
  return { queue: new HotQueue<string>(name, { serializer: "text", connect }), client: () => client };
}

/** Rejects where no replica says within 200 ms that it has all that this connection has written. */
async function untilReplicated(client: RedisClient | undefined): Promise<void> {
  const replicas = Number(await client?.callBuffer("WAIT", 1, 200));
  if (!(replicas >= 1)) throw new Error("no replica has it");
}

/** A producer that goes on after a failed put, by its own decision: with the next message, once Redis is well. */
async function untilItAnswers(queue: HotQueue<string>, check: () => unknown): Promise<void> {
  for (;;) {
    try {
      await queue.length();
      await check();
      return;
    } catch {
      await delay(50);
    }
  }
}
