import fc from "fast-check";
import { expect, it } from "vitest";
import { HotQueue } from "../../../src/queue/hot-queue.js";
import { UnreadableMessageError } from "../../../src/queue/errors.js";
import { SerializationError } from "../../../src/queue/serializers/serializer.js";
import { describeValue, formatValue } from "../../../src/queue/values/value-form.js";
import { describeWith } from "../../support/suite/needs.js";
import { useClient, useRedisServer } from "../../support/redis/redis-server.js";
import { useTq } from "../../support/command-line/tq.js";
import { payloads } from "../arbitraries/payloads.js";
import { expectCivil } from "./civil.js";
import { fuzz, type Tally } from "./fuzz.js";

const NAMES = ["pickle", "json", "text"] as const;

/** Payloads that are on the queue at once. */
const BATCH = 500;

/** Milliseconds in which one message must be read or refused; a loaded machine takes its part. */
const EACH = 2000;

/** `runs` payloads of each serializer through the library, and `batches` of a hundred through the command. */
export function describePayloads({ runs, batches }: { runs: number; batches: number }): void {
  describeWith("redis", "fuzzed payloads", () => {
    const redis = useRedisServer();
    const client = useClient(redis);
    const tq = useTq();

    it.each(NAMES)("consumed by the library as %s", { timeout: 3_600_000 }, async (name) => {
      const size = Math.min(BATCH, runs);
      const batch = fc.array(payloads[name], { minLength: size, maxLength: size });
      const queue = new HotQueue("queue", { port: redis().port, db: 1, serializer: name });
      try {
        await fuzz(
          `payloads as ${name}, ${size} at a time, by the library`,
          batch,
          Math.ceil(runs / size),
          (all, tally) => consumeAll(queue, all, tally),
        );
      } finally {
        await queue.close();
      }
    });

    async function consumeAll(queue: HotQueue, all: readonly Buffer[], tally: Tally): Promise<void> {
      await client().del(queue.key);
      await client().rpush(queue.key, ...all);
      let taken = 0;
      for await (const message of queue.messages({ timeout: 1 })) {
        const sent = all[taken];
        taken += 1;
        expect(sent?.equals(message.bytes)).toBe(true);
        tally.count(await tally.within(EACH, () => read(message.bytes, () => message.value)));
        if (taken === all.length) break;
      }
      expect(taken).toBe(all.length);
      expect(await client().llen(queue.key)).toBe(0);
    }

    it.each(NAMES)("shown and consumed by the command as %s", { timeout: 3_600_000 }, async (name) => {
      const batch = fc.array(payloads[name], { minLength: 100, maxLength: 100 });
      const env = { TQ_REDIS_URL: redis().url };
      const options = ["--serializer", name];
      await fuzz(
        `payloads as ${name}, 100 at a time, by tq peek and consume`,
        batch,
        batches,
        async (all, tally) => {
          await client().del("hotqueue:queue");
          await client().rpush("hotqueue:queue", ...all);
          const peeked = await tally.within(30_000, () => tq.run(["peek", "100", ...options], { env }));
          expectCivil(peeked, [0, 1]);
          // What cannot be read stays at the head, and is the reason why consume ends.
          for (const form of [[], ["--json"]]) {
            const before = await client().llen("hotqueue:queue");
            const args = ["consume", "--max", String(before), ...options, ...form];
            const ended = await tally.within(30_000, () => tq.run(args, { env }));
            expectCivil(ended, [0, 1]);
            const left = await client().llen("hotqueue:queue");
            expect(left > 0).toBe(ended.code === 1);
            tally.count("consumed", before - left);
            if (left === 0) break;
            tally.count("refused");
            const head = await client().lpopBuffer("hotqueue:queue");
            expect(head?.equals(all[all.length - left] ?? Buffer.alloc(0))).toBe(true);
          }
        },
      );
    });
  });
}

/** The outcome in a word; anything but a value or a refusal is thrown. */
function read(bytes: Buffer, value: () => unknown): string {
  try {
    const found = value();
    describeValue(found);
    JSON.parse(formatValue(found));
    return "read";
  } catch (error) {
    if (error instanceof UnreadableMessageError) return "unreadable";
    if (error instanceof SerializationError) return "not to be shown";
    throw new Error(`the payload ${bytes.toString("base64")} (base64)`, { cause: error });
  }
}
