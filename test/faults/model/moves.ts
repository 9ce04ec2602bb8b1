import fc from "fast-check";
import { expect } from "vitest";
import { beat, leave as forget } from "../../../src/queue/reliable/scripts/beat.js";
import { retryDead } from "../../../src/queue/reliable/scripts/dead.js";
import { exchange } from "../../../src/queue/reliable/scripts/exchange.js";
import { fail } from "../../../src/queue/reliable/scripts/fail.js";
import { recover } from "../../../src/queue/reliable/scripts/recover.js";
import { release, settle } from "../../../src/queue/reliable/scripts/settle.js";
import { expectAgreement, keys, type Real } from "./real.js";
import { ATTEMPTS, type Belief, type Model, remove } from "./state.js";

type Move = fc.AsyncCommand<Model, Real>;
type Run = (model: Model, real: Real) => Promise<unknown>;

const FORGOTTEN = 600_000;
const held = (name: string) => keys.heldPrefix + name;

/** After each move Redis must hold what the model says. */
function move(label: string, check: (model: Model) => boolean, run: Run): Move {
  return {
    check,
    run: async (model, real) => {
      await run(model, real);
      await expectAgreement(model, real);
    },
    toString: () => label,
  };
}

/** A move of the consumer at this place, whatever its name is by now. */
function ofConsumer(
  at: number,
  label: string,
  run: (name: string, belief: Belief, ...rest: Parameters<Run>) => Promise<unknown>,
): Move {
  const find = (model: Model) => [...model.consumers][at % Math.max(model.consumers.size, 1)];
  return move(
    `${label} by ${at}`,
    (model) => find(model) !== undefined,
    async (model, real) => {
      const [name, belief] = find(model) ?? [];
      if (name !== undefined && belief) await run(name, belief, model, real);
    },
  );
}

/** A move of a consumer with one of the messages that it believes to hold; it may be mistaken. */
function withMessage(
  at: number,
  which: number,
  label: string,
  run: (name: string, message: string, ...rest: Parameters<Run>) => Promise<unknown>,
): Move {
  return ofConsumer(at, `${label} ${which}`, async (name, { holds }, model, real) => {
    const message = holds[which % Math.max(holds.length, 1)];
    if (message === undefined) return;
    remove(holds, message);
    await run(name, message, model, real);
  });
}

const put = (messages: string[]) =>
  move(
    `put ${messages.join(" ")}`,
    () => true,
    async (model, { client }) => {
      model.put.push(...messages);
      model.queue.push(...messages);
      await client.rpush(keys.queue, ...messages);
    },
  );

const takePlainly = move(
  "a plain consumer takes",
  () => true,
  async (model, { client }) => {
    const message = model.queue.shift();
    if (message !== undefined) model.gone.push(message);
    expect(await client.lpop(keys.queue)).toBe(message ?? null);
  },
);

const arrive = move(
  "a consumer arrives",
  (model) => model.consumers.size < 4,
  async (model, { client }) => {
    model.order += 1;
    const name = `consumer-${model.order}`;
    model.consumers.set(name, { holds: [], unconfirmed: [] });
    model.leases.set(name, { state: "alive" });
    await beat.run(client, [keys.consumers, keys.reports], [name, 1e7, -1, 0, "0.0"]);
  },
);

const beatOf = (at: number) =>
  ofConsumer(at, "beat", async (name, _, model, { client }) => {
    model.leases.set(name, { state: "alive" });
    await beat.run(client, [keys.consumers, keys.reports], [name, 1e7, -1, 0, "0.0"]);
  });

/** Its lease ran out: it is slow, or its heartbeat does not get through. It goes on as before. */
const expire = (at: number, state: "recent" | "past") =>
  ofConsumer(at, `${state} expiry`, async (name, _, model, { client }) => {
    if (!model.leases.has(name)) return;
    const order = (model.order += 1);
    model.leases.set(name, { state, order });
    const [seconds] = await client.time();
    await client.zadd(
      keys.consumers,
      state === "past" ? order : Number(seconds) * 1000 - 60_000 + order,
      name,
    );
  });

const die = (at: number) =>
  ofConsumer(at, "death", async (name, _, model) => {
    model.consumers.delete(name);
    return Promise.resolve();
  });

const leave = (at: number) =>
  ofConsumer(at, "leaving", async (name, _, model, { client }) => {
    const nothing = { holds: [], unconfirmed: [] };
    model.settle(name, nothing);
    model.leases.delete(name);
    model.consumers.delete(name);
    await settle.run(client, [keys.queue, held(name), keys.attempts], [0]);
    await forget.run(client, [keys.consumers, keys.reports], [name]);
  });

