// Works on COUNT messages with CONCURRENCY workers of one process; prints how many a second, the first tenth apart.
import { HotQueue } from "../../../dist/index.js";

const count = Number(process.env.COUNT);
const concurrency = Number(process.env.CONCURRENCY);
const reliable = Boolean(process.env.RELIABLE);
const queue = new HotQueue("queue", { port: Number(process.env.REDIS_PORT), db: 1, reliable });
const done = new AbortController();
let taken = 0;
let started = 0;
let ended = 0;
const work = queue.worker(
  () => {
    taken += 1;
    if (taken === count / 10) started = performance.now();
    if (taken === count) {
      ended = performance.now();
      done.abort();
    }
  },
  { signal: done.signal },
);
// In reliable mode one worker has many messages in work; else each takes one, on a connection of its own.
if (reliable) await work({ concurrency });
else await Promise.all(Array.from({ length: concurrency }, () => work()));
console.log((count * 0.9) / ((ended - started) / 1000));
await queue.close();
