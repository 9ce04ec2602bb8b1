// Takes COUNT messages one by one with the library; prints how many a second. The first tenth is not counted.
import { HotQueue } from "../../../dist/index.js";

const count = Number(process.env.COUNT);
const reliable = Boolean(process.env.RELIABLE);
const queue = new HotQueue("queue", { port: Number(process.env.REDIS_PORT), db: 1, reliable });
let taken = 0;
let started = 0;
for await (const item of queue.consume()) {
  if (item === null) throw new Error("not a message");
  taken += 1;
  if (taken === count / 10) started = performance.now();
  if (taken === count) break;
}
console.log((count * 0.9) / ((performance.now() - started) / 1000));
await queue.close();
