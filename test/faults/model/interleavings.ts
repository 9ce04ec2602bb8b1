import fc from "fast-check";
import { type Redis } from "ioredis";
import { expect, it } from "vitest";
import { recoverAll } from "../../../src/queue/reliable/recover.js";
import { describeWith } from "../../support/suite/needs.js";
import { useClient, useRedisServer } from "../../support/redis/redis-server.js";
import { printFigures } from "../support/figures.js";
import { SEED } from "../support/random.js";
import { chores, type Ledger, live, lookAfter, passTime, settings, steps } from "./actors.js";
import { keys } from "./real.js";
import { type Fault, Owner, Wire } from "./wire.js";

const faultAt = fc.tuple(
  fc.integer({ min: 1, max: 60 }),
  fc.constantFrom<Fault>("lost", "late", "unanswered", "death"),
);

/** Several consumers at once, their commands and answers interleaved in every way that the scheduler finds. */
export function describeInterleavings({ runs, faults }: { runs: number; faults: number }): void {
  describeWith("redis", `interleaved consumers with up to ${faults} faults`, () => {
    const redis = useRedisServer();
    const client = useClient(redis);

    it("loses nothing, and has nothing twice", { timeout: 3_600_000 }, async () => {
      const sum = { commands: 0, faults: 0, put: 0, "handed out": 0, "done and gone": 0 };
      let wire: Wire | undefined;
      const scheduler = fc.scheduler({
        act: async (step) => {
          await step();
          await wire?.idle();
        },
      });
      const lives = fc.array(steps, { minLength: 1, maxLength: 4 });
      const planned = fc.array(faultAt, { maxLength: faults });
      await fc.assert(
        fc.asyncProperty(scheduler, lives, chores, planned, async (s, consumers, day, plan) => {
          await client().flushall();
          const all = (wire = new Wire(client(), s, plan));
          const ledger: Ledger = { put: [], done: new Set(), takenPlainly: new Set(), handedOut: 0 };
          const owners = consumers.map((_, index) => new Owner(`consumer ${index}`));
          await s.waitFor(
            Promise.all([
              lookAfter(all, new Owner("the world", false), day, client(), ledger),
              ...consumers.map((life, index) => {
                const owner = owners[index] ?? new Owner("nobody");
                return Promise.race([owner.died, live(all, owner, life, ledger)]);
              }),
            ]),
          );
          for (const owner of owners) owner.die();
          await s.waitIdle();
          await all.idle();
          await expectAllAccounted(client(), ledger);
          sum.commands += all.commands;
          sum.faults += all.faults;
          sum.put += ledger.put.length;
          sum["handed out"] += ledger.handedOut;
          sum["done and gone"] += ledger.done.size;
        }),
        { seed: SEED, numRuns: runs },
      );
      printFigures(`interleaved consumers, up to ${faults} faults`, { runs, ...sum });
    });
  });
}

/** All consumers are dead now, and what they held has been recovered. */
async function expectAllAccounted(client: Redis, { put, done, takenPlainly }: Ledger): Promise<void> {
  await passTime(client, keys.consumers, await client.zrange(keys.consumers, 0, -1));
  await recoverAll(client, keys, settings);
  const delayed = await client.zrange(keys.delayed, 0, -1);
  const dead = await client.xrange(keys.dead, "-", "+");
  const found = [
    ...(await client.lrange(keys.queue, 0, -1)),
    ...delayed.map((one) => one.slice(one.indexOf(":") + 1)),
    ...dead.map(([, fields]) => fields[1] ?? ""),
  ];
  expect(await client.keys(`${keys.heldPrefix}*`), "messages held by nobody").toEqual([]);
  expect(new Set(found).size, "messages that are there twice").toBe(found.length);
  const there = new Set(found);
  const lost = put.filter(
    (message) => !there.has(message) && !done.has(message) && !takenPlainly.has(message),
  );
  expect(lost, "messages lost").toEqual([]);
  expect(
    put.filter((message) => there.has(message) && takenPlainly.has(message)),
    "taken and still there",
  ).toEqual([]);
}
