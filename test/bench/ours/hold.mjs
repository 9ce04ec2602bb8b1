// Takes COUNT messages in reliable mode at once, says so, and never is done with one: to be killed.
import { HotQueue } from "../../../dist/index.js";

const count = Number(process.env.COUNT);
const queue = new HotQueue(process.env.QUEUE, {
  port: Number(process.env.REDIS_PORT),
  db: 1,
  reliable: true,
  lease: 0.5,
});
let held = 0;
const hold = () => {
  held += 1;
  if (held === count) console.log("held");
  return new Promise(() => undefined);
};
await queue.worker(hold, { concurrency: count })();
