import { setTimeout as delay } from "node:timers/promises";
import { expect, it } from "vitest";
import { describeWith } from "../support/suite/needs.js";
import { useClient, useRedisServer } from "../support/redis/redis-server.js";
import { printFigures } from "./support/figures.js";
import { startUnsteadyProxy } from "./support/proxy.js";
import { randomFrom, SEED } from "./support/random.js";
import { Traffic } from "./support/traffic.js";

const CUTS = Number(process.env["TQ_FAULTS_CUTS"] ?? 500);

/** Seconds. */
const LEASE = 1;

describeWith("redis", "connections that are lost", () => {
  const redis = useRedisServer();
  const client = useClient(redis);

  it.each([0, 6])("are cut by CLIENT KILL, with %i consumers", { timeout: 600_000 }, async (consumers) => {
    const random = randomFrom(SEED);
    const own = await client().client("ID");
    const traffic = new Traffic({ port: redis().port, producers: 3, consumers, lease: LEASE });
    let cuts = 0;
    while (cuts < CUTS) {
      await delay(random() * 10);
      const all = String(await client().client("LIST")).matchAll(/^id=(\d+)/gm);
      const others = [...all].map(([, id]) => Number(id)).filter((id) => id !== own);
      const id = others[Math.floor(random() * others.length)];
      if (id !== undefined) cuts += Number(await client().client("KILL", "ID", id));
      if (cuts % 50 === 0) await traffic.progress(10);
    }
    expectPromises(traffic, await traffic.finish(), consumers, `connections cut, ${consumers} consumers`, {
      cuts,
    });
  });

  it.each([0, 6])(
    "go through an unsteady network, with %i consumers",
    { timeout: 600_000 },
    async (consumers) => {
      await using proxy = await startUnsteadyProxy(redis().port, 60, randomFrom(SEED));
      const traffic = new Traffic({ port: proxy.port, producers: 3, consumers, lease: LEASE });
      const harms = () => [...proxy.befallen.values()].reduce((sum, times) => sum + times, 0);
      while (harms() < CUTS) await traffic.progress(10);
      proxy.calm();
      const left = await traffic.finish(redis().port);
      expectPromises(traffic, left, consumers, `unsteady network, ${consumers} consumers`, {
        harms: harms(),
        ...Object.fromEntries(proxy.befallen),
      });
    },
  );

  function expectPromises(
    traffic: Traffic,
    left: readonly string[],
    consumers: number,
    what: string,
    tried: Record<string, number>,
  ): void {
    const seen = traffic.judge(left);
    printFigures(what, { ...tried, ...seen });
    expect([...traffic.ended]).toEqual([]);
    expect(seen).toMatchObject({ lost: 0, "of these there all the same": 0 });
    // Without consumers each message lies there: one that were there twice would have been put twice.
    if (consumers === 0) expect(seen["doubled"]).toBe(0);
  }
});
