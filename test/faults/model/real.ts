import { createHash } from "node:crypto";
import { type Redis } from "ioredis";
import { expect } from "vitest";
import { reliableKeys } from "../../../src/queue/reliable/keys.js";
import { type Model } from "./state.js";

export const keys = reliableKeys("model");

/** The Redis beside the model. */
export interface Real {
  client: Redis;
}

/** All that Redis holds is what the model says, to the last key. */
export async function expectAgreement(model: Model, { client }: Real): Promise<void> {
  const names = [...model.held.keys()];
  const answers = client.pipeline();
  answers.dbsize();
  answers.lrange(keys.queue, 0, -1);
  answers.hgetall(keys.attempts);
  answers.zrange(keys.delayed, 0, -1);
  answers.xrange(keys.dead, "-", "+");
  answers.zrange(keys.consumers, 0, -1);
  answers.hkeys(keys.reports);
  answers.exists(keys.seq, keys.dead);
  for (const name of names) answers.lrange(keys.heldPrefix + name, 0, -1);
  const [size, queue, attempts, delayed, dead, consumers, reports, kept, ...held] = (
    (await answers.exec()) ?? []
  ).map(([error, answer]) => {
    if (error) throw error;
    return answer;
  });
  const lists = names.map((name) => model.held.get(name) ?? []);
  const found = {
    queue,
    attempts,
    delayed: (delayed as string[]).map((one) => one.slice(one.indexOf(":") + 1)),
    dead: (dead as [string, string[]][]).map(([, fields]) => fields[1]),
    consumers: (consumers as string[]).sort(),
    reports: (reports as string[]).sort(),
    held,
    others: Number(size) - Number(kept),
  };
  const filled = [
    model.queue,
    ...lists,
    [...model.attempts],
    model.delayed,
    [...model.leases],
    [...model.leases],
  ];
  expect(found).toEqual({
    queue: model.queue,
    attempts: Object.fromEntries(
      [...model.attempts].map(([message, count]) => [sha1(message), String(count)]),
    ),
    delayed: model.delayed.map(({ message }) => message),
    dead: model.dead,
    consumers: [...model.leases.keys()].sort(),
    reports: [...model.leases.keys()].sort(),
    held: lists,
    others: filled.filter((list) => list.length > 0).length,
  });
  expect(model.everything()).toEqual([...model.put].sort());
}

function sha1(text: string): string {
  return createHash("sha1").update(text).digest("hex");
}
