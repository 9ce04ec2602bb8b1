// Works on COUNT messages with CONCURRENCY workers of one process; prints how many a second, the first tenth apart.
import { HotQueue } from "../../../dist/index.js";

const count = Number(process.env.COUNT);
const options = { port: Number(process.env.REDIS_PORT), db: 1 };
const queue = new HotQueue("queue", process.env.RELIABLE ? { ...options, reliable: true } : options);
const done = new AbortController();
let taken = 0;
let started = 0;
let ended = 0;
const work = queue.worker(
  async () => {
    taken += 1;
    if (taken === count / 10) started = performance.now();
    if (taken === count) {
      ended = performance.now();
      done.abort();
    }
  },
  { signal: done.signal },
);
await Promise.all(Array.from({ length: Number(process.env.CONCURRENCY) }, () => work()));
console.log((count * 0.9) / ((ended - started) / 1000));
await queue.close();
