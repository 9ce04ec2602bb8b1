import { expect, it } from "vitest";
import { describeWith } from "../support/suite/needs.js";
import { useClient, useRedisServer } from "../support/redis/redis-server.js";
import { CODES, useRefusals } from "../support/redis/refusals.js";
import { useTq } from "../support/command-line/tq.js";
import { printFigures } from "./support/figures.js";

const WORDS = {
  MISCONF: "cannot save its data and therefore refuses to write",
  READONLY: "is a replica and refuses to write",
  OOM: "has used up its memory and takes no more",
};

describeWith("redis", "the command, where Redis refuses for a while", () => {
  const redis = useRedisServer();
  const client = useClient(redis);
  const refusals = useRefusals(client);
  const tq = useTq();

  it.each(CODES)("says what %s is, and goes on when it passes", { timeout: 120_000 }, async (code) => {
    const { begin, end } = refusals(code);
    const env = { TQ_REDIS_URL: redis().url };
    const ways = [[], ["--reliable", "--lease", "0.5"]];
    const consumers = ways.map((way, at) =>
      tq.start(["consume", "--queue", `q${at}`, "--max", "2", "--debug", ...way], { env }),
    );
    for (const [at, consumer] of consumers.entries()) {
      expect((await tq.run(["push", "before", "--queue", `q${at}`], { env })).code).toBe(0);
      await consumer.until("stdout", "before");
    }
    await begin();
    const refused = await tq.run(["push", "refused", "--queue", "q0"], { env });
    expect(refused.stderr).toContain(WORDS[code]);
    expect(refused.code).toBe(3);
    // A full Redis lets consumers take, which makes room; a blocked BLPOP is not told of MISCONF.
    const told = consumers.filter((_, at) => code === "READONLY" || (code === "MISCONF" && at === 1));
    for (const consumer of told) await consumer.until("stderr", "Trying again");
    await end();
    for (const [at, consumer] of consumers.entries()) {
      expect((await tq.run(["push", "after", "--queue", `q${at}`], { env })).code).toBe(0);
      const { code: ended, stdout } = await consumer.ended;
      expect({ ended, stdout }).toEqual({ ended: 0, stdout: "before\nafter\n" });
    }
    const says = `"${WORDS[code]}"`;
    printFigures(`Redis refuses, ${code}`, {
      says,
      "exit code of push": 3,
      consumers: 2,
      "told and went on": told.length,
    });
  });
});