const take = (at: number, count: number, heard: boolean) =>
  ofConsumer(
    at,
    `take of ${count}${heard ? "" : ", its answer lost,"}`,
    async (name, { holds }, model, { client }) => {
      if (!model.leases.has(name)) return; // so long after its lease it beats first
      const taken = model.take(name, count);
      const reply = (await exchange.run(
        client,
        [keys.queue, held(name), keys.attempts],
        [count],
      )) as Buffer[][];
      expect(reply[1]?.map(String)).toEqual(taken);
      if (heard) holds.push(...taken);
    },
  );

const acknowledge = (at: number, which: number, heard: boolean) =>
  withMessage(
    at,
    which,
    `acknowledgement${heard ? "" : ", its answer lost,"} of`,
    async (name, message, model, { client }) => {
      const accepted = model.acknowledge(name, message);
      const reply = (await exchange.run(
        client,
        [keys.queue, held(name), keys.attempts],
        [0, message],
      )) as number[][];
      expect(reply[0]).toEqual(accepted ? [] : [1]);
      if (!heard) model.believed(name).unconfirmed.push(message);
    },
  );

const failOf = (at: number, which: number, delay: number) =>
  withMessage(at, which, `failure, again after ${delay},`, async (name, message, model, { client }) => {
    model.fail(name, message, delay);
    const where = [keys.queue, held(name), keys.attempts, keys.delayed, keys.seq, keys.dead];
    await fail.run(client, where, [message, "it failed", ATTEMPTS, delay, delay, name]);
  });

const releaseOf = (at: number, which: number) =>
  withMessage(at, which, "release of", async (name, message, model, { client }) => {
    model.release(name, message);
    await release.run(client, [keys.queue, held(name)], [message]);
  });

/** As after a lost connection. */
const settleOf = (at: number) =>
  ofConsumer(at, "settlement", async (name, belief, model, { client }) => {
    model.settle(name, belief);
    const { holds, unconfirmed } = belief;
    await settle.run(
      client,
      [keys.queue, held(name), keys.attempts],
      [holds.length, ...holds, ...unconfirmed],
    );
    unconfirmed.length = 0;
  });

const recoverAll = move(
  "recovery",
  () => true,
  async (model, { client }) => {
    model.recover();
    const where = [keys.queue, keys.consumers, keys.attempts, keys.delayed, keys.dead, keys.reports];
    await recover.run(client, where, [keys.heldPrefix, ATTEMPTS, 1000, FORGOTTEN]);
  },
);

const comeDue = move(
  "the delayed come due",
  (model) => model.delayed.length > 0,
  async (model, { client }) => {
    const waiting = await client.zrange(keys.delayed, 0, -1);
    await client.zadd(keys.delayed, ...waiting.flatMap((one, order) => [order, one]));
    for (const one of model.delayed) one.due = true;
  },
);

const reviveDead = (which: number) =>
  move(
    `dead letter ${which} again`,
    (model) => model.dead.length > 0,
    async (model, { client }) => {
      const at = which % model.dead.length;
      const [id = ""] = (await client.xrange(keys.dead, "-", "+"))[at] ?? [];
      model.queue.push(...model.dead.splice(at, 1));
      expect(await retryDead.run(client, [keys.dead, keys.queue], [id])).toBe(1);
    },
  );

/** Few different messages, so that equal ones meet. */
const messages = fc.array(fc.constantFrom("x", "y", "z", "1:", ""), { minLength: 1, maxLength: 4 });
const place = fc.nat({ max: 3 });

export const moves: fc.Arbitrary<Move>[] = [
  messages.map(put),
  fc.constant(takePlainly),
  fc.constant(arrive),
  place.map(beatOf),
  fc
    .tuple(place, fc.constantFrom("recent" as const, "past" as const))
    .map(([at, state]) => expire(at, state)),
  place.map(die),
  place.map(leave),
  fc.tuple(place, fc.integer({ min: 1, max: 3 }), fc.boolean()).map((args) => take(...args)),
  fc.tuple(place, place, fc.boolean()).map((args) => acknowledge(...args)),
  fc.tuple(place, place, fc.constantFrom(0, 60_000)).map((args) => failOf(...args)),
  fc.tuple(place, place).map((args) => releaseOf(...args)),
  place.map(settleOf),
  fc.constant(recoverAll),
  fc.constant(comeDue),
  place.map(reviveDead),
];
