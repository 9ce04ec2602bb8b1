import { describe, expect, it } from "vitest";
import { findQueue } from "../../../exercises/01-producer-and-consumer/evidence.js";
import { exercise } from "../../../exercises/01-producer-and-consumer/exercise.js";
import { judgeAtOnce, judgeTwoClients } from "../../../exercises/01-producer-and-consumer/rules.js";
import { describePlace, targetAt } from "../../../src/lab/place.js";
import { replay } from "../../../src/lab/trace/replay.js";
import { type RedisEvent } from "../../../src/redis/observe/event.js";

const KEY = "hotqueue:queue";
const place = describePlace({
  target: targetAt("redis://127.0.0.1:6379"),
  redisUrl: undefined,
  folder: "/work",
  shownFolder: "",
  queue: "queue",
  seed: "abc",
  url: undefined,
  job: undefined,
  systemFile: undefined,
  slow: false,
  python: undefined,
  allowNetwork: false,
});

/** A producer and a consumer; the consumer goes when it has waited for so many seconds without a message. */
function evidenceAfter(seconds: number, withMessages: boolean) {
  let time = 0;
  const command = (client: string, name: string, ...args: string[]): RedisEvent => {
    time += 1;
    return {
      kind: "command",
      time,
      client,
      db: 1,
      name,
      args: args.map((arg) => Buffer.from(arg)),
      told: "issued",
    };
  };
  const events: RedisEvent[] = [];
  if (withMessages) {
    events.push(command("a", "RPUSH", KEY, "one", "two", "three"), command("a", "LLEN", KEY));
    for (let n = 0; n < 3; n += 1) events.push(command("b", "BLPOP", KEY, "0"));
  }
  events.push(command("b", "BLPOP", KEY, "0"));
  events.push({ kind: "clients", time: time + seconds, connected: new Set(["a"]) });
  const lists = [{ db: 1, key: KEY, length: 0, head: [] }];
  return findQueue({
    traces: replay(events, { lists, clients: [] }),
    known: "live",
    clients: [],
    lists,
    version: "7.2.0",
  });
}

const LINE = 'q = HotQueue("queue", host="127.0.0.1", port=6379, db=1, socket_timeout=None)';

describe("a consumer that redis 8 has ended after a minute of quiet", () => {
  it("is named, with the line to write", () => {
    expect(judgeAtOnce(evidenceAfter(59, true), place)).toMatchObject({
      verdict: "not-yet",
      cause: expect.stringContaining("after 59 s without a message") as string,
      next: expect.stringContaining(LINE) as string,
    });
    expect(judgeTwoClients(evidenceAfter(59, false), [], place)).toMatchObject({
      cause: expect.stringContaining("gave up the wait") as string,
      next: expect.stringContaining(LINE) as string,
    });
  });

  it("is not what somebody has ended with Ctrl-C", () => {
    expect(judgeAtOnce(evidenceAfter(5, true), place)).toMatchObject({
      mistake: "consumer-ended",
      cause: "the consumer was ended before the next message was put",
    });
  });

  it("does not happen to who writes what the exercise says", () => {
    const task = exercise.steps.find(({ id }) => id === "1.2")?.task(place);
    expect(task).toContain(LINE);
    expect(task).toContain("redis for\nPython gives up after a minute");
  });
});
