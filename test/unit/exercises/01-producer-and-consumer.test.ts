import { describe, expect, it } from "vitest";
import { type Evidence } from "../../../exercises/01-producer-and-consumer/evidence.js";
import {
  judgeAtOnce,
  judgeConsumer,
  judgeLength,
} from "../../../exercises/01-producer-and-consumer/rules.js";
import { type Place } from "../../../src/lab/place.js";
import { type QueueTrace } from "../../../src/lab/trace/queue-trace.js";

const place = {
  tq: (command: string) => `tq ${command}`,
  redisCli: (db: number, ...words: string[]) => ["redis-cli", "-n", String(db), ...words].join(" "),
} as unknown as Place;

type Step = { put: number; awaited?: true } | { take: string; awaited?: true } | { length: number };

/** What one producer put, whoever took it, and the lengths that were read, in this order. */
function trace(db: number, steps: readonly Step[]): QueueTrace {
  const found: QueueTrace = {
    db,
    key: "hotqueue:queue",
    puts: [],
    deliveries: [],
    lengthsRead: [],
    left: [],
    waiting: [],
    length: 0,
    head: [],
  };
  steps.forEach((step, order) => {
    if ("put" in step) {
      const messages = Array.from({ length: step.put }, () =>
        Buffer.from("\x80\x04\x8c\x01a\x94.", "latin1"),
      );
      found.puts.push({
        order,
        time: order,
        client: "producer",
        messages,
        count: step.put,
        awaited: step.awaited ?? false,
      });
      found.length += step.put;
    } else if ("take" in step) {
      const put = found.puts.at(-1) ?? null;
      const times = { takenAt: order, thereUntil: order + 1, doneAt: order + 0.001 };
      found.deliveries.push({
        order,
        put,
        position: 0,
        taker: step.take,
        by: "BLPOP",
        told: "issued",
        awaited: step.awaited ?? false,
        ...times,
      });
      found.length -= 1;
    } else {
      found.lengthsRead.push({ order, client: "producer", length: step.length });
    }
  });
  return found;
}

function evidence(queue: QueueTrace, ...others: QueueTrace[]): Evidence {
  return { queue, traces: [queue, ...others], known: "all", clients: [] } as unknown as Evidence;
}

const ALL: Step[] = [{ put: 3 }, { length: 3 }, { take: "a" }, { take: "a" }, { take: "a" }, { length: 0 }];

describe("several clients that took messages", () => {
  const judge = (...takers: string[]) =>
    judgeConsumer(evidence(trace(1, [{ put: 4 }, ...takers.map((take) => ({ take }))])), place);

  it("are several consumers where they share the messages", () => {
    expect(judge("a", "b", "a", "b")).toMatchObject({
      cause: expect.stringMatching(/several consumers run/) as string,
    });
  });

  it("are one that was started again where one took after the other", () => {
    expect(judge("a", "a", "b", "b")).toMatchObject({
      cause: expect.stringMatching(/started again is another client/) as string,
    });
  });
});

describe("the length", () => {
  it("is told of the database where the messages wait", () => {
    const used = trace(0, [{ put: 1 }, { take: "a" }]);
    const judgement = judgeLength(evidence(used, trace(1, [{ put: 3 }])), place);
    expect(judgement).toMatchObject({
      verdict: "not-yet",
      observed: expect.stringMatching(/3 messages put on queue "queue" in database 1/) as string,
    });
  });
});

describe("a message that is put while the consumer waits", () => {
  it("is another than the one of the step before", () => {
    const more: Step[] = [
      { put: 1, awaited: true },
      { take: "a", awaited: true },
    ];
    expect(judgeAtOnce(evidence(trace(1, [...ALL, ...more])), place).verdict).toBe("not-yet");
    expect(judgeAtOnce(evidence(trace(1, [...ALL, ...more, ...more])), place).verdict).toBe("passed");
  });
});
