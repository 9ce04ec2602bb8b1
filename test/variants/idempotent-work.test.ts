import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { targetAt } from "../../src/lab/place.js";
import { loadExercise } from "../../src/course/catalog.js";
import { checkOnce, NO_CLUSTER } from "../../src/course/session.js";
import { describeWith, python } from "../support/suite/needs.js";

const assets = new URL("../../dist", import.meta.url).pathname;
const redisUrl = "redis://127.0.0.1:1";

const HEAD = `
import json, os, sys
import redis

r = redis.Redis(host="127.0.0.1", port=6379, db=1, decode_responses=True)
m = json.loads(sys.stdin.read())
account, done = "account:" + m["account"], "done:" + m["id"]
`;

/** In which a message that comes twice counts once. */
const ways: Record<string, string> = {
  "a registered script": `
once = r.register_script("if redis.call('SET', KEYS[1], 1, 'NX') then redis.call('INCRBY', KEYS[2], ARGV[1]) end")
once(keys=[done, account], args=[m["amount"]])`,
  "a set in a script": `
once = "if redis.call('SADD', KEYS[1], ARGV[1]) == 1 then redis.call('INCRBY', KEYS[2], ARGV[2]) end"
r.eval(once, 2, "done", account, m["id"], m["amount"])`,
  "r.transaction": `
def once(pipe):
    if not pipe.exists(done):
        pipe.multi()
        pipe.incrby(account, m["amount"])
        pipe.set(done, 1)
r.transaction(once, done)`,
  "WATCH, again and again": `
with r.pipeline() as pipe:
    while True:
        try:
            pipe.watch(done)
            if pipe.get(done):
                break
            pipe.multi()
            pipe.incrby(account, m["amount"])
            pipe.setex(done, 86400, 1)
            pipe.execute()
            break
        except redis.WatchError:
            continue`,
  "WATCH on a hash of TQ_MESSAGE_ID, which fails at a conflict": `
with r.pipeline() as pipe:
    pipe.watch("done")
    if not pipe.hexists("done", os.environ["TQ_MESSAGE_ID"]):
        pipe.multi()
        pipe.incrby(account, m["amount"])
        pipe.hset("done", os.environ["TQ_MESSAGE_ID"], 1)
        pipe.execute()
sys.exit(0)`,
  "a sum of its own under WATCH": `
with r.pipeline() as pipe:
    pipe.watch(account, done)
    if not pipe.exists(done):
        sum = int(pipe.get(account) or 0) + m["amount"]
        pipe.multi()
        pipe.set(account, sum)
        pipe.set(done, 1)
        pipe.execute()`,
  "a lock that others do not wait for": `
with r.lock("lock:" + m["id"], timeout=3, blocking=False):
    if not r.exists(done):
        pipe = r.pipeline()
        pipe.incrby(account, m["amount"])
        pipe.set(done, 1)
        pipe.execute()`,
};

describeWith("python", "exercise 10 accepts", () => {
  it.each(Object.entries(ways))("%s", async (_, way) => {
    const folder = await mkdtemp(join(tmpdir(), "tq-work-"));
    try {
      await writeFile(join(folder, "work.py"), `${HEAD}${way}\n`);
      const { exercise } = await loadExercise(assets, 10);
      const { checks } = await checkOnce({
        exercise,
        folder,
        assets,
        redisUrl,
        target: targetAt(redisUrl),
        home: folder,
        env: process.env,
        queue: "queue",
        seed: "ways",
        shownFolder: folder,
        python: python(),
        allowNetwork: false,
        url: undefined,
        job: undefined,
        keep: undefined,
        keepsProgress: false,
        slow: false,
        report: () => undefined,
        cluster: NO_CLUSTER,
        signal: new AbortController().signal,
      });
      const notPassed = checks.filter(({ id, verdict }) => id >= "10.4" && verdict !== "passed");
      expect(notPassed).toEqual([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
